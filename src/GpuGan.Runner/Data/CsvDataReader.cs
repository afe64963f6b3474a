using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Distributions.Csv;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Data;

/// <summary>Reads rows of numbers from a CSV file as it is found, packed by gzip or not, or from a Parquet file; what helps is an option.</summary>
internal static class CsvDataReader
{
    /// <inheritdoc cref="CsvReader.Read(string, CsvOptions, bool, OtherRecords)"/>
    public static DataFile Read(string path, CsvOptions options, bool centred = false) => CsvReader.Read(path, ByOption(options), centred, ParquetRecords.Find);

    /// <summary>Reads the bytes of a file.</summary>
    public static DataFile Read(string path, byte[] bytes, CsvOptions options, bool centred = false) => CsvReader.Read(path, bytes, ByOption(options), centred, ParquetRecords.Find);

    /// <summary>Reads the text of a file.</summary>
    public static DataFile Parse(string path, string text, CsvOptions options, bool centred = false) => CsvReader.Parse(path, text, ByOption(options), centred);

    private static CsvOptions ByOption(CsvOptions options) => options with { Setting = Words.Option };
}
