using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Distributions.Csv;
using GpuGan.Runner.Data;

namespace GpuGan.Runner.Tests.Data;

/// <summary>Columns whose values float32 cannot tell apart.</summary>
internal sealed class RoundingLossTests
{
    [TestCase(1000, 1.7e9, 1.0, "column 1 has 1000 different values, as float32 9", TestName = "seconds of a day")]
    [TestCase(1000, 0, 1e-300, "column 1 has 1000 different values, as float32 1", TestName = "numbers that become zero")]
    [TestCase(1000, 123456789012, 1.0, "column 1 has 1000 different values, as float32 1", TestName = "long ids")]
    [TestCase(1000, 70, 0.01, null, TestName = "minutes")]
    [TestCase(1000, 16777216, -1.0, null, TestName = "the last whole numbers that floats have")]
    [TestCase(1000, 1.7e9, 0.0, null, TestName = "one value")]
    public void What_is_lost_is_counted(int rows, double from, double step, string? loss)
    {
        Table table = new([.. Enumerable.Range(0, rows).Select(row => from + (row * step))], 1);
        Assert.That(RoundingLoss.Of(table, column => $"column {column + 1}"), Is.EqualTo(loss is null ? [] : new[] { loss }));
    }

    [Test]
    public void Doubles_that_become_one_float_by_chance_are_no_loss()
    {
        Random random = new(1);
        double[] values = [.. Enumerable.Range(0, 200_000).Select(_ => random.NextDouble())];
        Assert.That(values.Select(value => (float)value).Distinct().Count(), Is.InRange(1, values.Distinct().Count() - 1), "some do");
        Assert.That(RoundingLoss.Of(new Table(values, 1), column => "column"), Is.Empty);
    }

    [Test]
    public void Columns_that_are_centred_lose_nothing_and_may_be_large()
    {
        const string Text = "time,huge\n1700000000.25,1e300\n1700000000.5,2e300\n1700000000.75,3e300\n";
        Assert.That(() => CsvDataReader.Parse("file", Text, new CsvOptions { AllowRounding = true }), Throws.InstanceOf<FileContentException>());
        DataFile file = CsvDataReader.Parse("file", Text, new CsvOptions(), centred: true);
        Assert.That((file.Table[2, 0], file.Table[2, 1], file.Remarks), Is.EqualTo((1700000000.75, 3e300, Array.Empty<string>())));
        Assert.That(
            () => CsvDataReader.Parse("file", "1e999\n", new CsvOptions(), centred: true),
            Throws.Exception.Message.EqualTo("file: row 1, column 1: '1e999' is too large for float64 (at most 1.8e+308)"));
    }
}
