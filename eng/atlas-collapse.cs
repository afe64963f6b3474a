#:package Parquet.Net
#:property GenerateDocumentationFile=true
#:property NoWarn=CS1591
// Tells how many generators of a sweep have collapsed onto a line: of a folder with members.csv and history.parquet, a row for each combination.
// Usage: dotnet run eng/atlas-collapse.cs -- FOLDER
using System.Globalization;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

// The chapter's x = z A + b: its covariance A'A has the variances .098 and 5.162, the lesser across the direction (0.906, -0.423).
const double Xx = 1.01, Xy = 1.95, Yy = 4.25;
double thin = ((Xx + Yy) / 2) - Math.Sqrt((((Xx - Yy) / 2) * ((Xx - Yy) / 2)) + (Xy * Xy));
double length = Math.Sqrt((Xy * Xy) + ((thin - Xx) * (thin - Xx)));
(double X, double Y) across = (Xy / length, (thin - Xx) / length);

// Flat is what is less than half as wide as the data there: its KL divergence is .3 nats at least.
const double Flat = 0.25;

string[][] lines = [.. File.ReadLines(Path.Combine(args[0], "members.csv")).Select(line => line.Split(','))];
using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(args[0], "summary.json")));
int[] axes =
[
    .. summary.RootElement.GetProperty("best_cells")[0].EnumerateObject().Select(property => property.Name).TakeWhile(name => name != "members")
        .Select(axis => Array.IndexOf(lines[0], axis)),
];
int converged = Array.IndexOf(lines[0], "converged");
Dictionary<long, double> variances = await VariancesAsync(Path.Combine(args[0], "history.parquet"));
Console.WriteLine(string.Join(',', [.. axes.Select(axis => lines[0][axis]), "members", "converged", "flat"]));
foreach (IGrouping<string, string[]> cell in lines.Skip(1).GroupBy(line => string.Join(',', axes.Select(axis => line[axis]))))
{
    int flat = cell.Count(line => variances.TryGetValue(long.Parse(line[0], CultureInfo.InvariantCulture), out double variance) && variance < Flat * thin);
    Console.WriteLine(string.Join(',', cell.Key, cell.Count(), cell.Count(line => line[converged] == "true"), flat));
}

// Of each member after its last epoch; x = W z + b of standard normal z has the variance |a'W|² along a.
async Task<Dictionary<long, double>> VariancesAsync(string path)
{
    Dictionary<long, double> last = [];
    using FileStream stream = File.OpenRead(path);
    await using ParquetReader reader = await ParquetReader.CreateAsync(stream);
    for (int group = 0; group < reader.RowGroupCount; group++)
    {
        using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
        long[] members = new long[rows.RowCount];
        await rows.ReadAsync<long>(Field(reader, "member"), members.AsMemory());
        float?[][] w = [.. Enumerable.Range(0, 4).Select(_ => new float?[rows.RowCount])];
        for (int i = 0; i < w.Length; i++)
        {
            await rows.ReadAsync<float>(Field(reader, $"generator.0.weight.{i}"), new Memory<float?>(w[i]));
        }

        for (int i = 0; i < members.Length; i++)
        {
            // What has diverged has no numbers and is not flat.
            double first = (across.X * w[0][i] ?? double.NaN) + (across.Y * w[2][i] ?? double.NaN);
            double second = (across.X * w[1][i] ?? double.NaN) + (across.Y * w[3][i] ?? double.NaN);
            last[members[i]] = (first * first) + (second * second);
        }
    }

    return last;
}

static DataField Field(ParquetReader reader, string name) => reader.Schema.DataFields.Single(field => field.Name == name);
