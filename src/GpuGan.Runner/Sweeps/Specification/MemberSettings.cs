using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Sweeps.Specification;

/// <summary>Everything that decides the training of a member.</summary>
/// <param name="Training">Its settings.</param>
/// <param name="Rows">Rows of its data.</param>
internal sealed record MemberSettings(TrainingSettings Training, int Rows)
{
    /// <summary>What these rows are drawn from, where they are not a file's.</summary>
    public IDistribution Distribution { get; init; } = Gaussian.Chapter;

    /// <summary>These settings with the batch size that all rows mean.</summary>
    public MemberSettings ForRows() => this with { Training = Training.ForRows(Rows) };

    /// <summary>What the code of the kernels that train it depends on.</summary>
    public (TrainingSettings Settings, IDistribution Distribution) Code => (CompiledKernels.CodeOf(Training, Rows), Distribution);

    /// <summary>Steps of the whole training.</summary>
    public long Steps => (((Rows - 1L) / Training.BatchSize) + 1) * Training.Epochs;

    /// <summary>How long the training takes, in units of a parameter and a row: to compare one with another.</summary>
    public UInt128 Cost => (UInt128)Steps * (ulong)CostOfStep;

    /// <summary>How long a step takes, in the same units.</summary>
    public long CostOfStep => (long)Math.Min(Training.BatchSize, Rows) * (Training.Generator.ParameterCount + (2L * Training.Discriminator.ParameterCount));
}
