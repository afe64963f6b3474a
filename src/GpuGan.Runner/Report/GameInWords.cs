using System.Globalization;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Report;

/// <summary>What two networks play, in a sentence.</summary>
internal static class GameInWords
{
    /// <summary>Such as "wasserstein loss, weights clipped to 0.01, 5 steps of the discriminator for each of the generator, rmsprop".</summary>
    public static string Of(TrainingSettings settings)
    {
        string discriminator = settings.DOptimizer.Word, generator = settings.GOptimizer.Word;
        IEnumerable<string?> parts =
        [
            $"{settings.Loss.Word} loss",
            Where(settings.LabelSmoothing, "labels smoothed by {0}"),
            Where(settings.R1, "R1 {0}"),
            Where(settings.R2, "R2 {0}"),
            Where(settings.GradientPenalty, "gradient penalty {0}"),
            Where(settings.WeightClip, "weights clipped to {0}"),
            Where(settings.InstanceNoise, "instance noise {0}"),
            settings.DSteps > 1 ? $"{settings.DSteps} steps of the discriminator for each of the generator" : null,
            settings.GSteps > 1 ? $"{settings.GSteps} updates of the generator in a step" : null,
            settings.Updates == Updates.Alternating ? null : $"{UpdatesTable.All.WordOf(settings.Updates)} updates".Replace("generator-first updates", "the generator moves first", StringComparison.Ordinal),
            settings.FixedNoise ? "the same noise in each step" : null,
            discriminator == generator ? discriminator : $"{discriminator} against {generator}",
            Where(settings.Momentum, "momentum {0}"),
            Where(settings.GEma, "the generator averaged by {0}"),
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string? Where(double value, string text) => value == 0 ? null : string.Format(CultureInfo.InvariantCulture, text, value);
}
