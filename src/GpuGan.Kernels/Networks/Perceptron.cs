namespace GpuGan.Kernels.Networks;

/// <summary>A network evaluated on the host, to the same bits as the kernels.</summary>
public static class Perceptron
{
    /// <summary>Passes one row through a network.</summary>
    /// <param name="shape">The network's widths.</param>
    /// <param name="parameters">Its parameters, as <see cref="NetworkShape"/> lays them out.</param>
    /// <param name="activation">What stands between its layers.</param>
    /// <param name="input"><c>[input]</c>.</param>
    /// <param name="output"><c>[output]</c>, filled; the discriminator's is the logit.</param>
    public static void Evaluate(
        NetworkShape shape, ReadOnlySpan<float> parameters, Activation activation, ReadOnlySpan<float> input, Span<float> output) =>
        throw new NotImplementedException();
}
