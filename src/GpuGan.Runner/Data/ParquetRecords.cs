using System.Globalization;
using GpuGan.Kernels.Distributions.Csv;
using Parquet.Serialization;

namespace GpuGan.Runner.Data;

/// <summary>Reads a Parquet file as the CSV file that one would make of it: a row of names, and nothing where there is no value.</summary>
internal static class ParquetRecords
{
    /// <summary>Reads all rows of a file that begins as Parquet files do; null of another.</summary>
    /// <exception cref="FileContentException">The file is damaged, or has what the library cannot read.</exception>
    public static IReadOnlyList<CsvRecord>? Find(string path, byte[] bytes) => bytes.AsSpan().StartsWith("PAR1"u8) ? Read(path, bytes) : null;

    /// <summary>Reads all rows.</summary>
    /// <exception cref="FileContentException">The file is damaged, or has what the library cannot read.</exception>
    public static IReadOnlyList<CsvRecord> Read(string path, byte[] bytes)
    {
        try
        {
            using MemoryStream stream = new(bytes);
            var table = ParquetSerializer.DeserializeUntypedAsync(stream).GetAwaiter().GetResult();
            string[] names = [.. table.Schema.Fields.Select(field => field.Name)];
            return
            [
                new CsvRecord(1, names),
                .. table.Data.Select((row, index) => new CsvRecord(
                    index + 2, [.. names.Select(name => Convert.ToString(row.TryGetValue(name, out object? value) ? value : null, CultureInfo.InvariantCulture) ?? "")])),
            ];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever the library finds in a damaged file.
            throw new FileContentException(path, $"is a Parquet file that cannot be read: {exception.Message.TrimEnd('.')}; write its table as CSV");
        }
    }
}
