namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>A line of a data file, or several where a cell has line ends.</summary>
/// <param name="Row">As a spreadsheet counts: from 1, names, comments and empty lines included.</param>
/// <param name="Cells">At least one, without the quotes and blanks around it.</param>
/// <param name="IsComment">Whether it begins with <c>#</c>, which is a cell only where a delimiter follows.</param>
/// <param name="IsOpen">Whether a quote in it is never closed.</param>
internal readonly record struct CsvRecord(int Row, string[] Cells, bool IsComment = false, bool IsOpen = false)
{
    /// <summary>Whether it is a row of the table: neither a comment nor nothing but delimiters, as a spreadsheet writes them below a table.</summary>
    public bool IsRow => !IsComment && (Cells.Length == 1 || Array.Exists(Cells, cell => cell.Length > 0));

    /// <summary>A cell; empty where the row is too short.</summary>
    public string this[int column] => column < Cells.Length ? Cells[column] : "";
}
