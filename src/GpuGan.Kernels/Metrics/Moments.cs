using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using MathNet.Numerics.LinearAlgebra;

namespace GpuGan.Kernels.Metrics;

/// <summary>Mean and covariance of a distribution of rows, computed in double.</summary>
/// <param name="Mean"><c>[column]</c>.</param>
/// <param name="Covariance"><c>[column, column]</c>.</param>
internal sealed record Moments(Vector<double> Mean, Matrix<double> Covariance)
{
    /// <summary>How many samples stand for a generator whose moments have no closed form, where nothing else is asked for.</summary>
    public const int GeneratorSamples = 10_000;

    /// <summary>The moments of a sample, with 1/n.</summary>
    /// <param name="rows">At least one.</param>
    public static Moments Of(DataSet rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Of(rows.Values, rows.Columns);
    }

    /// <summary>The moments of a sample, with 1/n.</summary>
    /// <param name="rows">At least one.</param>
    public static Moments Of(Table rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Of(rows.Values, rows.Columns);
    }

    /// <summary>The true moments of a distribution.</summary>
    /// <param name="distribution">Whose.</param>
    public static Moments Of(IDistribution distribution)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        int columns = distribution.Columns;
        IReadOnlyList<double> mean = distribution.Mean, covariance = distribution.Covariance;
        return new Moments(
            Vector<double>.Build.Dense(columns, column => mean[column]), Matrix<double>.Build.Dense(columns, columns, (i, j) => covariance[(i * columns) + j]));
    }

    /// <summary>
    /// The moments of what a generator makes of standard normal variates: exact from its weights where it is linear, else
    /// those of samples of the seed's evaluation stream.
    /// </summary>
    /// <param name="parameters">The generator's are used.</param>
    /// <param name="seed">Used where samples are needed.</param>
    /// <param name="samples">How many, where they are needed.</param>
    public static Moments Of(GanParameters parameters, ulong seed, int samples = GeneratorSamples)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return Of(parameters.Generator, parameters.GeneratorValues, seed, samples);
    }

    /// <summary>The same for a generator alone.</summary>
    /// <param name="generator">Its widths.</param>
    /// <param name="values">Its parameters, as <see cref="Network"/> lays them out.</param>
    /// <param name="seed">Used where samples are needed.</param>
    /// <param name="samples">How many, where they are needed.</param>
    public static Moments Of(Network generator, ReadOnlySpan<float> values, ulong seed, int samples = GeneratorSamples) =>
        IsGaussian(generator) ? OfLinear(generator, values) : Of(GeneratedSamples.Draw(generator, values, seed, samples));

    /// <summary>Whether a generator makes a Gaussian of standard normal variates: where it is linear.</summary>
    /// <param name="generator">Its widths.</param>
    public static bool IsGaussian(Network generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return generator.IsLinear && generator.Latent == Latent.Normal;
    }

    /// <summary>The same in the units of the data.</summary>
    /// <param name="standardization">What the units of these moments came from.</param>
    public Moments Undo(Standardization standardization)
    {
        ArgumentNullException.ThrowIfNull(standardization);
        standardization.RequireColumns(Mean.Count);
        return standardization.IsNone ? this : new Moments(
            Mean.MapIndexed((column, mean) => standardization.Undo(mean, column), Zeros.Include),
            Covariance.MapIndexed((i, j, value) => value * standardization.Scale[i] * standardization.Scale[j], Zeros.Include));
    }

    /// <summary>Refuses moments of other columns: they cannot be compared.</summary>
    /// <exception cref="ArgumentException">The mean or the covariance has another dimension.</exception>
    internal void RequireColumns(int columns)
    {
        if ((Mean.Count, Covariance.RowCount, Covariance.ColumnCount) != (columns, columns, columns))
        {
            throw new ArgumentException(
                $"the moments are of {Mean.Count} columns, with a covariance of {Covariance.RowCount} x {Covariance.ColumnCount}; they are compared with those of {columns}");
        }
    }

    /// <summary>A chain of y = W x + b begins with the mean 0 and the covariance 1.</summary>
    private static Moments OfLinear(Network shape, ReadOnlySpan<float> values)
    {
        float[] parameters = values.ToArray();
        var mean = Vector<double>.Build.Dense(shape.Inputs);
        var covariance = Matrix<double>.Build.DenseIdentity(shape.Inputs);
        foreach (Layer layer in shape.Layers)
        {
            var weight = Matrix<double>.Build.Dense(
                layer.Outputs, layer.Inputs, (unit, input) => parameters[layer.WeightOffset + (unit * layer.Inputs) + input]);
            var bias = Vector<double>.Build.Dense(layer.Outputs, unit => layer.HasBias ? parameters[layer.BiasOffset + unit] : 0);
            mean = (weight * mean) + bias;
            covariance = (weight * covariance).TransposeAndMultiply(weight);
        }

        return new Moments(mean, covariance);
    }

    private static Moments Of<T>(T[] values, int columns)
        where T : struct, System.Numerics.INumberBase<T>
    {
        int rows = values.Length / columns;
        var mean = Vector<double>.Build.Dense(columns);
        var covariance = Matrix<double>.Build.Dense(columns, columns);
        for (int column = 0; column < columns; column++)
        {
            double sum = 0;
            for (int i = column; i < values.Length; i += columns)
            {
                sum += double.CreateTruncating(values[i]);
            }

            mean[column] = sum / rows;
        }

        for (int one = 0; one < columns; one++)
        {
            for (int other = one; other < columns; other++)
            {
                double sum = 0, first = mean[one], second = mean[other];
                for (int row = 0; row < values.Length; row += columns)
                {
                    sum += (double.CreateTruncating(values[row + one]) - first) * (double.CreateTruncating(values[row + other]) - second);
                }

                covariance[one, other] = covariance[other, one] = sum / rows;
            }
        }

        return new Moments(mean, covariance);
    }
}
