using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Engines;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Verification;

/// <summary>What a training gave.</summary>
/// <param name="Values">The losses of every epoch, then the parameters.</param>
/// <param name="DivergedAt">The step, if any.</param>
/// <param name="WeightsSha256">Of the parameters.</param>
internal sealed record TrainingOutcome(float[] Values, int? DivergedAt, string WeightsSha256)
{
    /// <summary>Trains.</summary>
    public static TrainingOutcome Of(TrainingCase training, Device device, Engine engine)
    {
        TrainingSettings settings = training.Settings;
        using ITrainer trainer = Trainers.Begin(engine, fastMath: false, device, settings, Gaussian.Chapter.Sample(settings.Seed, training.Rows));
        List<float> losses = [];
        for (int epoch = 0; epoch < settings.Epochs; epoch++)
        {
            EpochLosses e = trainer.TrainEpoch();
            losses.AddRange([e.LossD, e.LossG, e.LastLossD, e.LastLossG]);
        }

        GanParameters parameters = trainer.ReadParameters();
        return new TrainingOutcome([.. losses, .. parameters.Values], trainer.DivergedAt, parameters.Sha256);
    }

    /// <summary>Whether two trainings gave the same bits; a loss that is not a number has no particular ones.</summary>
    public bool HasBitsOf(TrainingOutcome other) =>
        DivergedAt == other.DivergedAt && WeightsSha256 == other.WeightsSha256 &&
        Values.Length == other.Values.Length && Values.Zip(other.Values, IsSame).All(same => same);

    /// <summary>The largest absolute difference of a loss or parameter; NaN where one of two is not a number.</summary>
    public double LargestDeviation(TrainingOutcome other) =>
        Values.Zip(other.Values, (a, b) => IsSame(a, b) ? 0 : Math.Abs((double)a - b)).Aggregate(0.0, Math.Max);

    private static bool IsSame(float a, float b) =>
        BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b));
}
