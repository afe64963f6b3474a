using System.Globalization;
using DuckDB.NET.Data;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Tests.Sweeps;

/// <summary>What an independent reader finds in the table's footer and pages.</summary>
internal sealed class MembersParquetTests
{
    // Two groups of rows: the first is full.
    private const int Group = 1 << 16, Rows = Group + 1000;

    private TemporaryFolder folder = null!;

    [OneTimeSetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [OneTimeTearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Of_no_value_at_all_there_is_no_least_and_no_greatest()
    {
        // In the first group none diverged, in the second all.
        string file = Write("diverged", member => member < Group ? Result(member) : Diverged(5 + (member % 3)));
        string Statistics(string column) => string.Join(' ', Query(
            $"select coalesce(stats_min, '-') || ',' || coalesce(stats_min_value, '-') || ',' || coalesce(stats_max, '-') || ',' || coalesce(stats_max_value, '-') || ',' || stats_null_count from parquet_metadata('{file}') where path_in_schema = '{column}' order by row_group_id"));
        Assert.Multiple(() =>
        {
            Assert.That(Statistics("diverged_at"), Is.EqualTo($"-,-,-,-,{Group} 5,5,7,7,0"));
            Assert.That(Statistics("mean_error"), Is.EqualTo("1.0,1.0,65536.0,65536.0,0 -,-,-,-,1000"));
            Assert.That(Statistics("loss_d"), Is.EqualTo("0.5,0.5,0.5,0.5,0 -,-,-,-,1000"));
            Assert.That(Statistics("epochs"), Is.EqualTo("20,20,20,20,0 20,20,20,20,0"));
        });
    }

    [Test]
    public void Numbers_that_count_and_words_that_repeat_take_next_to_nothing()
    {
        string file = Write("sizes", Result);
        string[] columns = Query($"select path_in_schema || ' ' || sum(total_compressed_size) from parquet_metadata('{file}') group by path_in_schema");
        foreach (string name in (string[])["member", "seed", "generator", "discriminator", "hidden_activation", "loss", "batch_size", "epochs", "rows"])
        {
            double bytes = double.Parse(columns.Single(column => column.StartsWith($"{name} ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
            Assert.That(bytes / Rows, Is.InRange(0, 0.1), $"bytes of {name} a row");
        }
    }

    // From zero on is what every sweep of the other tests counts.
    [TestCase(0ul, Category = "Slow")]
    [TestCase(long.MaxValue - 500ul)]
    [TestCase(ulong.MaxValue - (Rows - 1))]
    public void An_independent_reader_finds_every_seed_and_word(ulong seed)
    {
        string file = Write($"seeds{seed}", member => member % 100 == 7 ? Diverged(int.MaxValue - (member % 300)) : Result(member), seed);
        Assert.That(Query($"""
            select count(*)::varchar from '{file}' where seed::hugeint = {seed}::hugeint + member and loss = if(member // 500 % 2 = 0, 'non-saturating', 'minimax')
                and batch_size = 8 + member // 500 and diverged_at is not distinct from if(member % 100 = 7, {int.MaxValue} - member % 300, null)
            """), Is.EqualTo(new[] { $"{Rows}" }));
        Assert.That(MembersParquetReader.Read(file).Select(row => row.Seed), Is.EqualTo(Enumerable.Range(0, Rows).Select(member => seed + (ulong)member)));
    }

    private static MemberResult Result(int member) => default(MemberResult) with { LossD = 0.5f, MeanError = member + 1 };

    private static MemberResult Diverged(int step) => default(MemberResult) with
    {
        LossD = float.NaN,
        LossG = float.NaN,
        MeanError = double.NaN,
        CovarianceError = double.NaN,
        Wasserstein2 = double.NaN,
        DivergedAt = step,
    };

    private static string[] Query(string sql)
    {
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using DuckDBDataReader reader = command.ExecuteReader();
        List<string> lines = [];
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return [.. lines];
    }

    private string Write(string name, Func<int, MemberResult> result, ulong seed = 0)
    {
        // 500 members in a row have the same.
        MemberSettings[] settings =
        [
            .. from i in Enumerable.Range(0, (Rows / 500) + 1)
               select new MemberSettings(new TrainingSettings { BatchSize = 8 + i, Loss = i % 2 == 0 ? default(NonSaturatingLoss) : default(MinimaxLoss) }, 1000),
        ];
        string file = folder[$"{name}.parquet"];
        using FileStream stream = File.Create(file);
        SweepSpecification specification = SweepSpecification.Of(new SweepRequest(null, new Dictionary<string, IReadOnlyList<string>>()), 2, null);
        MembersParquet.Write(stream, Enumerable.Range(0, Rows).Select(member => new MemberRow(member, seed + (ulong)member, settings[member / 500], result(member))), specification);
        return file;
    }
}
