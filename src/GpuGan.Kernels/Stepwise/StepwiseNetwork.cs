using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU;
using ILGPU.Runtime;

namespace GpuGan.Kernels.Stepwise;

/// <summary>The buffers of one network and of its optimiser on the device.</summary>
internal sealed class StepwiseNetwork : IDisposable
{
    private readonly MemoryBuffer1D<int, Stride1D.Dense> widths;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> parameters, gradients, state, averages, units, deltas;

    /// <summary>Allocates all buffers; what the optimiser keeps is zero, an average begins with the parameters.</summary>
    /// <param name="accelerator">Owns the buffers.</param>
    /// <param name="network">The network.</param>
    /// <param name="initial">Its parameters.</param>
    /// <param name="rows">Rows of units and deltas.</param>
    /// <param name="optimizer">How it is updated.</param>
    /// <param name="average">How much of the averaged parameters an update leaves; 0 for no average.</param>
    /// <param name="divergedAt">One number that both networks share.</param>
    public StepwiseNetwork(
        Accelerator accelerator,
        Network network,
        ReadOnlySpan<float> initial,
        int rows,
        IOptimizer optimizer,
        double average,
        MemoryBuffer1D<int, Stride1D.Dense> divergedAt)
    {
        int count = network.ParameterCount;
        StateWords = optimizer.StateWords;
        widths = accelerator.Allocate1D(network.Widths.ToArray());
        parameters = accelerator.Allocate1D(initial.ToArray());
        gradients = Cleared(accelerator, count);
        state = Cleared(accelerator, Math.Max(1, StateWords * count));
        averages = accelerator.Allocate1D(average == 0 ? [0] : initial.ToArray());
        units = Cleared(accelerator, (long)rows * network.UnitCount);
        deltas = Cleared(accelerator, (long)rows * network.UnitCount);
        View = new NetworkView(
            widths.View, parameters.View, units.View, deltas.View, network.UnitCount, network.HasBias ? 1 : 0, network.Hidden.Coefficient, network.Output.Coefficient);
        Optimizer = new OptimizerView(gradients.View, state.View, StateWords, averages.View, average == 0 ? 0 : 1, (float)(1 - average), divergedAt.View);
    }

    /// <summary>Numbers that it takes.</summary>
    public static long LengthOf(Network network, int rows, IOptimizer optimizer, double average) =>
        ((2L + optimizer.StateWords + (average == 0 ? 0 : 1)) * network.ParameterCount) + (2L * rows * network.UnitCount);

    /// <summary>The network as the kernels see it.</summary>
    public NetworkView View { get; }

    /// <summary>The optimiser's buffers as the kernels see them.</summary>
    public OptimizerView Optimizer { get; }

    /// <summary>How many words the optimiser keeps of each parameter.</summary>
    public int StateWords { get; }

    /// <summary>Number of parameters.</summary>
    public int ParameterCount => (int)parameters.Length;

    /// <summary>Copies the parameters to the host.</summary>
    public float[] ReadParameters() => parameters.GetAsArray1D();

    /// <summary>Copies the averaged parameters to the host.</summary>
    public float[] ReadAverages() => averages.GetAsArray1D();

    /// <summary>Copies the gradients of the last step to the host.</summary>
    public float[] ReadGradients() => gradients.GetAsArray1D();

    /// <summary>Copies a word that the optimiser keeps of each parameter to the host; zeros where it keeps fewer.</summary>
    public float[] ReadState(int word) =>
        word < StateWords ? state.GetAsArray1D()[(word * ParameterCount)..((word + 1) * ParameterCount)] : new float[ParameterCount];

    /// <summary>Replaces the parameters by those of another training.</summary>
    public void WriteParameters(ReadOnlySpan<float> values) => parameters.CopyFromCPU(values.ToArray());

    /// <summary>Replaces the averaged parameters by those of another training.</summary>
    public void WriteAverages(ReadOnlySpan<float> values) => averages.CopyFromCPU(values.ToArray());

    /// <summary>Replaces a word that the optimiser keeps of each parameter.</summary>
    public void WriteState(int word, ReadOnlySpan<float> values)
    {
        if (word < StateWords)
        {
            state.View.SubView(word * ParameterCount, ParameterCount).CopyFromCPU(values.ToArray());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (MemoryBuffer buffer in (ReadOnlySpan<MemoryBuffer>)[widths, parameters, gradients, state, averages, units, deltas])
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
