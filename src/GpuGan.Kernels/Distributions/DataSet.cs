using GpuGan.Kernels.Distributions.Csv;
using GpuGan.Kernels.Files;

namespace GpuGan.Kernels.Distributions;

/// <summary>Rows of numbers, real or generated, in one flat array <c>[row, column]</c>.</summary>
/// <example>
/// <code>
/// DataSet drawn = Gaussian.Chapter.Sample(seed: 7, rows: 1000);
/// DataSet own = DataSet.Of(new float[,] { { 3.6f, 79 }, { 1.8f, 54 }, { 3.3f, 74 } }, "eruptions", "waiting");
/// </code>
/// </example>
public sealed class DataSet
{
    /// <summary>Wraps rows that lie one after the other.</summary>
    /// <param name="values"><c>[row, column]</c>; owned by the data set from now on.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <param name="names">The names of the columns; null where they have none.</param>
    /// <exception cref="ArgumentException">No column, no row, a last row that is not whole, or another number of names.</exception>
    public DataSet(float[] values, int columns, IReadOnlyList<string>? names = null)
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
    public float[] Values { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Values.Length / Columns;

    /// <summary>The names of the columns; null where they have none.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>What a reader of the rows decided or saw and their user should know, a line each.</summary>
    public IReadOnlyList<string> Remarks { get; internal init; } = [];

    /// <summary>What the rows were drawn from, by which generators of them are judged; null where it is not known.</summary>
    internal IDistribution? Distribution { get; init; }

    /// <summary>The rows in the units of their source, and in double; null where they are these.</summary>
    internal Table? Source { get; init; }

    /// <summary>Between the units of the source and these.</summary>
    internal Standardization Standardization { get; init; } = Standardization.None;

    /// <summary>One number.</summary>
    /// <param name="row">From 0 to <see cref="Rows"/> - 1.</param>
    /// <param name="column">From 0 to <see cref="Columns"/> - 1.</param>
    public float this[int row, int column] => (uint)column < (uint)Columns
        ? Values[(row * Columns) + column]
        : throw new ArgumentOutOfRangeException(nameof(column), column, $"there are {Columns} columns");

    /// <summary>Reads rows of numbers from a CSV file as it is found, packed by gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is read; null to find it all in the file.</param>
    /// <param name="standardize">Whether each column is brought to mean 0 and standard deviation 1; what is generated is brought back.</param>
    /// <exception cref="FileContentException">The file cannot be read, or holds something else than rows of numbers; the message names the row, and the setting that helps.</exception>
    /// <example>
    /// <code>
    /// DataSet data = DataSet.FromCsv("faithful.csv", new CsvOptions { Columns = "eruptions,waiting" }, standardize: true);
    /// </code>
    /// </example>
    public static DataSet FromCsv(string path, CsvOptions? options = null, bool standardize = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        DataFile file = CsvReader.Read(path, options ?? new CsvOptions(), centred: standardize);
        return Of(file.Table, standardize ? Standardization.Of(file.Table) : Standardization.None, file.Remarks);
    }

    /// <summary>Copies rows of an array.</summary>
    /// <param name="rows"><c>[row, column]</c>.</param>
    /// <param name="names">The names of the columns; none where they have none.</param>
    /// <exception cref="ArgumentException">No column, no row, or another number of names.</exception>
    public static DataSet Of(float[,] rows, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(names);
        return new DataSet([.. rows.Cast<float>()], rows.GetLength(1), names.Length > 0 ? names : null);
    }

    /// <summary>Copies rows that lie one after the other.</summary>
    /// <param name="values"><c>[row, column]</c>.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <param name="names">The names of the columns; none where they have none.</param>
    /// <exception cref="ArgumentException">No column, no row, a last row that is not whole, or another number of names.</exception>
    public static DataSet Of(ReadOnlySpan<float> values, int columns, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new DataSet(values.ToArray(), columns, names.Length > 0 ? names : null);
    }

    /// <summary>These rows with each column brought to mean 0 and standard deviation 1; what is generated is brought back.</summary>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public DataSet Standardize()
    {
        RequireFinite();
        Table source = Source ?? new Table(Array.ConvertAll(Values, value => (double)value), Columns, Names);
        return Of(source, Standardization.Of(source), Remarks);
    }

    /// <summary>Refuses what no training learns from: one number that is not finite makes all weights NaN.</summary>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    internal void RequireFinite() => Table.RequireFinite("data", Values, Columns);

    private static DataSet Of(Table source, Standardization standardization, IReadOnlyList<string> remarks) =>
        new(standardization.Apply(source).Values, source.Columns, source.Names) { Remarks = remarks, Source = source, Standardization = standardization };
}
