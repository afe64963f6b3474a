using System.Runtime.CompilerServices;
using GpuGan.Runner.Report;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace GpuGan.Runner.Sweeps;

/// <summary>
/// The rows of a sweep as Parquet. The same rows give the same bytes: groups of rows have one size, and no time, host, device
/// or path stands in the file. Numbers that are not finite are null.
/// </summary>
internal sealed class MembersParquet
{
    private const int RowsOfGroup = 1 << 16;

    private readonly List<Column> columns = [];
    private readonly MemberRow[] rows = new MemberRow[RowsOfGroup];
    private readonly ParquetWriter writer;
    private int count;

    private MembersParquet(Stream stream, SweepSpecification specification)
    {
        Add("member", row => (long)row.Member);
        Add("seed", row => row.Seed);
        foreach (SweepSetting setting in specification.Columns)
        {
            if (setting.Type == typeof(string))
            {
                AddText(setting);
            }
            else if (setting.Type == typeof(int))
            {
                Add(setting.Name, row => (int)setting.Get(row.Settings));
            }
            else if (setting.Type == typeof(bool))
            {
                Add(setting.Name, row => (bool)setting.Get(row.Settings));
            }
            else
            {
                Add(setting.Name, row => (double)setting.Get(row.Settings));
            }
        }

        AddNullable("loss_d", row => Finite(row.Result.LossD));
        AddNullable("loss_g", row => Finite(row.Result.LossG));
        AddNullable("kl_divergence", row => Finite(row.Result.KlDivergence));
        AddNullable(PopulationResult.NeighborName, row => Finite(row.Result.NearestNeighborAccuracy ?? double.NaN));
        AddNullable("mean_error", row => Finite(row.Result.MeanError));
        AddNullable("covariance_error", row => Finite(row.Result.CovarianceError));
        AddNullable("wasserstein_2", row => Finite(row.Result.Wasserstein2));
        Add("converged", row => row.Result.Converged);
        Add("looks_converged", row => row.LooksConverged);
        Add("runaway", row => row.Result.Runaway);
        AddNullable("diverged_at", row => row.Result.DivergedAt == 0 ? (int?)null : row.Result.DivergedAt);
        if (specification.AccuracyRows is not null)
        {
            AddNullable(PopulationResult.AccuracyName, row => Finite(row.Result.DiscriminatorAccuracy ?? double.NaN));
        }

        if (specification.HasMixture)
        {
            AddNullable(MixtureFigures.Names[0], row => Finite(row.Result.Mixture?.HighQuality ?? double.NaN));
            AddNullable(MixtureFigures.Names[1], row => row.Result.Mixture?.Modes);
            AddNullable(MixtureFigures.Names[2], row => row.Result.Mixture?.Centers);
            AddNullable(MixtureFigures.Names[3], row => Finite(row.Result.Mixture?.LeastShare ?? double.NaN));
            AddNullable(MixtureFigures.Names[4], row => Finite(row.Result.Mixture?.ReverseKl ?? double.NaN));
        }

        // No compression but Snappy's, written in C#: others are the system's, and their bytes differ from one to the next.
        ParquetOptions options = new() { CompressionMethod = CompressionMethod.Snappy };
        foreach (Column column in columns)
        {
            options.ColumnEncodingHints[column.Field.Name] = column.Hint;
        }

        writer = Wait(ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(column => column.Field)), stream, options));
        writer.CustomMetadata = MetadataOf(specification);
    }

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Takes the bytes.</param>
    /// <param name="all">The rows, in their order.</param>
    /// <param name="specification">What they are the members of.</param>
    public static void Write(Stream stream, IEnumerable<MemberRow> all, SweepSpecification specification)
    {
        MembersParquet parquet = new(stream, specification);
        foreach (MemberRow row in all)
        {
            parquet.rows[parquet.count++] = row;
            if (parquet.count == RowsOfGroup)
            {
                parquet.WriteGroup();
            }
        }

        if (parquet.count > 0)
        {
            parquet.WriteGroup();
        }

        parquet.writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    // Seeds count up and settings repeat; without a hint every number is written whole.
    private static EncodingHint HintFor<T>() =>
        typeof(T) == typeof(int) || typeof(T) == typeof(long) || typeof(T) == typeof(ulong) ? EncodingHint.DeltaBinaryPacked : EncodingHint.Default;

    // What a table needs to be understood, and made again, when it has left its folder.
    private static Dictionary<string, string> MetadataOf(SweepSpecification specification)
    {
        Dictionary<string, string> metadata = new()
        {
            ["gpugan_version"] = typeof(MembersParquet).Assembly.GetName().Version!.ToString(fieldCount: 3),
            ["specification"] = specification.Identity().ToJsonString(),
        };
        if (specification.DataSha256 is string hash)
        {
            metadata["data_sha256"] = hash;
        }

        return metadata;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static float? Finite(float value) => float.IsFinite(value) ? value : null;

    // The library has no other way; the streams are files, which do not wait for anything.
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private void Add<T>(string name, Func<MemberRow, T> value)
        where T : struct
    {
        T[] values = new T[RowsOfGroup];
        DataField field = new DataField<T>(name);
        columns.Add(new Column(field, HintFor<T>(), group =>
        {
            Fill(values, value);
            return group.WriteAsync<T>(field, values.AsMemory(0, count));
        }));
    }

    private void AddNullable<T>(string name, Func<MemberRow, T?> value)
        where T : struct
    {
        T?[] values = new T?[RowsOfGroup];
        DataField field = new DataField<T?>(name);
        columns.Add(new Column(field, HintFor<T>(), group =>
        {
            Fill(values, value);
            return group.WriteAsync<T>(field, new ReadOnlyMemory<T?>(values, 0, count));
        }));
    }

    private void AddText(SweepSetting setting)
    {
        string[] values = new string[RowsOfGroup];
        DataField field = new(setting.Name, typeof(string), isNullable: false);
        columns.Add(new Column(field, EncodingHint.Dictionary, group =>
        {
            Fill(values, row => (string)setting.Get(row.Settings));
            return group.WriteAsync(field, new ArraySegment<string>(values, 0, count));
        }));
    }

    private void Fill<T>(T[] values, Func<MemberRow, T> value)
    {
        for (int i = 0; i < count; i++)
        {
            values[i] = value(rows[i]);
        }
    }

    private void WriteGroup()
    {
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        foreach (Column column in columns)
        {
            column.Write(group).GetAwaiter().GetResult();
        }

        group.CompleteValidate();
        foreach (ColumnMetaData column in MetadataOf(group).Columns.Select(chunk => chunk.MetaData!))
        {
            // Of no value at all, as of diverged_at where nobody did, the library says that the least and the greatest are 0.
            if (column.Statistics is { } statistics && statistics.NullCount == column.NumValues)
            {
                (statistics.Min, statistics.Max, statistics.MinValue, statistics.MaxValue) = (null, null, null, null);
            }
        }

        count = 0;
    }

    // It is written when the file is closed; the library has no other way to it.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_owGroup")]
    private static extern ref RowGroup MetadataOf(ParquetRowGroupWriter group);

    private sealed record Column(DataField Field, EncodingHint Hint, Func<ParquetRowGroupWriter, Task> Write);
}
