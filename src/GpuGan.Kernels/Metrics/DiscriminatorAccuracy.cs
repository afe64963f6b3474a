using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Metrics;

/// <summary>
/// How often a discriminator is right about rows that it has never seen, half of them real, half generated. At 1/2 it cannot tell
/// them apart, however it comes to its answers; the standard error of what is measured is at most <c>1 / sqrt(8 Rows)</c>.
/// </summary>
/// <param name="Real">What real rows are drawn from.</param>
/// <param name="Rows">Fresh rows of each kind, at least 1.</param>
internal sealed record DiscriminatorAccuracy(IDistribution Real, int Rows)
{
    // Steps of the evaluation stream; by its step 0 generators are judged, and drawn from.
    private const uint RealStep = 1, GeneratedStep = 2;

    /// <summary>The share of the rows that a discriminator is right about, from 0 to 1; to the same bits on every machine.</summary>
    /// <param name="parameters">Of both networks.</param>
    /// <param name="seed">Decides the rows.</param>
    public double Of(GanParameters parameters, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        int hits = CalledReal(parameters, Real.Sample(seed, Rows, StreamId.Evaluation, RealStep));
        int misses = CalledReal(parameters, GeneratedSamples.Draw(parameters, seed, Rows, step: GeneratedStep));
        return (hits + Rows - misses) / (2.0 * Rows);
    }

    /// <summary>A row is called real where D is at least 1/2, its logit at least 0: what cannot decide is called real.</summary>
    private static int CalledReal(GanParameters parameters, DataSet rows)
    {
        float[] logits = new float[rows.Rows];
        Perceptron.Evaluate(parameters.Discriminator, parameters.DiscriminatorValues, rows.Values, logits);
        return logits.Count(logit => logit >= 0);
    }
}
