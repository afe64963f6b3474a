using GpuGan.Kernels.Networks;
using ILGPU;
using ILGPU.Runtime;

namespace GpuGan.Kernels.Stepwise;

/// <summary>The buffers of one network and of its optimiser on the device.</summary>
internal sealed class StepwiseNetwork : IDisposable
{
    private readonly MemoryBuffer1D<int, Stride1D.Dense> widths;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> parameters, gradients, firstMoments, secondMoments, units, deltas;

    /// <summary>Allocates all buffers; the moments are zero.</summary>
    /// <param name="accelerator">Owns the buffers.</param>
    /// <param name="shape">The network.</param>
    /// <param name="initial">Its parameters.</param>
    /// <param name="rows">Rows of units and deltas.</param>
    /// <param name="divergedAt">One number that both networks share.</param>
    public StepwiseNetwork(
        Accelerator accelerator, NetworkShape shape, ReadOnlySpan<float> initial, int rows, MemoryBuffer1D<int, Stride1D.Dense> divergedAt)
    {
        widths = accelerator.Allocate1D(shape.Widths.ToArray());
        parameters = accelerator.Allocate1D(initial.ToArray());
        gradients = Cleared(accelerator, shape.ParameterCount);
        firstMoments = Cleared(accelerator, shape.ParameterCount);
        secondMoments = Cleared(accelerator, shape.ParameterCount);
        units = Cleared(accelerator, (long)rows * shape.UnitCount);
        deltas = Cleared(accelerator, (long)rows * shape.UnitCount);
        View = new NetworkView(widths.View, parameters.View, units.View, deltas.View, shape.UnitCount);
        Optimizer = new OptimizerView(gradients.View, firstMoments.View, secondMoments.View, divergedAt.View);
    }

    /// <summary>The network as the kernels see it.</summary>
    public NetworkView View { get; }

    /// <summary>The optimiser's buffers as the kernels see them.</summary>
    public OptimizerView Optimizer { get; }

    /// <summary>Number of parameters.</summary>
    public int ParameterCount => (int)parameters.Length;

    /// <summary>Copies the parameters to the host.</summary>
    public float[] ReadParameters() => parameters.GetAsArray1D();

    /// <summary>Copies the gradients of the last step to the host.</summary>
    public float[] ReadGradients() => gradients.GetAsArray1D();

    /// <summary>Copies the first moments to the host.</summary>
    public float[] ReadFirstMoments() => firstMoments.GetAsArray1D();

    /// <summary>Copies the second moments to the host.</summary>
    public float[] ReadSecondMoments() => secondMoments.GetAsArray1D();

    /// <summary>Replaces parameters and moments by those of another training.</summary>
    public void Write(ReadOnlySpan<float> newParameters, ReadOnlySpan<float> newFirstMoments, ReadOnlySpan<float> newSecondMoments)
    {
        parameters.CopyFromCPU(newParameters.ToArray());
        firstMoments.CopyFromCPU(newFirstMoments.ToArray());
        secondMoments.CopyFromCPU(newSecondMoments.ToArray());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (MemoryBuffer buffer in (ReadOnlySpan<MemoryBuffer>)[widths, parameters, gradients, firstMoments, secondMoments, units, deltas])
        {
            buffer.Dispose();
        }
    }

    private static MemoryBuffer1D<float, Stride1D.Dense> Cleared(Accelerator accelerator, long length)
    {
        MemoryBuffer1D<float, Stride1D.Dense> buffer = accelerator.Allocate1D<float>(length);
        buffer.MemSetToZero();
        return buffer;
    }
}
