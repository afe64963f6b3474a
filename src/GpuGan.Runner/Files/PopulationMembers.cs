using System.Globalization;
using GpuGan.Runner.Sweeps;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Files;

/// <summary>The <c>members.csv</c> of a population, or of a sweep, whose axes stand between the seed and the losses.</summary>
internal static class PopulationMembers
{
    private static readonly string[] Results = ["loss_d", "loss_g", "mean_error", "covariance_error", "wasserstein_2", "converged", "diverged_at"];

    /// <summary>Reads all members of a folder.</summary>
    /// <exception cref="FileContentException">A file is missing or malformed.</exception>
    public static SweepResult Read(string folder)
    {
        string path = Path.Join(folder, RunFolder.MembersName);
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }

        string[] header = lines.Length > 0 ? lines[0].Split(',') : [];
        if (header.Length < 2 + Results.Length || header[0] != "member" || header[1] != "seed" || !header.TakeLast(Results.Length).SequenceEqual(Results))
        {
            throw new FileContentException(path, $"has no members; its first line should be member,seed,…,{string.Join(',', Results)}");
        }

        if (lines.Length == 1)
        {
            throw new FileContentException(path, "has no member");
        }

        string[] axes = header[2..^Results.Length];
        List<SweepRow> rows = [];
        for (int i = 1; i < lines.Length; i++)
        {
            try
            {
                rows.Add(Row(lines[i].Split(','), axes));
            }
            catch (Exception exception) when (exception is FormatException or OverflowException or IndexOutOfRangeException)
            {
                throw new FileContentException(path, $"line {i + 1} is malformed: {exception.Message}");
            }
        }

        return new SweepResult(
            [.. axes.Select(axis => new SweepAxis(axis, [.. rows.Select(row => row.Settings[axis]).Distinct()]))],
            rows,
            SettingsFile.Read(folder, "a population", SettingsJson.Read));
    }

    private static SweepRow Row(string[] fields, string[] axes)
    {
        string[] results = fields[(2 + axes.Length)..];
        return new SweepRow(
            long.Parse(fields[0], CultureInfo.InvariantCulture),
            ulong.Parse(fields[1], CultureInfo.InvariantCulture),
            axes.Zip(fields.Skip(2)).ToDictionary(pair => pair.First, pair => pair.Second),
            Single(results[0]),
            Single(results[1]),
            Number(results[2]),
            Number(results[3]),
            Number(results[4]),
            results[5].Length == 0 ? null : bool.Parse(results[5]),
            results[6].Length == 0 ? null : int.Parse(results[6], CultureInfo.InvariantCulture));
    }

    // Losses are floats, and are written with the digits of one.
    private static double? Single(string field) => (float?)Number(field);

    // A population writes what is not finite as NaN; it is the same as no number.
    private static double? Number(string field) =>
        field.Length > 0 && double.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture) is double value && double.IsFinite(value) ? value : null;
}
