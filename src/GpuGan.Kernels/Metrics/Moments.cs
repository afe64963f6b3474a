using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using MathNet.Numerics.LinearAlgebra;

namespace GpuGan.Kernels.Metrics;

/// <summary>Mean and covariance of a distribution of rows, computed in double.</summary>
/// <param name="Mean"><c>[column]</c>.</param>
/// <param name="Covariance"><c>[column, column]</c>.</param>
public sealed record Moments(Vector<double> Mean, Matrix<double> Covariance)
{
    /// <summary>How many samples stand for a generator whose moments have no closed form, where nothing else is asked for.</summary>
    public const int GeneratorSamples = 10_000;

    /// <summary>The moments of a sample, with 1/n.</summary>
    /// <param name="rows">At least one.</param>
    public static Moments Of(DataSet rows) => Of(Table.Of(rows));

    /// <summary>The moments of a sample, with 1/n.</summary>
    /// <param name="rows">At least one.</param>
    public static Moments Of(Table rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var mean = Vector<double>.Build.Dense(rows.Columns, column => Average(rows.Rows, row => rows[row, column]));
        var covariance = Matrix<double>.Build.Dense(
            rows.Columns,
            rows.Columns,
            (i, j) => Average(rows.Rows, row => (rows[row, i] - mean[i]) * (rows[row, j] - mean[j])));
        return new Moments(mean, covariance);
    }

    /// <summary>The moments of rows x = z A + b: the mean b, the covariance A'A.</summary>
    /// <param name="distribution">The Gaussian.</param>
    public static Moments Of(Gaussian distribution)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        int columns = distribution.Columns;
        var a = Matrix<double>.Build.Dense(columns, columns, (i, j) => distribution.A(i, j));
        return new Moments(Vector<double>.Build.Dense(columns, j => distribution.B(j)), a.TransposeThisAndMultiply(a));
    }

    /// <summary>
    /// The moments of what a generator makes of standard normal variates: exact from its weights where it is linear, else
    /// those of samples of the seed's evaluation stream.
    /// </summary>
    /// <param name="parameters">The generator's are used.</param>
    /// <param name="activation">What stands between its layers.</param>
    /// <param name="seed">Used where samples are needed.</param>
    /// <param name="samples">How many, where they are needed.</param>
    public static Moments Of(GanParameters parameters, Activation activation, ulong seed, int samples = GeneratorSamples)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return IsGaussian(parameters.Generator, activation)
            ? OfLinear(parameters.Generator, parameters.GeneratorValues)
            : Of(GeneratedSamples.Draw(parameters, activation, seed, samples));
    }

    /// <summary>Whether a generator makes a Gaussian of standard normal variates: where it is linear.</summary>
    /// <param name="generator">Its widths.</param>
    /// <param name="activation">What stands between its layers.</param>
    public static bool IsGaussian(NetworkShape generator, Activation activation)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return generator.Layers.Count == 1 || activation == Activation.Identity;
    }

    /// <summary>The same in the units of the data.</summary>
    /// <param name="standardization">What the units of these moments came from.</param>
    public Moments Undo(Standardization standardization)
    {
        ArgumentNullException.ThrowIfNull(standardization);
        return standardization.IsNone ? this : new Moments(
            Mean.MapIndexed((column, mean) => standardization.Undo(mean, column), Zeros.Include),
            Covariance.MapIndexed((i, j, value) => value * standardization.Scale[i] * standardization.Scale[j], Zeros.Include));
    }

    /// <summary>A chain of y = W x + b begins with the mean 0 and the covariance 1.</summary>
    private static Moments OfLinear(NetworkShape shape, ReadOnlySpan<float> values)
    {
        float[] parameters = values.ToArray();
        var mean = Vector<double>.Build.Dense(shape.Inputs);
        var covariance = Matrix<double>.Build.DenseIdentity(shape.Inputs);
        foreach (Layer layer in shape.Layers)
        {
            var weight = Matrix<double>.Build.Dense(
                layer.Outputs, layer.Inputs, (unit, input) => parameters[layer.WeightOffset + (unit * layer.Inputs) + input]);
            var bias = Vector<double>.Build.Dense(layer.Outputs, unit => parameters[layer.BiasOffset + unit]);
            mean = (weight * mean) + bias;
            covariance = (weight * covariance).TransposeAndMultiply(weight);
        }

        return new Moments(mean, covariance);
    }

    private static double Average(int count, Func<int, double> value)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += value(i);
        }

        return sum / count;
    }
}
