using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace GpuGan.Runner.Data;

/// <summary>
/// Rows as Parquet. The same rows give the same bytes: groups of rows have one size, and no time, host, device or path stands in
/// the file. Numbers that are not finite are null.
/// </summary>
/// <typeparam name="TRow">What a row is made of.</typeparam>
/// <param name="rowsOfGroup">Rows that are in memory together.</param>
internal sealed class ParquetTable<TRow>(int rowsOfGroup)
{
    private readonly List<Column> columns = [];
    private readonly TRow[] rows = new TRow[rowsOfGroup];
    private int count;

    /// <summary>Adds a column of numbers or truths.</summary>
    public void Add<T>(string name, Func<TRow, T> value)
        where T : struct
    {
        T[] values = new T[rowsOfGroup];
        DataField field = new DataField<T>(name);
        columns.Add(new Column(field, HintFor<T>(), group =>
        {
            Fill(values, value);
            return group.WriteAsync<T>(field, values.AsMemory(0, count));
        }));
    }

    /// <summary>Adds a column of numbers that some rows have not.</summary>
    public void AddNullable<T>(string name, Func<TRow, T?> value)
        where T : struct
    {
        T?[] values = new T?[rowsOfGroup];
        DataField field = new DataField<T?>(name);
        columns.Add(new Column(field, HintFor<T>(), group =>
        {
            Fill(values, value);
            return group.WriteAsync<T>(field, new ReadOnlyMemory<T?>(values, 0, count));
        }));
    }

    /// <summary>Adds a column of numbers that are null where they are not finite.</summary>
    public void AddFinite(string name, Func<TRow, double> value) => AddNullable<double>(name, row => value(row) is double number && double.IsFinite(number) ? number : null);

    /// <summary>Adds a column of numbers that are null where they are not finite.</summary>
    public void AddFinite(string name, Func<TRow, float> value) => AddNullable<float>(name, row => value(row) is float number && float.IsFinite(number) ? number : null);

    /// <summary>Adds a column of words, which repeat.</summary>
    public void AddText(string name, Func<TRow, string> value)
    {
        string[] values = new string[rowsOfGroup];
        DataField field = new(name, typeof(string), isNullable: false);
        columns.Add(new Column(field, EncodingHint.Dictionary, group =>
        {
            Fill(values, value);
            return group.WriteAsync(field, new ArraySegment<string>(values, 0, count));
        }));
    }

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Takes the bytes.</param>
    /// <param name="all">The rows, in their order; a group is written when it is full.</param>
    /// <param name="metadata">What stands beside them.</param>
    public void Write(Stream stream, IEnumerable<TRow> all, Dictionary<string, string> metadata)
    {
        // No compression but Snappy's, written in C#: others are the system's, and their bytes differ from one to the next.
        ParquetOptions options = new() { CompressionMethod = CompressionMethod.Snappy };
        foreach (Column column in columns)
        {
            options.ColumnEncodingHints[column.Field.Name] = column.Hint;
        }

        // The library has no other way than to wait; the streams are files, which do not wait for anything.
        ParquetWriter writer = ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(column => column.Field)), stream, options).GetAwaiter().GetResult();
        writer.CustomMetadata = metadata;
        foreach (TRow row in all)
        {
            rows[count++] = row;
            if (count == rowsOfGroup)
            {
                WriteGroup(writer);
            }
        }

        if (count > 0)
        {
            WriteGroup(writer);
        }

        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    // Seeds count up and settings repeat; without a hint every number is written whole.
    private static EncodingHint HintFor<T>() =>
        typeof(T) == typeof(int) || typeof(T) == typeof(long) || typeof(T) == typeof(ulong) ? EncodingHint.DeltaBinaryPacked : EncodingHint.Default;

    private void Fill<T>(T[] values, Func<TRow, T> value)
    {
        for (int i = 0; i < count; i++)
        {
            values[i] = value(rows[i]);
        }
    }

    private void WriteGroup(ParquetWriter writer)
    {
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        foreach (Column column in columns)
        {
            column.Write(group).GetAwaiter().GetResult();
        }

        group.CompleteValidate();
        foreach (ColumnMetaData column in ParquetTable.MetadataOf(group).Columns.Select(chunk => chunk.MetaData!))
        {
            // Of no value at all, as of diverged_at where nobody did, the library says that the least and the greatest are 0.
            if (column.Statistics is { } statistics && statistics.NullCount == column.NumValues)
            {
                (statistics.Min, statistics.Max, statistics.MinValue, statistics.MaxValue) = (null, null, null, null);
            }
        }

        count = 0;
    }

    private sealed record Column(DataField Field, EncodingHint Hint, Func<ParquetRowGroupWriter, Task> Write);
}

/// <summary>What the tables of all kinds of rows share.</summary>
internal static class ParquetTable
{
    // It is written when the file is closed; the library has no other way to it.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_owGroup")]
    internal static extern ref RowGroup MetadataOf(ParquetRowGroupWriter group);
}
