namespace GpuGan.Runner.Sweeps;

/// <summary>The members of a sweep in the plane of two of its axes; the others are pooled.</summary>
internal sealed class SweepGrid
{
    private readonly SweepCell?[,] cells;

    /// <summary>Places members.</summary>
    /// <param name="horizontal">One axis.</param>
    /// <param name="vertical">Another.</param>
    /// <param name="rows">Some or all members of the sweep.</param>
    public SweepGrid(SweepBins horizontal, SweepBins vertical, IEnumerable<SweepRow> rows)
    {
        (Horizontal, Vertical) = (horizontal, vertical);
        cells = new SweepCell?[horizontal.Count, vertical.Count];
        foreach (var group in rows.GroupBy(row => (horizontal.PlaceOf(row), vertical.PlaceOf(row))))
        {
            cells[group.Key.Item1, group.Key.Item2] = SweepCell.Of([.. group]);
        }
    }

    public SweepBins Horizontal { get; }

    public SweepBins Vertical { get; }

    /// <summary>What stands at a place; null where there is no member, as between zipped lists.</summary>
    public SweepCell? this[int horizontal, int vertical] => cells[horizontal, vertical];

    /// <summary>All cells with members.</summary>
    public IEnumerable<SweepCell> Cells => cells.Cast<SweepCell?>().OfType<SweepCell>();
}
