namespace GpuGan.Runner.Plots;

/// <summary>Chooses some of many rows, from all over them.</summary>
internal static class Thinning
{
    private const double GoldenRatio = 0.6180339887498949;

    /// <summary>One of each of equally long pieces of the rows: the first rows of a sorted file are of one kind.</summary>
    /// <param name="rows">How many there are.</param>
    /// <param name="most">How many are wanted; all, where there are no more.</param>
    public static IEnumerable<int> Of(int rows, int most) => rows <= most
        ? Enumerable.Range(0, rows)
        : Enumerable.Range(0, most).Select(piece =>
        {
            // Always the same place in a piece would see one of two kinds that take turns.
            long start = (long)piece * rows / most, end = (piece + 1L) * rows / most;
            return (int)(start + (long)(piece * GoldenRatio % 1 * (end - start)));
        });
}
