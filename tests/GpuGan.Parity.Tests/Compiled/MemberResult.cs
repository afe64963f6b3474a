using System.Collections.Concurrent;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;

namespace GpuGan.Parity.Tests.Compiled;

/// <summary>What is left of a GAN after its training: the losses of the last epoch, when it diverged, its parameters.</summary>
internal sealed record MemberResult(EpochLosses Losses, int? DivergedAt, float[] Parameters)
{
    private static readonly ConcurrentDictionary<(TrainingSettings Settings, IDistribution Distribution, int Rows), MemberResult> Known = [];

    /// <summary>Those of a trainer's members, after an epoch with losses.</summary>
    public static IEnumerable<MemberResult> Of(CompiledTrainer trainer)
    {
        GanParameters[] parameters = trainer.ReadParameters();
        EpochLosses[] losses = trainer.ReadLosses();
        int?[] divergedAt = trainer.ReadDivergedAt();
        return Enumerable.Range(0, trainer.Count).Select(i => new MemberResult(losses[i], divergedAt[i], parameters[i].Values));
    }

    /// <summary>Trains a GAN alone in the step-by-step engine, on the chapter's rows of its own seed.</summary>
    public static MemberResult Alone(TrainingSettings settings, int rows) => Alone(settings, Gaussian.Chapter, rows);

    /// <summary>Trains a GAN alone in the step-by-step engine, on a distribution's rows of its own seed; once for all numbers of lanes.</summary>
    public static MemberResult Alone(TrainingSettings settings, IDistribution distribution, int rows) =>
        Known.GetOrAdd((settings, distribution, rows), _ => Alone(settings, distribution.Sample(settings.Seed, rows)));

    /// <summary>Trains a GAN alone in the step-by-step engine.</summary>
    public static MemberResult Alone(TrainingSettings settings, DataSet data)
    {
        using StepwiseTrainer trainer = new(ReferenceDevice.Device, settings, data);
        EpochLosses losses = trainer.TrainEpoch();
        for (int epoch = 1; epoch < settings.Epochs; epoch++)
        {
            losses = trainer.TrainEpoch();
        }

        return new MemberResult(losses, trainer.DivergedAt, trainer.ReadParameters().Values);
    }

    /// <summary>Fails where a result differs from this one; losses are computed on to NaN after a divergence.</summary>
    public void AssertSame(MemberResult actual, string what)
    {
        Assert.That(actual.DivergedAt, Is.EqualTo(DivergedAt), what);
        Assert.That(Bits.Of(actual.Losses), Is.EqualTo(Bits.Of(Losses)), what);
        SameBits.Assert(actual.Parameters, Parameters, what);
    }
}
