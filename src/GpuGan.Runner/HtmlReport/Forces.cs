using System.Text.Json.Nodes;
using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;

namespace GpuGan.Runner.HtmlReport;

/// <summary>Where the generator's loss pulls its rows: against its gradient at each, through the discriminator.</summary>
internal static class Forces
{
    // Of the plane, to both sides of a row: far above the rounding of logits, far below what one sees.
    private const double Step = 0.001;

    private const int Columns = 2;

    // Of the strongest, in thousandths of the plane.
    private const double Longest = 60;

    /// <summary>Arrows at the points that <see cref="Frame.Points"/> makes of the same rows, as thousandths of the plane.</summary>
    /// <param name="parameters">Of both networks.</param>
    /// <param name="settings">Of the training.</param>
    /// <param name="data">Of two columns.</param>
    /// <param name="frame">The plane.</param>
    /// <param name="count">How many rows.</param>
    public static JsonArray Of(GanParameters parameters, TrainingSettings settings, LearnedData data, Frame frame, int count)
    {
        Table rows = data.Generate(parameters, settings.Seed, count);
        double[] extents = [frame.X.Length, frame.Y.Length];

        // A step against the gradient is made in the units of the training, and seen as a part of the plane.
        double[] units = [.. extents.Select((extent, column) => (data.Standardization.IsNone ? 1 : data.Standardization.Scale[column]) / extent)];

        // Each row, and beside it in both directions of each column; then the real rows that paired losses compare.
        float[] places = new float[rows.Rows * Columns * (1 + (2 * Columns))];
        int place = 0;
        for (int row = 0; row < rows.Rows; row++)
        {
            Put(row, 0, 0);
            for (int column = 0; column < Columns; column++)
            {
                Put(row, column, Step * extents[column]);
                Put(row, column, -Step * extents[column]);
            }
        }

        float[] real = [.. Enumerable.Range(0, rows.Rows).SelectMany(row => data.Rows.Values.Skip(row % data.Rows.Rows * Columns).Take(Columns))];
        float[] logits = Logits(places), realLogits = Logits(real);
        double[] forces = new double[rows.Rows * Columns];
        for (int row = 0; row < rows.Rows; row++)
        {
            int first = row * (1 + (2 * Columns));
            double slope = settings.Loss.GeneratorDerivative(realLogits[row], logits[first], default(DeviceOperations));
            for (int column = 0; column < Columns; column++)
            {
                forces[(row * Columns) + column] = -slope * (logits[first + 1 + (2 * column)] - logits[first + 2 + (2 * column)]) * units[column] * units[column];
            }
        }

        double strongest = forces.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        JsonArray arrows = [];
        for (int row = 0; row < rows.Rows; row++)
        {
            if (double.IsFinite(rows[row, 0]) && double.IsFinite(rows[row, 1]))
            {
                arrows.Add(Scaled(forces[row * Columns]));
                arrows.Add(Scaled(forces[(row * Columns) + 1]));
            }
        }

        return arrows;

        void Put(int row, int changed, double by)
        {
            for (int column = 0; column < Columns; column++)
            {
                places[place++] = (float)data.Standardization.Apply(rows[row, column] + (column == changed ? by : 0), column);
            }
        }

        float[] Logits(float[] inputs)
        {
            float[] outputs = new float[inputs.Length / Columns];
            Perceptron.Evaluate(parameters.Discriminator, parameters.DiscriminatorValues, inputs, outputs);
            return outputs;
        }

        int Scaled(double force) => double.IsFinite(force) && strongest > 0 ? (int)Math.Round(Longest * force / strongest) : 0;
    }
}
