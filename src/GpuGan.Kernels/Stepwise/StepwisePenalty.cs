using GpuGan.Kernels.Training;
using ILGPU;
using ILGPU.Runtime;

namespace GpuGan.Kernels.Stepwise;

/// <summary>The buffers of the tangent pass on the device; none where there is no penalty.</summary>
internal sealed class StepwisePenalty : IDisposable
{
    private readonly MemoryBuffer1D<float, Stride1D.Dense>[] buffers;

    /// <summary>Numbers that the buffers take.</summary>
    public static long LengthOf(TrainingSettings settings, int rows) => settings.HasPenalty ? 4L * rows * settings.Discriminator.UnitCount : 0;

    /// <summary>Allocates the buffers.</summary>
    /// <param name="accelerator">Owns the buffers.</param>
    /// <param name="settings">The penalties.</param>
    /// <param name="rows">Rows that may have one.</param>
    public StepwisePenalty(Accelerator accelerator, TrainingSettings settings, int rows)
    {
        long length = settings.HasPenalty ? (long)rows * settings.Discriminator.UnitCount : 1;
        buffers = [.. Enumerable.Range(0, 4).Select(_ => accelerator.Allocate1D<float>(length))];
        View = ViewOf((float)settings.R1, (float)settings.R2, (float)settings.GradientPenalty, settings.Discriminator.Hidden.IsPiecewiseLinear ? 1 : 0);
    }

    /// <summary>As the kernels see it.</summary>
    public PenaltyView View { get; }

    /// <summary>The same without any penalty, for the generator's update.</summary>
    public PenaltyView None => ViewOf(0, 0, 0, 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (MemoryBuffer buffer in buffers)
        {
            buffer.Dispose();
        }
    }

    private PenaltyView ViewOf(float real, float fake, float between, int isPiecewiseLinear) =>
        new(buffers[0].View, buffers[1].View, buffers[2].View, buffers[3].View, real, fake, between, isPiecewiseLinear);
}
