using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Sweeps;

/// <summary>A finished sweep, read back from its folder.</summary>
/// <param name="Axes">The settings that were swept, in the order of the help.</param>
/// <param name="Rows">One for each member, in their order.</param>
/// <param name="BaseSettings">What was not swept; what was has the value of the first member.</param>
internal sealed record SweepResult(IReadOnlyList<SweepAxis> Axes, IReadOnlyList<SweepRow> Rows, TrainingSettings BaseSettings)
{
    /// <summary>Reads a folder.</summary>
    /// <exception cref="Files.FileContentException">It is no finished sweep's.</exception>
    public static SweepResult Read(string folder) => throw new NotImplementedException($"{folder}: sweeps are not read yet");

    /// <summary>The settings that train a member again alone.</summary>
    public TrainingSettings SettingsOf(SweepRow row) => throw new NotImplementedException($"{BaseSettings}: {row}");
}
