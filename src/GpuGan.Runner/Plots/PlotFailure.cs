namespace GpuGan.Runner.Plots;

/// <summary>Why pictures could not be drawn. Results are worth more than they: it is told after all else is written.</summary>
internal static class PlotFailure
{
    /// <summary>Draws.</summary>
    /// <returns>What went wrong, as one line; null where nothing did.</returns>
    public static string? Of(Action draw)
    {
        try
        {
            draw();
            return null;
        }
        catch (Exception exception)
        {
            return $"the pictures could not be drawn: {(exception.InnerException ?? exception).Message}; --no-plots leaves them out";
        }
    }
}
