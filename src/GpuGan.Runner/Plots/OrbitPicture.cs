using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>The states of one training in a plane.</summary>
/// <param name="Title">How it is trained.</param>
/// <param name="Orbit">The first state to the last, each of two numbers.</param>
internal sealed record OrbitPanel(string Title, IReadOnlyList<double[]> Orbit);

/// <summary>Trainings of two parameters, each as its way through the plane of both, where its first state, its last and the equilibrium are marked.</summary>
internal static class OrbitPicture
{
    private const int Size = 400, SizeAlone = 600, MostColumns = 3;

    /// <summary>Draws a panel for each training, each with limits of its own.</summary>
    /// <param name="title">What is trained.</param>
    /// <param name="horizontal">The first number of a state.</param>
    /// <param name="vertical">The second.</param>
    /// <param name="panels">At least one.</param>
    /// <param name="equilibrium">Where none of the players would move.</param>
    public static Drawing Draw(string title, string horizontal, string vertical, IReadOnlyList<OrbitPanel> panels, (double X, double Y) equilibrium = default) => PlotFiles.Draw(
        new Head(title, ["A circle marks the first state, a square the last, a cross the equilibrium"]),
        [.. panels.Select(panel => Draw(panel, horizontal, vertical, equilibrium))],
        panels.Count == 4 ? 2 : Math.Min(panels.Count, MostColumns),
        panels.Count == 1 ? SizeAlone : Size,
        panels.Count == 1 ? SizeAlone : Size);

    private static Plot Draw(OrbitPanel panel, string horizontal, string vertical, (double X, double Y) equilibrium)
    {
        Plot plot = PlotFrame.New("", horizontal, vertical);
        plot.Title(panel.Title, 15);
        Coordinates[] states = [.. panel.Orbit.Select(state => new Coordinates(state[0], state[1]))];
        ScottPlot.Plottables.Scatter way = plot.Add.Scatter(states, PlotColors.Blue);
        way.LineWidth = 1;
        way.MarkerSize = states.Length > 200 ? 2 : 3;
        Mark(states[0], MarkerShape.FilledCircle, PlotColors.Orange);
        Mark(states[^1], MarkerShape.FilledSquare, PlotColors.Red);
        Mark(new Coordinates(equilibrium.X, equilibrium.Y), MarkerShape.Eks, PlotColors.Ink);
        plot.Axes.SquareUnits();
        return plot;

        void Mark(Coordinates place, MarkerShape shape, Color color)
        {
            ScottPlot.Plottables.Marker marker = plot.Add.Marker(place, shape, 11, color);
            marker.LineWidth = 2;
        }
    }
}
