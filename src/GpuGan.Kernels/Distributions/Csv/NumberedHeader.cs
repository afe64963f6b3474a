using System.Globalization;

namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>A first row of whole numbers that may be names: pandas numbers columns without names, and tables have years.</summary>
/// <param name="first">The first row.</param>
/// <param name="below">The rows below it.</param>
internal sealed class NumberedHeader(string[] first, string[][] below)
{
    private const int RowsThatTell = 2;
    private const int RowsThatHint = 5;
    private const int RunThatTells = 3;
    private const int RunOverWholeNumbers = 6;

    private readonly Column[] columns = [.. Enumerable.Range(0, first.Length).Select(column => Column.Of(
        first[column], below.Where(row => column < row.Length).Select(row => row[column]).Where(cell => !Cell.IsMissing(cell))))];

    /// <summary>Whether the first row holds names.</summary>
    public bool IsOne
    {
        get
        {
            Column[] numbered = Numbered;
            bool areForeign = numbered.All(column => column.IsForeign);
            bool areRun = numbered.Length >= RunThatTells && Counts(numbered.Select(column => column.Name));
            return numbered.Length > 0 &&
                (columns.Any(column => column.IsWordOverNumbers)
                || AreYears(numbered)
                || (first[0].Length == 0 && (areForeign || Counts(below.Select(row => row[0]))))
                || (areRun && (numbered.Any(column => column.IsForeign) || (numbered.Length >= RunOverWholeNumbers && !AreOrders)))
                || (areForeign && (numbered.Length == columns.Length || numbered.All(column => column.IsFar))));
        }
    }

    /// <summary>Whether the first row, where nothing shows that it holds names, is yet unlike those below: its user has to say.</summary>
    public bool MayBeOne => Numbered is { Length: > 0 } numbered && below.Length >= RowsThatHint &&
        (numbered.All(column => column.IsOutside) || (numbered.Length >= RunThatTells && Counts(numbered.Select(column => column.Name))));

    // The columns of whole numbers; none where the first row cannot hold names.
    private Column[] Numbered
    {
        get
        {
            Column[] numbered = [.. columns.Where(column => column.IsNumbered)];
            return below.Length < RowsThatTell || columns.Any(column => !column.IsNumbered && !column.MayBeName) ||
                numbered.DistinctBy(column => column.Name).Count() < numbered.Length ? [] : numbered;
        }
    }

    // Rows that are orders of the same things hold each number once, the first one as well.
    private bool AreOrders => below.All(row => row.Distinct().Count() == row.Length);

    // Years one after the other, or each tenth.
    private static bool AreYears(Column[] numbered)
    {
        if (numbered.Length < 2 || !numbered.All(column => column.IsYear))
        {
            return false;
        }

        int[] years = [.. numbered.Select(column => int.Parse(column.Name, CultureInfo.InvariantCulture))];
        return years.Zip(years.Skip(1), (year, next) => next - year).Distinct().Count() == 1;
    }

    // From 0 or from 1.
    private static bool Counts(IEnumerable<string> cells) => ((int[])[0, 1]).Any(from =>
        cells.Index().All(cell => cell.Item == (cell.Index + from).ToString(CultureInfo.InvariantCulture)));

    /// <summary>A cell of the first row, and what the cells below it say of it.</summary>
    /// <param name="Name">The cell.</param>
    /// <param name="IsNumbered">Whether it is digits alone, above numbers.</param>
    /// <param name="MayBeName">Whether it is empty, a word that does not stand below too, or digits above nothing.</param>
    /// <param name="IsWordOverNumbers">Whether it is a word above numbers.</param>
    /// <param name="IsFar">Whether it is digits above fractions, and farther from them than they are from each other.</param>
    /// <param name="IsForeign">Whether it is far, or digits above numbers that all have a point: it would have one too.</param>
    /// <param name="IsOutside">Whether it is digits, farther from the numbers below than they are from each other.</param>
    /// <param name="IsYear">Whether it is a year, above numbers of which most are none.</param>
    private sealed record Column(string Name, bool IsNumbered, bool MayBeName, bool IsWordOverNumbers, bool IsFar, bool IsForeign, bool IsOutside, bool IsYear)
    {
        public static Column Of(string name, IEnumerable<string> cells)
        {
            string[] below = [.. cells];
            bool numbers = below.Length > 0 && below.All(Cell.LooksLikeNumber);
            bool digits = numbers && Cell.IsDigits(name), word = name.Length > 0 && char.IsLetter(name[0]) && !Cell.IsMissing(name);
            int fractions = digits ? below.Count(cell => cell.AsSpan().IndexOfAny(".,eE") >= 0) : 0;
            bool outside = digits && IsFarFrom([.. below.Select(ValueOf)], ValueOf(name)), far = outside && fractions > 0;
            bool year = digits && IsYearOf(name) && 2 * below.Count(IsYearOf) < below.Length;
            bool mayBeName = name.Length == 0 || (word && !below.Contains(name)) || (below.Length == 0 && Cell.IsDigits(name));
            return new Column(name, digits, mayBeName, word && numbers, far, far || (digits && fractions == below.Length), outside, year);
        }

        private static bool IsYearOf(string cell) => cell.Length == 4 && Cell.IsDigits(cell) && ValueOf(cell) is >= 1800 and <= 2100;

        private static bool IsFarFrom(double[] values, double value)
        {
            double least = values.Min(), most = values.Max();
            return Math.Max(least - value, value - most) > most - least;
        }

        private static double ValueOf(string cell) => Cell.TryNumber(cell, '.', out double value) || Cell.TryNumber(cell, ',', out value) ? value : double.NaN;
    }
}
