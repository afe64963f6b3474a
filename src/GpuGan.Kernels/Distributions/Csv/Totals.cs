namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>Tells rows that sum up others, which a table ends or begins with: far outside, they are no example of what is to be learnt.</summary>
internal static class Totals
{
    private const int RowsThatTell = 4;

    // Of sums whose terms were rounded before they were printed.
    private const double Rounding = 1e-4;

    /// <summary>Whether a word calls its row a total.</summary>
    public static bool IsWord(string cell) =>
        cell.Equals("total", StringComparison.OrdinalIgnoreCase) || cell.Equals("totals", StringComparison.OrdinalIgnoreCase) ||
        cell.Equals("grand total", StringComparison.OrdinalIgnoreCase) || cell.Equals("sum", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the last row is the sum of those above in each column.</summary>
    public static bool EndWithOne(Table table)
    {
        bool isSum = table.Rows >= RowsThatTell, isNotZero = false;
        for (int column = 0; column < table.Columns && isSum; column++)
        {
            double sum = 0, size = 0;
            for (int row = 0; row < table.Rows - 1; row++)
            {
                sum += table[row, column];
                size += Math.Abs(table[row, column]);
            }

            isSum = Math.Abs(table[table.Rows - 1, column] - sum) <= Rounding * size;
            isNotZero |= sum != 0;
        }

        return isSum && isNotZero;
    }
}
