using System.Runtime.ExceptionServices;

namespace GpuGan.Runner.Plots;

/// <summary>A picture of a folder.</summary>
/// <param name="Name">The file's name without its type.</param>
/// <param name="Description">What it shows, for those who cannot see it.</param>
/// <param name="Draw">Draws it.</param>
internal sealed record Picture(string Name, string Description, Func<Drawing> Draw)
{
    /// <summary>Draws pictures and writes each as PNG and as SVG.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="write">Writes a whole file of a name; called from several threads.</param>
    public static void Write(IEnumerable<Picture> pictures, Action<string, byte[]> write)
    {
        PlotFont.Register();
        try
        {
            Parallel.ForEach(pictures, picture =>
            {
                using Drawing drawing = picture.Draw();
                write($"{picture.Name}.png", drawing.Png());
                write($"{picture.Name}.svg", drawing.Svg());
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
