using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>What a member has of its own, beside its learning rates.</summary>
internal readonly record struct MemberNumbers(
    uint SeedLow, uint SeedHigh, float Smoothing, float Deviation, float R1, float R2, float GradientPenalty, float Clip, float AverageTaken)
{
    /// <summary>Rounds them once.</summary>
    public static MemberNumbers Of(TrainingSettings settings) => new(
        (uint)settings.Seed,
        (uint)(settings.Seed >> 32),
        (float)settings.LabelSmoothing,
        (float)settings.InstanceNoise,
        (float)settings.R1,
        (float)settings.R2,
        (float)settings.GradientPenalty,
        (float)settings.WeightClip,
        (float)(1 - settings.GEma));
}
