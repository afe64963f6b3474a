using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Sweeps;

/// <summary>Everything that decides the training of a member.</summary>
/// <param name="Training">Its settings.</param>
/// <param name="Rows">Rows of its data.</param>
internal sealed record MemberSettings(TrainingSettings Training, int Rows)
{
    /// <summary>Steps of the whole training.</summary>
    public long Steps => (((Rows - 1L) / Training.BatchSize) + 1) * Training.Epochs;

    /// <summary>How long the training takes, in units of a parameter and a row: to compare one with another.</summary>
    public UInt128 Cost => (UInt128)Steps * (ulong)CostOfStep;

    /// <summary>How long a step takes, in the same units.</summary>
    public long CostOfStep => (long)Math.Min(Training.BatchSize, Rows) * (Training.Generator.ParameterCount + (2L * Training.Discriminator.ParameterCount));
}
