using System.Collections;
using System.Text;

namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>Cuts text into rows and cells, comments included, empty lines not.</summary>
/// <remarks>
/// Lines end as on any system. A cell that begins with a quote ends at the next one that is not doubled, and may hold delimiters and
/// line ends; blanks around it do no harm, nor do quotes inside other cells. It is our own, as the delimiter is found by cutting with
/// each, runs of blanks delimit too, and nothing here can fail.
/// </remarks>
/// <param name="text">The whole file.</param>
/// <param name="delimiter">A blank means runs of blanks and tabs; null means that a line is one cell.</param>
internal sealed class CsvRecords(string text, char? delimiter) : IEnumerable<CsvRecord>
{
    public IEnumerator<CsvRecord> GetEnumerator()
    {
        List<string> cells = [];
        int row = 0;
        for (int at = 0; at < text.Length;)
        {
            row++;
            int begin = SkipBlanks(at, tabsToo: true);
            if (begin < text.Length && !IsLineEnd(begin))
            {
                bool comment = text[begin] == '#' && !BeginsWithMissing(begin);

                // A column may be called #.
                bool signOnly = comment && (delimiter == ' ' || !IsDelimiter(begin + 1));
                bool open = Cut(ref at, signOnly ? begin + 1 : at, quotes: !comment, cells);
                yield return new CsvRecord(row, [.. cells], comment, open);
                cells.Clear();
            }
            else
            {
                at = AfterLineEnd(begin);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // From one place to the beginning of the next line; whether a quote stays open.
    private bool Cut(ref int at, int from, bool quotes, List<string> cells)
    {
        at = from;
        bool open = false;
        while (true)
        {
            at = SkipBlanks(at, tabsToo: delimiter != '\t');
            if (delimiter == ' ' && cells.Count > 0 && (at == text.Length || IsLineEnd(at)))
            {
                break;
            }

            cells.Add(at < text.Length && text[at] == '"' && quotes ? Quoted(ref at, ref open) : Plain(ref at));
            if (at == text.Length || IsLineEnd(at))
            {
                break;
            }

            at++;
        }

        at = AfterLineEnd(at);
        return open;
    }

    private string Plain(ref int at)
    {
        int begin = at;
        while (at < text.Length && !IsLineEnd(at) && !IsDelimiter(at))
        {
            at++;
        }

        return text[begin..at].Trim();
    }

    private string Quoted(ref int at, ref bool open)
    {
        StringBuilder cell = new();
        int begin = at + 1;
        while (true)
        {
            int quote = text.IndexOf('"', begin);
            open |= quote < 0;
            cell.Append(text, begin, (quote < 0 ? text.Length : quote) - begin);
            at = quote < 0 ? text.Length : quote + 1;
            if (at == text.Length || text[at] != '"')
            {
                break;
            }

            cell.Append('"');
            begin = at + 1;
        }

        // Whatever stands between the quote and the delimiter belongs to the cell.
        return cell.Append(Plain(ref at)).ToString().Trim();
    }

    private bool IsDelimiter(int at) => at < text.Length && (text[at] == delimiter || (delimiter == ' ' && text[at] == '\t'));

    private bool IsLineEnd(int at) => text[at] is '\r' or '\n';

    private int SkipBlanks(int at, bool tabsToo)
    {
        while (at < text.Length && (text[at] == ' ' || (tabsToo && text[at] == '\t')))
        {
            at++;
        }

        return at;
    }

    private int AfterLineEnd(int at) => at == text.Length ? at : text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;

    // A spreadsheet writes #N/A where a number is missing.
    private bool BeginsWithMissing(int at)
    {
        int end = at;
        return Cell.IsMissing(Plain(ref end));
    }
}
