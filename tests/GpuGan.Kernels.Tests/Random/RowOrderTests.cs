using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Tests.Random;

/// <summary>
/// A permutation for every number of rows, and one as good as drawn from a hat. Counts are held against even ones by chi-squared,
/// whose mean is its number of degrees of freedom f and whose standard deviation sqrt(2 f): five of these are the limit.
/// </summary>
public sealed class RowOrderTests
{
    private const double Deviations = 5;

    // Made by an independent implementation in Python.
    [TestCase(10, 0ul, 0u, new[] { 9, 7, 8, 2, 1, 0, 4, 3, 6, 5 })]
    [TestCase(10, 0ul, 1u, new[] { 0, 3, 5, 7, 6, 9, 2, 1, 4, 8 })]
    [TestCase(10, 7ul, 0u, new[] { 7, 6, 2, 1, 0, 8, 4, 5, 3, 9 })]
    [TestCase(12, (1ul << 63) + 5, 3u, new[] { 2, 9, 10, 0, 6, 11, 4, 1, 3, 8, 5, 7 })]
    public void Seed_and_epoch_decide_the_order(int rows, ulong seed, uint epoch, int[] order) => Assert.That(Order(rows, seed, epoch), Is.EqualTo(order));

    [Test]
    public void There_may_be_as_many_rows_as_an_array_has()
    {
        uint[] places = [0, 1, int.MaxValue - 1];
        Assert.That(
            places.Select(place => RowOrder.RowAt(place, (uint)int.MaxValue, 1u, 0u, 0u, default(DeviceOperations))),
            Is.EqualTo(new[] { 1859980859u, 1163830548u, 1352384408u }));
    }

    [Test]
    public void Every_row_stands_at_one_place()
    {
        foreach (int rows in Enumerable.Range(1, 300).Append(1000).Append(4096))
        {
            foreach (uint epoch in new[] { 0u, 1u, uint.MaxValue })
            {
                Assert.That(Order(rows, seed: 11, epoch).Order(), Is.EqualTo(Enumerable.Range(0, rows)), $"{rows} rows, epoch {epoch}");
            }
        }
    }

    /// <summary>All orders of a few rows, over 24,000 epochs.</summary>
    [TestCase(2, 2)]
    [TestCase(3, 6)]
    [TestCase(4, 24)]
    [TestCase(5, 120)]
    public void Every_order_is_as_frequent_as_every_other(int rows, int orders)
    {
        const int Epochs = 24_000;
        Dictionary<int, int> counts = [];
        for (uint epoch = 0; epoch < Epochs; epoch++)
        {
            int order = Order(rows, seed: 7, epoch).Aggregate(0, (digits, row) => (digits * 10) + row);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.That(counts, Has.Count.EqualTo(orders));
        AssertEven([.. counts.Values], freedom: orders - 1, "orders");
    }

    /// <summary>Each row at each place; and neighbours, by the distance between their rows and by where the first one lies.</summary>
    [TestCase(7, 20_000)]
    [TestCase(16, 20_000)]
    [TestCase(100, 10_000)]
    [TestCase(1000, 2_000)]
    public void Rows_and_pairs_of_rows_are_spread_evenly(int rows, int epochs)
    {
        int[] places = new int[rows * rows], distances = new int[rows];
        int stay = 0;
        for (uint epoch = 0; epoch < epochs; epoch++)
        {
            int[] order = Order(rows, seed: 3, epoch);
            for (int place = 0; place < rows; place++)
            {
                places[(place * rows) + order[place]]++;
                stay += order[place] == place ? 1 : 0;
                distances[place == 0 ? 0 : (order[place] - order[place - 1] + rows) % rows]++;
            }
        }

        Assert.Multiple(() =>
        {
            AssertEven(places, freedom: (rows - 1) * (rows - 1), "rows at places");
            AssertEven(distances[1..], freedom: rows - 2, "distances of neighbours");

            // As many rows as epochs stay where they are, with a variance of one each.
            Assert.That(stay, Is.EqualTo(epochs).Within(Deviations * Math.Sqrt(epochs)), "rows that stay");
        });
    }

    /// <summary>What a sorted file needs: the rows of a batch are no longer alike.</summary>
    [Test]
    public void A_batch_is_a_fair_sample_of_the_rows()
    {
        const int Rows = 1000, Batch = 8, Epochs = 400;
        double sum = 0, squares = 0;
        for (uint epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (int[] batch in Order(Rows, seed: 5, epoch).Chunk(Batch))
            {
                double mean = batch.Average();
                sum += mean;
                squares += mean * mean;
            }
        }

        // The mean of some of the numbers 0 to n - 1, drawn without putting back, has the variance (n² - 1) / 12 / B (n - B) / (n - 1).
        const int Batches = Rows / Batch * Epochs;
        double variance = (squares / Batches) - Math.Pow(sum / Batches, 2);
        double expected = ((Rows * Rows) - 1) / 12.0 / Batch * (Rows - Batch) / (Rows - 1);
        Assert.That(variance / expected, Is.EqualTo(1).Within(Deviations * Math.Sqrt(2.0 / Batches)));
    }

    private static void AssertEven(int[] counts, int freedom, string what)
    {
        double expected = counts.Average();
        double statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.That((statistic - freedom) / Math.Sqrt(2.0 * freedom), Is.EqualTo(0).Within(Deviations), what);
    }

    private static int[] Order(int rows, ulong seed, uint epoch)
    {
        // The keys of an epoch once, and not again for each row.
        DeviceOperations o = default;
        RoundKeys<uint>[] keys =
            [.. Enumerable.Range(0, RowOrder.Rounds).Select(round => RowOrder.Keys((uint)round, (uint)rows, (uint)seed, (uint)(seed >> 32), epoch, o))];
        int[] order = [.. Enumerable.Range(0, rows).Select(place => (int)keys.Aggregate((uint)place, (x, key) => RowOrder.Exchange(x, (uint)rows, key, o)))];
        Assert.That((int)RowOrder.RowAt(0u, (uint)rows, (uint)seed, (uint)(seed >> 32), epoch, o), Is.EqualTo(order[0]));
        return order;
    }
}
