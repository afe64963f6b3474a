namespace GpuGan.Kernels.Distributions;

/// <summary>
/// Between the units of the data and those of a training: <c>(x - shift) / scale</c> for each column, computed in double. So
/// columns of any size, and far from zero, become columns that networks and optimisers are made for.
/// </summary>
/// <param name="Shift"><c>[column]</c>; empty where nothing is changed.</param>
/// <param name="Scale"><c>[column]</c>, positive; empty where nothing is changed.</param>
internal sealed record Standardization(IReadOnlyList<double> Shift, IReadOnlyList<double> Scale)
{
    /// <summary>Changes nothing.</summary>
    public static Standardization None { get; } = new([], []);

    /// <summary>Whether anything is changed.</summary>
    public bool IsNone => Shift.Count == 0;

    /// <summary>To mean 0 and standard deviation 1 (1/n); a column without spread is only shifted.</summary>
    /// <param name="rows">The data.</param>
    public static Standardization Of(Table rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        double[] mean = new double[rows.Columns], deviation = new double[rows.Columns];
        for (int column = 0; column < rows.Columns; column++)
        {
            // From the first row on: squares of time stamps would leave no digits for their differences.
            double origin = rows[0, column], sum = 0, largest = 0, squares = 0;
            for (int row = 0; row < rows.Rows; row++)
            {
                sum += rows[row, column] - origin;
            }

            double middle = sum / rows.Rows;
            for (int row = 0; row < rows.Rows; row++)
            {
                largest = Math.Max(largest, Math.Abs(rows[row, column] - origin - middle));
            }

            // In parts of the largest: the square of 1e-200 is zero.
            for (int row = 0; row < rows.Rows; row++)
            {
                double part = (rows[row, column] - origin - middle) / largest;
                squares += part * part;
            }

            mean[column] = origin + middle;
            deviation[column] = largest > 0 ? largest * Math.Sqrt(squares / rows.Rows) : 1;
        }

        return new Standardization(mean, deviation);
    }

    /// <summary>A number of a column in the units of a training.</summary>
    public double Apply(double value, int column) => IsNone ? value : (value - Shift[column]) / Scale[column];

    /// <summary>A number of a column in the units of the data.</summary>
    public double Undo(double value, int column) => IsNone ? value : (value * Scale[column]) + Shift[column];

    /// <summary>The rows in the units of a training, not rounded to floats.</summary>
    public Table Standardize(Table rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RequireColumns(rows.Columns);
        return IsNone ? rows : new Table([.. rows.Values.Select((value, i) => Apply(value, i % rows.Columns))], rows.Columns, rows.Names);
    }

    /// <summary>The rows that a training learns from: each number is rounded once to a float.</summary>
    public DataSet Apply(Table rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new DataSet(Array.ConvertAll(Standardize(rows).Values, value => (float)value), rows.Columns);
    }

    /// <summary>The rows of a training, or of its generator, in the units of the data.</summary>
    /// <param name="rows">In the units of the training.</param>
    /// <param name="names">Of the columns; null where they have none.</param>
    public Table Undo(DataSet rows, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RequireColumns(rows.Columns);
        double[] values = new double[rows.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Undo((double)rows.Values[i], i % rows.Columns);
        }

        return new Table(values, rows.Columns, names);
    }

    /// <summary>Refuses rows of other columns.</summary>
    /// <exception cref="ArgumentException">This is of another number of columns.</exception>
    internal void RequireColumns(int columns)
    {
        if (!(IsNone && Scale.Count == 0) && (Shift.Count, Scale.Count) != (columns, columns))
        {
            throw new ArgumentException($"the standardization has {Shift.Count} shifts and {Scale.Count} scales; the rows have {columns} columns");
        }
    }
}
