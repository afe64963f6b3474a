using GpuGan.Kernels.Metrics;
using Parquet;
using Parquet.Schema;

namespace GpuGan.Runner.Trajectories;

/// <summary>Reads the ways of members that <see cref="HistoryParquet"/> wrote; null is NaN.</summary>
internal static class HistoryParquetReader
{
    /// <summary>Reads the way of one member.</summary>
    /// <param name="path">The file.</param>
    /// <param name="member">Its number.</param>
    /// <exception cref="FileContentException">The file is not there, or is no history.</exception>
    public static IReadOnlyList<HistoryRow> Read(string path, long member)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Read(stream, member).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever the library finds in a damaged file.
            throw new FileContentException(path, $"is no history: {exception.Message}");
        }
    }

    private static async Task<List<HistoryRow>> Read(Stream stream, long member)
    {
        List<HistoryRow> rows = [];
        ParquetReader reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            DataField[] fields = [.. HistoryParquet.Names.Select(name => reader.Schema.DataFields.FirstOrDefault(field => field.Name == name) ?? throw new FormatException($"it has no column {name}"))];
            DataField[] parameters = [.. reader.Schema.DataFields.Where(field => !HistoryParquet.Names.Contains(field.Name))];
            HistoryColumns columns = HistoryColumns.Of([.. parameters.Select(field => field.Name)]);
            for (int i = 0; i < reader.RowGroupCount; i++)
            {
                using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);
                int count = (int)group.RowCount;
                long[] members = new long[count];
                await group.ReadAsync<long>(fields[0], members.AsMemory()).ConfigureAwait(false);
                int[] own = [.. members.Index().Where(pair => pair.Item == member).Select(pair => pair.Index)];
                if (own.Length == 0)
                {
                    continue;
                }

                ulong[] seeds = new ulong[count];
                await group.ReadAsync<ulong>(fields[1], seeds.AsMemory()).ConfigureAwait(false);
                int[] epochs = new int[count];
                await group.ReadAsync<int>(fields[2], epochs.AsMemory()).ConfigureAwait(false);
                float[] lossD = await Floats(fields[3]).ConfigureAwait(false), lossG = await Floats(fields[4]).ConfigureAwait(false);
                double[] meanError = await Doubles(fields[5]).ConfigureAwait(false), covarianceError = await Doubles(fields[6]).ConfigureAwait(false), divergence = await Doubles(fields[7]).ConfigureAwait(false);
                List<float[]> values = [];
                foreach (DataField parameter in parameters)
                {
                    values.Add(await Floats(parameter).ConfigureAwait(false));
                }

                rows.AddRange(own.Select((row, place) => new HistoryRow(
                    member,
                    seeds[row],
                    new HistoryPoint(epochs[row], lossD[place], lossG[place], meanError[place], covarianceError[place], divergence[place], [.. values.Select(all => all[place])]),
                    columns)));

                // Of the rows of the member alone.
                async Task<float[]> Floats(DataField field)
                {
                    float?[] all = new float?[count];
                    await group.ReadAsync<float>(field, new Memory<float?>(all)).ConfigureAwait(false);
                    return [.. own.Select(row => all[row] ?? float.NaN)];
                }

                async Task<double[]> Doubles(DataField field)
                {
                    double?[] all = new double?[count];
                    await group.ReadAsync<double>(field, new Memory<double?>(all)).ConfigureAwait(false);
                    return [.. own.Select(row => all[row] ?? double.NaN)];
                }
            }
        }

        return rows;
    }
}
