using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels;

/// <summary>A GAN at the end of its training.</summary>
public sealed class TrainedGan : GanModel
{
    internal TrainedGan(
        TrainingSettings settings, GanParameters parameters, GanParameters judged, DataSet data, IReadOnlyList<EpochLosses> losses, IReadOnlyList<HistoryPoint> history, Verdict verdict, int? divergedAt)
        : base(settings, parameters, judged, data) => (Losses, History, Verdict, DivergedAt) = (losses, history, verdict, divergedAt);

    /// <summary>Whether the generator makes what it should; the losses do not tell.</summary>
    public Verdict Verdict { get; }

    /// <summary>The losses of each epoch; after a divergence those before it.</summary>
    public IReadOnlyList<EpochLosses> Losses { get; }

    /// <summary>The points that <see cref="GanOptions.History"/> asks for; none where it does not.</summary>
    public IReadOnlyList<HistoryPoint> History { get; }

    /// <summary>The first step after which a parameter was not finite; null where all are.</summary>
    public int? DivergedAt { get; }
}
