using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GpuGan.Kernels.Distributions;

/// <summary>
/// Rows of numbers as their source has them, in double: float32 cannot tell time stamps apart, and makes zeros of very small numbers.
/// A training learns from a <see cref="DataSet"/> that is made of them.
/// </summary>
internal sealed class Table
{
    /// <summary>Wraps rows that lie one after the other.</summary>
    /// <param name="values"><c>[row, column]</c>, all finite; owned by the table from now on.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <param name="names">The names of the columns; null where they have none.</param>
    /// <exception cref="ArgumentException">No column, no row, a last row that is not whole, or another number of names.</exception>
    public Table(double[] values, int columns, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (columns < 1 || values.Length == 0 || values.Length % columns != 0)
        {
            throw new ArgumentException($"{values.Length} numbers do not make whole rows of {columns} columns");
        }

        if (names is not null && names.Count != columns)
        {
            throw new ArgumentException($"{names.Count} names do not fit {columns} columns");
        }

        (Values, Columns, Names) = (values, columns, names);
    }

    /// <summary>All numbers, <c>[row, column]</c>.</summary>
    public double[] Values { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Values.Length / Columns;

    /// <summary>The names of the columns; null where they have none.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>
    /// What rows are known by, wherever they lie: SHA-256 of the little-endian float64 values, in lower-case hexadecimal.
    /// </summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(Values.AsSpan())));

    /// <summary>One number.</summary>
    /// <param name="row">From 0 to <see cref="Rows"/> - 1.</param>
    /// <param name="column">From 0 to <see cref="Columns"/> - 1.</param>
    public double this[int row, int column] => (uint)column < (uint)Columns
        ? Values[(row * Columns) + column]
        : throw new ArgumentOutOfRangeException(nameof(column), column, $"there are {Columns} columns");

    /// <summary>The numbers of a column.</summary>
    /// <param name="column">From 0 to <see cref="Columns"/> - 1.</param>
    public double[] Column(int column) => [.. Enumerable.Range(0, Rows).Select(row => this[row, column])];

    /// <summary>Refuses what nothing can be judged by: one number that is not finite makes all moments NaN.</summary>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    internal void RequireFinite() => RequireFinite("rows", Values, Columns);

    /// <summary>Refuses rows that hold a number which is not finite.</summary>
    /// <param name="name">What the rows are called.</param>
    /// <param name="values">Their numbers, <c>[row, column]</c>.</param>
    /// <param name="columns">Number of columns.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    internal static void RequireFinite<T>(string name, T[] values, int columns)
        where T : INumberBase<T>
    {
        int place = Array.FindIndex(values, value => !T.IsFinite(value));
        if (place >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{name}[{place / columns}, {place % columns}] is {values[place]}; all numbers must be finite"));
        }
    }

    /// <summary>The same rows in double.</summary>
    /// <param name="rows">Rows of floats.</param>
    public static Table Of(DataSet rows) => Standardization.None.Undo(rows);

    /// <summary>The rows that a training learns from as they are: each number is rounded once to a float.</summary>
    public DataSet ToDataSet() => Standardization.None.Apply(this);
}
