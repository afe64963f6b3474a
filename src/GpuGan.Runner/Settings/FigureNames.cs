namespace GpuGan.Runner.Settings;

/// <summary>What files call the figures of members.</summary>
internal static class FigureNames
{
    /// <summary>The name of the accuracy in files.</summary>
    public const string AccuracyName = "discriminator_accuracy";

    /// <summary>The name of the accuracy of nearest neighbours, and of the same among real rows alone.</summary>
    public const string NeighborName = "nearest_neighbor_accuracy", RealAccuracyName = "nearest_neighbor_accuracy_of_real_rows";

    /// <summary>The numbers of every population, as files name them.</summary>
    public static readonly IReadOnlyList<string> CommonNames = ["loss_d", "loss_g", "kl_divergence", NeighborName, "mean_error", "covariance_error", "wasserstein_2"];

    /// <summary>The numbers of any population.</summary>
    public static readonly IReadOnlyList<string> AllNames = [.. CommonNames, AccuracyName, .. MixtureFigures.Names];
}
