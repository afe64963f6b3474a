using System.Globalization;

namespace GpuGan.Runner.Data;

/// <summary>A first row of whole numbers that may be names: pandas numbers columns without names, and tables have years.</summary>
/// <param name="first">The first row.</param>
/// <param name="below">The rows below it.</param>
internal sealed class NumberedHeader(string[] first, string[][] below)
{
    private const int RowsThatTell = 2;
    private const int RunThatTells = 3;

    private readonly Column[] columns = [.. Enumerable.Range(0, first.Length).Select(column => Column.Of(
        first[column], below.Where(row => column < row.Length).Select(row => row[column]).Where(cell => !Cell.IsMissing(cell))))];

    /// <summary>Whether the first row holds names.</summary>
    public bool IsOne
    {
        get
        {
            Column[] numbered = [.. columns.Where(column => column.IsNumbered)];
            if (below.Length < RowsThatTell || numbered.Length == 0 || columns.Any(column => !column.IsNumbered && !column.MayBeName) ||
                numbered.DistinctBy(column => column.Name).Count() < numbered.Length)
            {
                return false;
            }

            bool areForeign = numbered.All(column => column.IsForeign);
            bool areRun = numbered.Length >= RunThatTells && Counts(numbered.Select(column => column.Name));
            return columns.Any(column => column.IsWordOverNumbers)
                || (first[0].Length == 0 && (areForeign || Counts(below.Select(row => row[0]))))
                || (areRun && numbered.Any(column => column.IsForeign))
                || (areForeign && (numbered.Length == columns.Length || numbered.All(column => column.IsFar)));
        }
    }

    // From 0 or from 1.
    private static bool Counts(IEnumerable<string> cells) => ((int[])[0, 1]).Any(from =>
        cells.Index().All(cell => cell.Item == (cell.Index + from).ToString(CultureInfo.InvariantCulture)));

    /// <summary>A cell of the first row, and what the cells below it say of it.</summary>
    /// <param name="Name">The cell.</param>
    /// <param name="IsNumbered">Whether it is digits alone, above numbers.</param>
    /// <param name="MayBeName">Whether it is empty, or a word that does not stand below too.</param>
    /// <param name="IsWordOverNumbers">Whether it is a word above numbers.</param>
    /// <param name="IsFar">Whether it is digits above fractions, and farther from them than they are from each other.</param>
    /// <param name="IsForeign">Whether it is far, or digits above numbers that all have a point: it would have one too.</param>
    private sealed record Column(string Name, bool IsNumbered, bool MayBeName, bool IsWordOverNumbers, bool IsFar, bool IsForeign)
    {
        public static Column Of(string name, IEnumerable<string> cells)
        {
            string[] below = [.. cells];
            bool numbers = below.Length > 0 && below.All(Cell.LooksLikeNumber);
            bool digits = numbers && Cell.IsDigits(name), word = name.Length > 0 && char.IsLetter(name[0]) && !Cell.IsMissing(name);
            int fractions = digits ? below.Count(cell => cell.AsSpan().IndexOfAny(".,eE") >= 0) : 0;
            bool far = fractions > 0 && IsFarFrom([.. below.Select(ValueOf)], ValueOf(name));
            return new Column(name, digits, name.Length == 0 || (word && !below.Contains(name)), word && numbers, far, far || (digits && fractions == below.Length));
        }

        private static bool IsFarFrom(double[] values, double value)
        {
            double least = values.Min(), most = values.Max();
            return Math.Max(least - value, value - most) > most - least;
        }

        private static double ValueOf(string cell) => Cell.TryNumber(cell, '.', out double value) || Cell.TryNumber(cell, ',', out value) ? value : double.NaN;
    }
}
