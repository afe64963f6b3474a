using System.Globalization;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Specification;
using Parquet;
using Parquet.Schema;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>Reads the rows of a sweep from the Parquet file that <see cref="MembersParquet"/> wrote.</summary>
internal static class MembersParquetReader
{
    /// <summary>Reads all rows.</summary>
    /// <exception cref="FileContentException">The file is not there, or is no sweep's.</exception>
    public static IReadOnlyList<SweepRow> Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Read(stream).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever the library finds in a damaged file.
            throw new FileContentException(path, $"is not the table of a sweep: {exception.Message}");
        }
    }

    private static async Task<List<SweepRow>> Read(Stream stream)
    {
        List<SweepRow> rows = [];
        ParquetReader reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            for (int i = 0; i < reader.RowGroupCount; i++)
            {
                using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);
                await ReadGroup(new Columns(reader.Schema, group), rows).ConfigureAwait(false);
            }
        }

        return rows;
    }

    private static async Task ReadGroup(Columns group, List<SweepRow> rows)
    {
        long[] members = await group.Values<long>("member").ConfigureAwait(false);
        ulong[] seeds = await group.Values<ulong>("seed").ConfigureAwait(false);
        List<string[]> settings = [];
        foreach (SweepSetting setting in SweepSetting.All)
        {
            string name = setting.Names.FirstOrDefault(group.Has) ?? setting.Name;
            settings.Add(
                setting.Missing is string missing && !group.Has(name)
                    ? setting.Follows is string other ? settings[SweepSetting.PlaceOf(other)] : [.. Enumerable.Repeat(missing, members.Length)]
                : setting.Type == typeof(string) ? await group.Texts(name).ConfigureAwait(false)
                : setting.Type == typeof(int) ? Texts(await group.Values<int>(name).ConfigureAwait(false))
                : setting.Type == typeof(bool) ? [.. (await group.Values<bool>(name).ConfigureAwait(false)).Select(value => value ? "true" : "false")]
                : Texts(await group.Values<double>(name).ConfigureAwait(false)));
        }

        float?[] lossD = await group.Nullables<float>("loss_d").ConfigureAwait(false);
        float?[] lossG = await group.Nullables<float>("loss_g").ConfigureAwait(false);
        double?[] divergence = await group.Nullables<double>("kl_divergence").ConfigureAwait(false);
        double?[] neighbors = await group.Nullables<double>(FigureNames.NeighborName).ConfigureAwait(false);
        double?[] meanError = await group.Nullables<double>("mean_error").ConfigureAwait(false);
        double?[] covarianceError = await group.Nullables<double>("covariance_error").ConfigureAwait(false);
        double?[] wasserstein2 = await group.Nullables<double>("wasserstein_2").ConfigureAwait(false);
        bool[] converged = await group.Values<bool>("converged").ConfigureAwait(false);
        bool[] looks = await group.Values<bool>("looks_converged").ConfigureAwait(false);
        bool[] runaway = await group.Values<bool>("runaway").ConfigureAwait(false);
        int?[] divergedAt = await group.Nullables<int>("diverged_at").ConfigureAwait(false);
        double?[]? accuracy = group.Has(FigureNames.AccuracyName) ? await group.Nullables<double>(FigureNames.AccuracyName).ConfigureAwait(false) : null;
        MixtureFigures?[]? mixtures = group.Has(MixtureFigures.Names[0]) ? await Mixtures(group).ConfigureAwait(false) : null;
        IReadOnlyDictionary<string, string>? last = null;
        for (int i = 0; i < members.Length; i++)
        {
            // The members of a cell stand together and share what they have in common.
            if (last is null || settings.Any(column => column[i] != column[i - 1]))
            {
                last = SweepSetting.All.Zip(settings).ToDictionary(pair => pair.First.Name, pair => pair.Second[i]);
            }

            rows.Add(new SweepRow(
                members[i], seeds[i], last, lossD[i], lossG[i], divergence[i], neighbors[i], meanError[i], covarianceError[i], wasserstein2[i], converged[i], runaway[i], divergedAt[i], accuracy?[i], mixtures?[i])
            {
                LooksConverged = looks[i],
            });
        }
    }

    private static async Task<MixtureFigures?[]> Mixtures(Columns group)
    {
        double?[] quality = await group.Nullables<double>(MixtureFigures.Names[0]).ConfigureAwait(false);
        int?[] modes = await group.Nullables<int>(MixtureFigures.Names[1]).ConfigureAwait(false), centers = await group.Nullables<int>(MixtureFigures.Names[2]).ConfigureAwait(false);
        double?[] least = await group.Nullables<double>(MixtureFigures.Names[3]).ConfigureAwait(false), reverse = await group.Nullables<double>(MixtureFigures.Names[4]).ConfigureAwait(false);
        return [.. modes.Select((met, i) => met is int count
            ? new MixtureFigures(quality[i] ?? double.NaN, count, centers[i] ?? 0, least[i] ?? double.NaN, reverse[i] ?? double.NaN)
            : (MixtureFigures?)null)];
    }

    private static string[] Texts<T>(T[] values)
    {
        // The same text for the same value as that before.
        string[] texts = new string[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            texts[i] = i > 0 && EqualityComparer<T>.Default.Equals(values[i], values[i - 1])
                ? texts[i - 1]
                : string.Create(CultureInfo.InvariantCulture, $"{values[i]}");
        }

        return texts;
    }

    private sealed class Columns(ParquetSchema schema, ParquetRowGroupReader group)
    {
        private int Count => (int)group.RowCount;

        public bool Has(string name) => schema.DataFields.Any(field => field.Name == name);

        public async Task<T[]> Values<T>(string name)
            where T : struct
        {
            T[] values = new T[Count];
            await group.ReadAsync<T>(Field(name), values.AsMemory()).ConfigureAwait(false);
            return values;
        }

        public async Task<T?[]> Nullables<T>(string name)
            where T : struct
        {
            T?[] values = new T?[Count];
            await group.ReadAsync<T>(Field(name), new Memory<T?>(values)).ConfigureAwait(false);
            return values;
        }

        public async Task<string[]> Texts(string name)
        {
            string?[] values = new string?[Count];
            await group.ReadAsync(Field(name), values.AsMemory()).ConfigureAwait(false);
            return Array.ConvertAll(values, value => value ?? throw new FormatException($"{name} is null"));
        }

        private DataField Field(string name) =>
            schema.DataFields.FirstOrDefault(field => field.Name == name) ?? throw new FormatException($"it has no column {name}");
    }
}
