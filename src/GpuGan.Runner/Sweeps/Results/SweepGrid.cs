namespace GpuGan.Runner.Sweeps.Results;

/// <summary>The members of a sweep in the plane of two of its axes; the others are pooled.</summary>
internal sealed class SweepGrid
{
    private readonly Outcomes?[,] cells;

    /// <summary>Places members.</summary>
    /// <param name="horizontal">One axis.</param>
    /// <param name="vertical">Another.</param>
    /// <param name="rows">Some or all members of the sweep.</param>
    public SweepGrid(SweepBins horizontal, SweepBins vertical, IEnumerable<SweepRow> rows)
    {
        (Horizontal, Vertical) = (horizontal, vertical);
        cells = new Outcomes?[horizontal.Count, vertical.Count];
        foreach (var group in rows.GroupBy(row => (horizontal.PlaceOf(row), vertical.PlaceOf(row))))
        {
            cells[group.Key.Item1, group.Key.Item2] = Outcomes.Of([.. group]);
        }
    }

    public SweepBins Horizontal { get; }

    public SweepBins Vertical { get; }

    /// <summary>What stands at a place; null where there is no member, as between points that were drawn.</summary>
    public Outcomes? this[int horizontal, int vertical] => cells[horizontal, vertical];

    /// <summary>All cells with members.</summary>
    public IEnumerable<Outcomes> Cells => cells.Cast<Outcomes?>().OfType<Outcomes>();
}
