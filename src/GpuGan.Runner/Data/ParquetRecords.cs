using System.Globalization;
using GpuGan.Runner.Files;
using Parquet.Serialization;

namespace GpuGan.Runner.Data;

/// <summary>Reads a Parquet file as the CSV file that one would make of it: a row of names, and nothing where there is no value.</summary>
internal static class ParquetRecords
{
    /// <summary>Whether a file begins as Parquet files do.</summary>
    public static bool Are(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PAR1"u8);

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
