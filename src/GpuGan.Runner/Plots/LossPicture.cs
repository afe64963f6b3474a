using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GpuGan.Runner.Plots;

/// <summary>Both losses over the epochs, and where they stand when the discriminator can only guess.</summary>
internal static class LossPicture
{
    /// <summary>The discriminator's losses orange, the generator's blue. Epochs that are not finite leave gaps.</summary>
    /// <param name="losses">One entry for each epoch.</param>
    /// <param name="equilibrium">Where they stand then.</param>
    public static Plot Draw(IReadOnlyList<EpochLosses> losses, Equilibrium equilibrium)
    {
        Plot plot = PlotFrame.New("Losses", "epoch", "mean loss of the epoch");
        double[] epochs = losses.Select(epoch => (double)epoch.Epoch).ToArray();
        double[] discriminator = losses.Select(epoch => (double)epoch.LossD).ToArray();
        double[] generator = losses.Select(epoch => (double)epoch.LossG).ToArray();

        if (!discriminator.Concat(generator).Any(double.IsFinite))
        {
            PlotFrame.SayEmpty(plot);
            return plot;
        }

        foreach ((double level, string name) in equilibrium.Levels)
        {
            AddLevel(plot, level, name);
        }

        AddCurve(plot, "discriminator", PlotColors.Orange, MarkerShape.FilledCircle, epochs, discriminator);
        AddCurve(plot, "generator", PlotColors.Blue, MarkerShape.FilledSquare, epochs, generator);
        PlotFrame.ShowLegend(plot);

        Interval horizontal = Interval.Around(epochs)!.Value.WithMargin();
        Interval vertical = Interval.Around([.. discriminator.Concat(generator).Where(double.IsFinite), .. equilibrium.Levels.Select(level => level.Loss)])!.Value.WithMargin();
        plot.Axes.SetLimits(horizontal.From, horizontal.To, vertical.From, vertical.To);
        ((NumericAutomatic)plot.Axes.Bottom.TickGenerator).IntegerTicksOnly = true;
        plot.Axes.Right.MinimumSize = 60;
        return plot;
    }

    /// <summary>A line across the plot, named in the margin where no curve hides the name.</summary>
    private static void AddLevel(Plot plot, double level, string name)
    {
        ScottPlot.Plottables.HorizontalLine line = plot.Add.HorizontalLine(level, 1.5f, PlotColors.Ink, LinePattern.Dashed);
        line.LabelText = name;
        line.LabelOppositeAxis = true;
        line.ManualLabelAlignment = Alignment.MiddleLeft;
        line.LabelRotation = 0;
        line.LabelFontSize = 15;
        line.LabelBold = false;
        line.LabelFontColor = PlotColors.Ink;
        line.LabelBackgroundColor = Colors.Transparent;
    }

    private static void AddCurve(Plot plot, string name, Color color, MarkerShape shape, double[] epochs, double[] losses)
    {
        bool isFirst = true;
        foreach (System.Range run in FiniteRuns(losses))
        {
            ScottPlot.Plottables.Scatter curve = plot.Add.Scatter(epochs[run], losses[run], color);
            curve.LineWidth = 2;
            curve.MarkerShape = shape;
            curve.MarkerSize = epochs.Length <= 60 || losses[run].Length == 1 ? 7 : 0;
            curve.LegendText = isFirst ? name : string.Empty;
            isFirst = false;
        }
    }

    private static IEnumerable<System.Range> FiniteRuns(double[] values)
    {
        int begin = 0;
        for (int end = 0; end <= values.Length; end++)
        {
            if (end == values.Length || !double.IsFinite(values[end]))
            {
                if (end > begin)
                {
                    yield return begin..end;
                }

                begin = end + 1;
            }
        }
    }
}
