using GpuGan.Kernels.Distributions;
using GpuGan.Runner.Data;

namespace GpuGan.Runner.Files;

/// <summary>
/// Finds the rows again that the trainings of a folder learnt. They are known by their SHA-256; where their file lay is a remark. It is
/// looked for where it was, in the folder and beside it, unless its user names it; and it is read once.
/// </summary>
/// <param name="folder">The folder as it was given.</param>
/// <param name="written">What the settings of the folder say of its data; they are a file's.</param>
/// <param name="sha256">Of the rows; null in folders that are older than it.</param>
/// <param name="given">The file that the user names; null where it is looked for.</param>
internal sealed class DataLookup(string folder, MemberData written, string? sha256, string? given)
{
    private (string Path, CsvOptions Csv, LearnedData Rows)? found;

    /// <summary>Where the file is.</summary>
    /// <exception cref="FileContentException">It is not found, malformed, or has other rows.</exception>
    public string Path => Found.Path;

    /// <summary>How it is read.</summary>
    /// <exception cref="FileContentException">It is not found, malformed, or has other rows.</exception>
    public CsvOptions Csv => Found.Csv;

    /// <summary>Its rows.</summary>
    /// <exception cref="FileContentException">It is not found, malformed, or has other rows.</exception>
    public LearnedData Rows => Found.Rows;

    private (string Path, CsvOptions Csv, LearnedData Rows) Found => found ??= Find();

    private (string Path, CsvOptions Csv, LearnedData Rows) Find()
    {
        FileContentException? problem = null, unread = null;
        foreach ((string path, CsvOptions csv) in from place in given is not null ? [given] : Places().Distinct().Where(File.Exists) from csv in Readings() select (place, csv))
        {
            try
            {
                LearnedData data = LearnedData.Read(path, csv, written.Standardize);
                if (data.Real.Rows == written.Rows && (sha256 is null || data.Real.Sha256 == sha256))
                {
                    return (path, csv, data);
                }

                problem ??= new FileContentException(path, Difference(data.Real));
            }
            catch (FileContentException exception)
            {
                unread ??= new FileContentException(path, WithoutRemedy(exception.Problem));
            }
        }

        throw problem ?? unread ?? new FileContentException(written.File!, $"is neither there, nor in or beside {folder}, which learnt its rows; name the file by --data FILE");
    }

    // The same rows may have been written anew, plainly or as another country does: their hash tells.
    private IEnumerable<CsvOptions> Readings() => sha256 is null ? [written.Csv] : ((CsvOptions[])
    [
        written.Csv,
        .. from columns in (string?[])[null, written.Csv.Columns]
           from skipMissing in (bool[])[false, true]
           from decimalSign in (char[])['.', ',']
           select new CsvOptions { Columns = columns, SkipMissing = skipMissing, Decimal = decimalSign, AllowRounding = written.Csv.AllowRounding },
    ]).Distinct();

    // A reader's remedies are options, which those who look for known rows do not have.
    private string WithoutRemedy(string text)
    {
        int remedy = text.LastIndexOf("; ", StringComparison.Ordinal);
        return remedy >= 0 && text.Contains("--", StringComparison.Ordinal) ? $"{text[..remedy]}; it has to hold the rows that {folder} learnt, and nothing else" : text;
    }

    private IEnumerable<string> Places()
    {
        // Either system's path may come to the other.
        string name = written.File!.Split('/', '\\')[^1], trimmed = System.IO.Path.TrimEndingDirectorySeparator(folder);
        string? parent = System.IO.Path.GetFileName(trimmed) is "." or ".." ? System.IO.Path.Join(trimmed, "..") : System.IO.Path.GetDirectoryName(trimmed);
        return [written.File, System.IO.Path.Join(folder, name), System.IO.Path.Join(parent, name)];
    }

    private string Difference(Kernels.Distributions.Table table)
    {
        string numbers = table.Rows != written.Rows ? $"{table.Rows} here, {written.Rows} then" : $"SHA-256 {OneLine.Digits(table.Sha256)} here, {OneLine.Digits(sha256!)} then";
        return given is not null
            ? $"has other rows than {folder} learnt ({numbers})"
            : $"the rows have changed since {folder} learnt them ({numbers}); name a file of those rows by --data FILE";
    }
}
