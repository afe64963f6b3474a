namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>Finds the columns whose values float32 cannot tell apart: time stamps, long ids, numbers near zero.</summary>
internal static class RoundingLoss
{
    // Of many random doubles some become the same float by chance, which takes nothing from what can be learnt.
    public const double HarmlessError = 1e-6;

    /// <summary>What each such column loses, in words; empty where none does.</summary>
    /// <param name="table">The rows as they were read.</param>
    /// <param name="describe">What a column is called.</param>
    public static IReadOnlyList<string> Of(Table table, Func<int, string> describe) =>
        [.. Enumerable.Range(0, table.Columns).Select(column => Of(table, column, describe)).OfType<string>()];

    private static string? Of(Table table, int column, Func<int, string> describe)
    {
        double[] values = new double[table.Rows];
        double mean = 0, error = 0;
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = table[row, column];
            mean += values[row] / values.Length;
            error = Math.Max(error, Math.Abs(values[row] - (float)values[row]));
        }

        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        if (error <= HarmlessError * deviation)
        {
            return null;
        }

        Array.Sort(values);
        (int before, int after) = (1, 1);
        for (int row = 1; row < values.Length; row++)
        {
            before += values[row] != values[row - 1] ? 1 : 0;
            after += (float)values[row] != (float)values[row - 1] ? 1 : 0;
        }

        return after < before ? $"{describe(column)} has {before} different values, as float32 {after}" : null;
    }
}
