using GpuGan.Kernels.Files;

namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>Finds the rows of a file of another format, a row of names first; null where it is none.</summary>
/// <param name="path">The file, for errors.</param>
/// <param name="bytes">All of it, unpacked.</param>
internal delegate IReadOnlyList<CsvRecord>? OtherRecords(string path, byte[] bytes);

/// <summary>Reads rows of numbers from a CSV file as it is found, packed by gzip or not.</summary>
internal static class CsvReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, which is named in every error.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="centred">Whether the columns are centred and scaled in double before they become floats.</param>
    /// <param name="other">Knows another format; null where none is known.</param>
    /// <exception cref="FileContentException">The file cannot be read, or holds something else than rows of numbers.</exception>
    public static DataFile Read(string path, CsvOptions options, bool centred = false, OtherRecords? other = null)
    {
        try
        {
            // All at once: the first rows tell how all are read, and the file may be a pipe.
            return Read(path, File.ReadAllBytes(path), options, centred, other);
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    public static DataFile Read(string path, byte[] bytes, CsvOptions options, bool centred = false, OtherRecords? other = null)
    {
        byte[] unpacked = DataText.Unpack(path, bytes);
        return other?.Invoke(path, unpacked) is IReadOnlyList<CsvRecord> records
            ? new RecordTable(path, records, options with { Decimal = '.', Header = HeaderRow.Yes }, centred).Read()
            : Parse(path, DataText.Decode(path, unpacked), options, centred);
    }

    /// <summary>Reads the text of a file.</summary>
    public static DataFile Parse(string path, string text, CsvOptions options, bool centred = false)
    {
        char? told = Delimiter.Told(ref text);
        char? delimiter = options.Delimiter ?? told ?? Delimiter.Find(text, options.Decimal);
        return new RecordTable(path, new CsvRecords(text, delimiter), options, centred).Read();
    }
}
