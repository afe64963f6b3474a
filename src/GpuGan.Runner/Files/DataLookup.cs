using GpuGan.Kernels.Distributions;
using GpuGan.Runner.Data;

namespace GpuGan.Runner.Files;

/// <summary>
/// Finds the rows again that the trainings of a folder learnt. They are known by their SHA-256; where their file lay is a remark. It is
/// looked for where it was, in the folder and beside it, unless its user names it; and it is read once.
/// </summary>
/// <param name="folder">The folder as it was given.</param>
/// <param name="written">The file as the settings of the folder name it.</param>
/// <param name="sha256">Of the rows; null in folders that are older than it.</param>
/// <param name="rows">How many there are.</param>
/// <param name="given">The file that the user names; null where it is looked for.</param>
internal sealed class DataLookup(string folder, string written, string? sha256, int rows, string? given)
{
    private (string Path, Table Rows)? found;

    /// <summary>Where the file is.</summary>
    /// <exception cref="FileContentException">It is not found, malformed, or has other rows.</exception>
    public string Path => Found.Path;

    /// <summary>Its rows.</summary>
    /// <exception cref="FileContentException">It is not found, malformed, or has other rows.</exception>
    public Table Rows => Found.Rows;

    private (string Path, Table Rows) Found => found ??= Find();

    private (string Path, Table Rows) Find()
    {
        FileContentException? problem = null;
        foreach (string path in given is not null ? [given] : Places().Distinct().Where(File.Exists))
        {
            try
            {
                Table table = CsvDataReader.Read(path);
                if (table.Rows == rows && (sha256 is null || table.Sha256 == sha256))
                {
                    return (path, table);
                }

                problem ??= new FileContentException(path, Difference(table));
            }
            catch (FileContentException exception)
            {
                problem ??= exception;
            }
        }

        throw problem ?? new FileContentException(written, $"is neither there, nor in or beside {folder}, which learnt its rows; name the file by --data FILE");
    }

    private IEnumerable<string> Places()
    {
        // Either system's path may come to the other.
        string name = written.Split('/', '\\')[^1], trimmed = System.IO.Path.TrimEndingDirectorySeparator(folder);
        string? parent = System.IO.Path.GetFileName(trimmed) is "." or ".." ? System.IO.Path.Join(trimmed, "..") : System.IO.Path.GetDirectoryName(trimmed);
        return [written, System.IO.Path.Join(folder, name), System.IO.Path.Join(parent, name)];
    }

    private string Difference(Table table)
    {
        string numbers = table.Rows != rows ? $"{table.Rows} here, {rows} then" : $"SHA-256 {Text.Digits(table.Sha256)} here, {Text.Digits(sha256!)} then";
        return given is not null
            ? $"has other rows than {folder} learnt ({numbers})"
            : $"the rows have changed since {folder} learnt them ({numbers}); name a file of those rows by --data FILE";
    }
}
