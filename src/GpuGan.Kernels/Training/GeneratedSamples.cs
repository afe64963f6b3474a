using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Training;

/// <summary>Rows drawn from a generator.</summary>
internal static class GeneratedSamples
{
    /// <summary>Passes latent rows of the seed's evaluation stream through a generator.</summary>
    /// <param name="parameters">The generator's are used.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="firstRow">The first of them, a multiple of 4: many rows may be drawn piece by piece.</param>
    /// <param name="step">Which step of the stream.</param>
    /// <returns><c>[row, column]</c>; the row of a number does not depend on how many rows are drawn.</returns>
    public static DataSet Draw(GanParameters parameters, ulong seed, int rows, int firstRow = 0, uint step = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return Draw(parameters.Generator, parameters.GeneratorValues, seed, rows, firstRow, step);
    }

    /// <summary>The same for a generator alone.</summary>
    /// <param name="shape">The generator's widths.</param>
    /// <param name="values">Its parameters, as <see cref="Network"/> lays them out.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="firstRow">The first of them, a multiple of 4.</param>
    /// <param name="step">Which step of the stream.</param>
    /// <returns><c>[row, column]</c>.</returns>
    public static DataSet Draw(
        Network shape, ReadOnlySpan<float> values, ulong seed, int rows, int firstRow = 0, uint step = 0)
    {
        ArgumentNullException.ThrowIfNull(shape);
        DataSet prior = Prior(seed, rows, shape, firstRow, step);
        float[] generated = new float[(long)rows * shape.Outputs];
        Perceptron.Evaluate(shape, values, prior.Values, generated);
        return new DataSet(generated, shape.Outputs);
    }

    /// <summary>Latent rows of the seed's evaluation stream.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="generator">How many latent variables it has, and what they are.</param>
    /// <param name="firstRow">The first of them, a multiple of 4: its numbers begin a block of the stream.</param>
    /// <param name="step">Which step of the stream.</param>
    public static DataSet Prior(ulong seed, int rows, Network generator, int firstRow = 0, uint step = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfNotEqual(firstRow % Streams.BlockSize, 0, nameof(firstRow));
        float[] latent = new float[(long)rows * generator.Inputs];
        if (generator.Latent != Latent.Zero)
        {
            uint firstBlock = (uint)(firstRow / Streams.BlockSize * generator.Inputs);
            Streams.Fill(seed, StreamId.Evaluation, step, latent, firstBlock, isUniform: generator.Latent == Latent.Uniform);
        }

        return new DataSet(latent, generator.Inputs);
    }
}
