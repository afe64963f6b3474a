using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;

namespace GpuGan.Kernels.Tests.Distributions;

[TestFixture]
public class StandardizationTests
{
    // A time stamp, a tiny number, a constant.
    private static readonly Table Rows = new(
        [.. Table.Of(Gaussian.Chapter.Sample(1, 500)).Values.Chunk(2).SelectMany(row => new[] { 1.7e9 + row[0], row[1] * 1e-300, 42 })], columns: 3);

    private static readonly Standardization Standard = Standardization.Of(Rows);

    [Test]
    public void Columns_get_mean_0_and_deviation_1()
    {
        Moments moments = Moments.Of(Standard.Apply(Rows));
        Assert.Multiple(() =>
        {
            Assert.That(moments.Mean.ToArray(), Is.All.EqualTo(0).Within(1e-6));
            Assert.That(moments.Covariance.Diagonal().ToArray(), Is.EqualTo(new double[] { 1, 1, 0 }).Within(1e-5), "a constant column is only shifted");
        });
    }

    [Test]
    public void What_float32_cannot_tell_apart_stays_apart()
    {
        Assert.That(Rows.ToDataSet().Values.Where((_, i) => i % 3 == 0).Distinct().Count(), Is.InRange(1, 4));
        Assert.That(Standard.Apply(Rows).Values.Where((_, i) => i % 3 == 0).Distinct().Count(), Is.GreaterThan(490));
    }

    [Test]
    public void It_is_undone()
    {
        Table again = Standard.Undo(Standard.Apply(Rows), ["time", "tiny", "constant"]);
        Assert.Multiple(() =>
        {
            for (int column = 0; column < 3; column++)
            {
                // One rounding to a float of at most some deviations.
                Assert.That(
                    Enumerable.Range(0, Rows.Rows).Select(row => Math.Abs(again[row, column] - Rows[row, column])),
                    Is.All.InRange(0.0, Standard.Scale[column] * 4e-7));
            }

            Assert.That(again.Names, Is.EqualTo(new[] { "time", "tiny", "constant" }));
        });
    }

    [Test]
    public void None_changes_nothing()
    {
        DataSet rows = Gaussian.Chapter.Sample(1, 100);
        Assert.That(Table.Of(rows).ToDataSet().Values, Is.EqualTo(rows.Values));
        Assert.That(Standardization.None.IsNone && !Standard.IsNone);
    }
}
