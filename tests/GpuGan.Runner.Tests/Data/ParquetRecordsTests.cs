using DuckDB.NET.Data;

namespace GpuGan.Runner.Tests.Data;

/// <summary>A Parquet file is read as the CSV that one would make of it.</summary>
internal sealed class ParquetRecordsTests
{
    private const string Rows =
        "select (i + 5)::int as id, (i / 2)::double as half, (i / 4)::float as quarter, (i * 3)::bigint as thrice, (i / 8)::decimal(9, 3) as eighth, " +
        "date '2020-01-01' as day, 'word' as word, case when i = 3 then null else i * i end as square from range(10) as t(i)";

    [TestCase("--columns half,thrice,square --skip-missing", "9 rows of half | thrice | square: 0 0 0 … 4.5 27 81; skipped 1 of 10 rows with missing values")]
    [TestCase("--columns quarter,eighth,id", "10 rows of quarter | eighth | id: 0 0 5 … 2.25 1.125 14")]
    [TestCase("--columns square", "row 5, column 8, square: the cell is empty; --skip-missing leaves such rows out")]
    [TestCase("", "row 2, column 6, day: '01/01/2020 00:00:00' is not a number; --columns 1-5,8 --skip-missing takes the columns of numbers")]
    [TestCase("--decimal , --columns half", "10 rows of half: 0 … 4.5")]
    public void Columns_of_numbers_can_be_chosen(string options, string outcome)
    {
        using TemporaryFolder folder = new();
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"copy ({Rows}) to '{folder["data.parquet"]}' (format parquet)";
        command.ExecuteNonQuery();
        Assert.That(FoundFilesTests.Outcome(folder["data.parquet"], options), Is.EqualTo(outcome));
    }
}
