using System.Globalization;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Data;

/// <summary>
/// Whether a generator can come to where the data are: however long the gradient is, Adam moves a bias by about the learning rate in a step
/// (Kingma and Ba, "Adam", 2015, section 2.1).
/// </summary>
internal static class Reach
{
    /// <summary>How far all steps of a training move a bias of the generator at most.</summary>
    public static double Of(TrainingSettings settings, int rows)
    {
        double reach = 0, rate = settings.LrG;
        for (int epoch = 0; epoch < settings.Epochs && rate > 0; epoch++)
        {
            reach += rate * settings.StepsPerEpoch(rows);
            rate *= settings.LrDecay;
        }

        return reach;
    }

    /// <summary>A line for each column whose mean is farther from zero; none where the columns are standardised.</summary>
    /// <param name="data">What is learnt.</param>
    /// <param name="settings">Of the training; of several, those that reach farthest.</param>
    public static IEnumerable<string> Warnings(LearnedData data, TrainingSettings settings)
    {
        Table rows = data.Real;
        double reach = Of(settings, rows.Rows);
        for (int column = 0; column < rows.Columns && data.Standardization.IsNone; column++)
        {
            double distance = Math.Abs(Enumerable.Range(0, rows.Rows).Average(row => rows[row, column]));
            if (distance > reach)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"column {rows.Names?[column] ?? $"{column + 1}"} lies {distance:G3} from zero; {(long)settings.StepsPerEpoch(rows.Rows) * settings.Epochs} steps of {settings.LrG}" +
                    $"{(settings.LrDecay == 1 ? "" : " and less")} move a bias by at most {reach:G2}: use --standardize, or a larger --lr-g");
            }
        }
    }
}
