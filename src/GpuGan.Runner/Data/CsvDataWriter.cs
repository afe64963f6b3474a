using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using GpuGan.Kernels.Distributions;

namespace GpuGan.Runner.Data;

/// <summary>Writes rows of numbers as CSV that <see cref="CsvDataReader"/> reads back to the bit.</summary>
internal static class CsvDataWriter
{
    /// <summary>Writes names and rows.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="names">Of each column.</param>
    /// <param name="pieces">The rows, of which only one piece need be in memory.</param>
    /// <param name="standardization">What is undone; rows that were not standardised are written with the digits of floats.</param>
    public static void Write(TextWriter writer, IReadOnlyList<string> names, IEnumerable<DataSet> pieces, Standardization standardization)
    {
        using CsvWriter csv = new(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
        foreach (string name in names)
        {
            csv.WriteField(name);
        }

        csv.NextRecord();
        foreach (DataSet rows in pieces)
        {
            for (int row = 0; row < rows.Rows; row++)
            {
                for (int column = 0; column < rows.Columns; column++)
                {
                    float value = rows[row, column];
                    csv.WriteField(standardization.IsNone
                        ? value.ToString("r", CultureInfo.InvariantCulture)
                        : standardization.Undo(value, column).ToString("r", CultureInfo.InvariantCulture));
                }

                csv.NextRecord();
            }
        }
    }
}
