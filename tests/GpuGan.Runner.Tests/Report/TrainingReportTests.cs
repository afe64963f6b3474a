using System.Globalization;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Data;
using GpuGan.Runner.Report;
using MathNet.Numerics.LinearAlgebra;

namespace GpuGan.Runner.Tests.Report;

internal sealed class TrainingReportTests
{
    private static readonly double[] Usual = [1.01, 1.95, 1.95, 4.25];
    private static readonly double[] Small = [0.027172, -0.0049283, -0.0049283, 0.012345];
    private static readonly double[] Wide = [1.2345e38, -1.2345e-38, -98765.4, 1e-310];
    private static readonly double[] Strange = [double.NaN, double.NegativeInfinity, -1.2345e-300, 0];

    [TestCase(nameof(Usual), "in theory           [      1.01      1.95 ]\n                    [      1.95      4.25 ]\n")]
    [TestCase(nameof(Small), "in theory           [    0.027172  -0.0049283 ]\n                    [  -0.0049283    0.012345 ]\n")]
    [TestCase(nameof(Wide), "in theory           [   1.2345e+38  -1.2345e-38 ]\n                    [       -98765       1e-310 ]\n")]
    [TestCase(nameof(Strange), "in theory           [           NaN     -Infinity ]\n                    [  -1.2345e-300             0 ]\n")]
    public void Numbers_of_a_matrix_never_run_together(string which, string text)
    {
        double[] numbers = which switch { nameof(Usual) => Usual, nameof(Small) => Small, nameof(Wide) => Wide, _ => Strange };
        Moments theory = new(Vector<double>.Build.Dense(2), Matrix<double>.Build.Dense(2, 2, (row, column) => numbers[(2 * row) + column]));
        using StringWriter output = new() { NewLine = "\n" };
        TrainingReport.WriteData(output, "data", LearnedData.Of(new Table([1, 2, 3, 4], 2), standardize: false), theory);
        Assert.That(output.ToString(), Does.EndWith(text));
        string[] rows = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..^1])];
        Assert.That(rows.SelectMany(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).Count(), Is.EqualTo(4));
    }
}
