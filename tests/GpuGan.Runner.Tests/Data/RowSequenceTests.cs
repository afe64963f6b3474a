using GpuGan.Kernels.Distributions;
using GpuGan.Runner.Data;

namespace GpuGan.Runner.Tests.Data;

internal sealed class RowSequenceTests
{
    [TestCase("20 numbers, sorted", 1, "column 1 with the next row's is 0.85,")]
    [TestCase("20 numbers, sorted down", 1, "column 1 with the next row's is 0.85,")]
    [TestCase("1000 rows, the second column sorted", 2, "column 2 with the next row's is 1.00,")]
    [TestCase("1000 rows of two kinds, one after the other", 1, "column 1 with the next row's is 1.00,")]
    [TestCase("numbers near the largest, sorted", 1, "column 1 with the next row's is 0.85,")]
    public void Rows_that_are_sorted_are_told(string what, int columns, string told) => Assert.That(
        Warning(what, columns), Does.StartWith("gpugan: data.csv: the rows are sorted, it seems: the correlation of ").And.Contain(told).And.EndsWith("; use --shuffle\n"));

    [TestCase("1000 rows of the chapter", 2)]
    [TestCase("a constant", 1)]
    [TestCase("one row", 1)]
    [TestCase("three rows, sorted", 1)]
    [TestCase("to and fro", 1)]
    public void Others_are_not(string what, int columns) => Assert.That(Warning(what, columns), Is.Empty);

    /// <summary>Nor any of 1,000 files of 20 rows that are in no order, and of 1,000 of 100 rows.</summary>
    [Test]
    public void Chance_is_not_told()
    {
        foreach (int rows in new[] { 20, 100 })
        {
            int warned = Enumerable.Range(0, 1000).Count(seed => Of(new Table([.. Gaussian.Chapter.Sample((ulong)seed, rows).Values.Select(value => (double)value)], 2)).Length > 0);
            Assert.That(warned, Is.InRange(0, 2), $"{rows} rows");
        }
    }

    private static string Warning(string what, int columns)
    {
        Random random = new(3);
        IEnumerable<double> values = what switch
        {
            "20 numbers, sorted" => Enumerable.Range(0, 20).Select(i => (double)i),
            "20 numbers, sorted down" => Enumerable.Range(0, 20).Select(i => 5.0 - i),
            "1000 rows, the second column sorted" => Enumerable.Range(0, 1000).SelectMany(i => new[] { random.NextDouble(), i }),
            "1000 rows of two kinds, one after the other" => Enumerable.Range(0, 1000).Select(i => i < 500 ? 0.0 : 1),
            "numbers near the largest, sorted" => Enumerable.Range(0, 20).Select(i => i * 4e306),
            "1000 rows of the chapter" => Gaussian.Chapter.Sample(seed: 0, rows: 1000).Values.Select(value => (double)value),
            "a constant" => Enumerable.Repeat(0.1, 100),
            "one row" => [1],
            "three rows, sorted" => [1, 2, 3],
            _ => Enumerable.Range(0, 100).Select(i => (double)(i % 2)),
        };
        return Of(new Table([.. values], columns));
    }

    private static string Of(Table rows)
    {
        using StringWriter error = new() { NewLine = "\n" };
        RowSequence.Warn(error, "data.csv", rows);
        return error.ToString();
    }
}
