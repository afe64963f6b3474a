using System.Text;
using GpuGan.Kernels.Files;

namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>Files that people take for CSV, told by their first bytes.</summary>
internal static class ForeignFormat
{
    private static readonly (string Start, string Problem)[] All =
    [
        ("PK\u0003\u0004", "is an Excel workbook or another zip archive; save its sheet as CSV, or take the CSV file out"),
        ("\u00d0\u00cf\u0011\u00e0", "is an Excel workbook; save its sheet as CSV"),
        ("BZh", "is compressed by bzip2; decompress it, or compress it by gzip"),
        ("\u00fd7zXZ", "is compressed by xz; decompress it, or compress it by gzip"),
        ("\u0028\u00b5\u002f\u00fd", "is compressed by Zstandard; decompress it, or compress it by gzip"),
        ("\u0093NUMPY", "is a NumPy array; numpy.savetxt writes it as text"),
        ("\u0089HDF", "is an HDF5 file; write its table as CSV or Parquet"),
        ("SQLite format 3", "is a SQLite database; export a table as CSV"),
        ("PAR1", "is a Parquet file; write its table as CSV"),
        ("ARROW1", "is a Feather file; write its table as CSV or Parquet"),
        ("RDX", "is an R workspace; write.csv writes a table"),
        ("%PDF", "is a PDF document; a table of numbers is needed"),
        ("version https://git-lfs", "is Git LFS's note of a file that is not here; 'git lfs pull' fetches it"),
        ("<", "is a web page or another document with tags; download the file itself (on GitHub: Raw)"),
        ("{", "is JSON; write its table as CSV"),
        ("[", "is JSON; write its table as CSV"),
    ];

    /// <summary>Refuses what is known not to be a table in text.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="bytes">All of the file.</param>
    /// <exception cref="FileContentException">It is something else; the message says what, and what to do.</exception>
    public static void Refuse(string path, ReadOnlySpan<byte> bytes)
    {
        // Latin-1 has a character for every byte.
        string start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 64)]).TrimStart();
        foreach ((string begin, string problem) in All)
        {
            if (start.StartsWith(begin, StringComparison.Ordinal))
            {
                throw new FileContentException(path, problem);
            }
        }
    }
}
