namespace GpuGan.Kernels.Training.Losses;

/// <summary>The losses that have a word.</summary>
internal static class LossTable
{
    /// <summary>All of them.</summary>
    public static WordTable<ILoss> All { get; } = new(
        "loss",
        new("non-saturating", default(NonSaturatingLoss)),
        new("minimax", default(MinimaxLoss)),
        new("least-squares", default(LeastSquaresLoss)),
        new("wasserstein", default(WassersteinLoss)),
        new("hinge", default(HingeLoss)),
        new("relativistic", default(RelativisticLoss)),
        new("boundary-seeking", default(BoundarySeekingLoss)));

    /// <summary>The words of those that have labels.</summary>
    internal static IEnumerable<string> Labelled => All.Values.Where(loss => loss.TakesLabels).Select(loss => loss.Word);
}
