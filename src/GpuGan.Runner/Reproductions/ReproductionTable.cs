namespace GpuGan.Runner.Reproductions;

/// <summary>All reproductions, from the quickest to the slowest.</summary>
internal static class ReproductionTable
{
    /// <summary>Each has a file of its own.</summary>
    public static IReadOnlyList<Reproduction> All { get; } =
    [
        new BilinearGame(),
        new DiracGan(),
        new OptimisticWgan(),
        new AnalyticOptimum(),
        new ChapterSequel(),
        new NumericsOfGans(),
        new TwoClusters(),
        new TwentyFiveGaussians(),
    ];
}
