using System.Text.RegularExpressions;

namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>
/// Tells a column whose decimal signs may separate thousands: 500, 1.000 and 2.500 are whole numbers as some countries write them,
/// and no program that writes three digits of a fraction writes none of another.
/// </summary>
internal partial struct GroupedDigits
{
    private bool hasWhole;
    private bool hasOther;
    private string? grouped;

    /// <summary>A cell that has two readings; null where the column has but one.</summary>
    public readonly string? Example => hasWhole && !hasOther ? grouped : null;

    /// <summary>Takes the cell of a number.</summary>
    public void Add(string cell)
    {
        if (hasOther)
        {
            return;
        }

        if (Grouped().IsMatch(cell))
        {
            grouped ??= cell;
        }
        else if (Whole().IsMatch(cell))
        {
            hasWhole = true;
        }
        else
        {
            hasOther = true;
        }
    }

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2}[.,]\d{3}$")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^[+-]?\d{1,3}$")]
    private static partial Regex Whole();
}
