using System.Globalization;
using GpuGan.Runner.Files;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Folders;

/// <summary>The members of a population, as a sweep of nothing but seeds.</summary>
internal static class PopulationMembers
{
    // What the tables of all versions begin with.
    private const string OlderBeginning = "member,seed,loss_d,";

    private static readonly string[] Headers =
        [.. from withAccuracy in (bool[])[false, true] from withMixture in (bool[])[false, true] select PopulationResult.CsvHeader(withAccuracy, withMixture)];

    /// <summary>Reads all members of a folder.</summary>
    /// <exception cref="FileContentException">A file is missing or malformed.</exception>
    public static SweepResult Read(string folder)
    {
        PopulationFolder population = PopulationFolder.Read(folder);
        MemberData data = MemberData.Read(folder);
        MemberSettings settings = new(population.Settings, population.Rows) { Distribution = data.Distribution };
        Dictionary<string, string> texts = SweepSetting.All.ToDictionary(setting => setting.Name, setting => setting.TextOf(settings));
        return new SweepResult([], ReadRows(Path.Join(folder, RunFolder.MembersName), texts), population.Settings) { Limits = data.Limits };
    }

    private static List<SweepRow> ReadRows(string path, Dictionary<string, string> settings)
    {
        List<SweepRow> rows = [];
        string? line = null;
        bool withAccuracy = false;
        try
        {
            foreach (string next in File.ReadLines(path))
            {
                if (line is not null)
                {
                    rows.Add(Row(next.Split(','), settings, withAccuracy));
                }
                else if (!Headers.Contains(next + "\n"))
                {
                    throw new FileContentException(path, next.StartsWith(OlderBeginning, StringComparison.Ordinal)
                        ? "is of an earlier version of this program, whose verdict was another; train the population again, in another folder, or in this one with --force, which deletes what is there"
                        : $"has no members; its first line should be {PopulationResult.CsvHeader(false, false).TrimEnd()}");
                }

                else
                {
                    withAccuracy = next.Contains(FigureNames.AccuracyName, StringComparison.Ordinal);
                }

                line = next;
            }
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new FileContentException(path, $"line {rows.Count + 2} is malformed: {exception.Message}");
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }

        return rows.Count > 0 ? rows : throw new FileContentException(path, "has no member");
    }

    private static SweepRow Row(string[] fields, Dictionary<string, string> settings, bool withAccuracy) => new(
        long.Parse(fields[0], CultureInfo.InvariantCulture),
        ulong.Parse(fields[1], CultureInfo.InvariantCulture),
        settings,
        Single(fields[2]),
        Single(fields[3]),
        Number(fields[4]),
        fields[5].Length == 0 ? null : Number(fields[5]),
        Number(fields[6]),
        Number(fields[7]),
        Number(fields[8]),
        bool.Parse(fields[9]),
        bool.Parse(fields[11]),
        fields[12].Length == 0 ? null : int.Parse(fields[12], CultureInfo.InvariantCulture),
        withAccuracy ? Number(fields[13]) : null,
        fields.Length > 14 ? MixtureFigures.Parse(fields.AsSpan(withAccuracy ? 14 : 13)) : null)
    {
        LooksConverged = bool.Parse(fields[10]),
    };

    // Losses are floats, and are written with the digits of one.
    private static double? Single(string field) => (float?)Number(field);

    // What is not finite is written as NaN, which is no number.
    private static double? Number(string field) =>
        double.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture) is double value && double.IsFinite(value) ? value : null;
}
