using ScottPlot;
using SkiaSharp;

namespace GpuGan.Runner.Plots;

/// <summary>Makes drawings of plots.</summary>
internal static class PlotFiles
{
    /// <summary>Width of a picture in pixels.</summary>
    public const int Width = 800;

    /// <summary>Height of a picture in pixels.</summary>
    public const int Height = 600;

    /// <summary>Draws a plot, and disposes it. Its title moves to the head, where it has the whole width, as what stands below it.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="lines">What stands below its title.</param>
    public static Drawing Draw(Plot plot, IReadOnlyList<string> lines)
    {
        Head head = new(plot.Axes.Title.Label.Text, lines);
        plot.Axes.Title.Label.Text = "";
        return Draw(head, [(plot, new PixelRect(0, Width, Height - head.HeightFor(Width), 0))], Width, Height);
    }

    /// <summary>Draws plots row by row, and disposes them.</summary>
    /// <param name="head">What stands above all.</param>
    /// <param name="panels">At least one.</param>
    /// <param name="columns">How many stand side by side.</param>
    /// <param name="width">Width of a panel in pixels.</param>
    /// <param name="height">Height of a panel in pixels.</param>
    public static Drawing Draw(Head head, IReadOnlyList<Plot> panels, int columns, int width, int height) => Draw(
        head,
        [.. panels.Select((plot, i) => (plot, new PixelRect(i % columns * width, ((i % columns) + 1) * width, ((i / columns) + 1) * height, i / columns * height)))],
        width * columns,
        head.HeightFor(width * columns) + (height * ((panels.Count + columns - 1) / columns)));

    /// <summary>Draws plots, and disposes them.</summary>
    /// <param name="head">What stands above all.</param>
    /// <param name="panels">Each with its place below the head.</param>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture, the head's included.</param>
    public static Drawing Draw(Head head, IReadOnlyList<(Plot Plot, PixelRect Place)> panels, int width, int height)
    {
        using SKPictureRecorder recorder = new();
        SKCanvas canvas = recorder.BeginRecording(SKRect.Create(width, height));
        canvas.Clear(SKColors.White);
        head.Draw(canvas, width);
        int top = head.HeightFor(width);
        foreach ((Plot plot, PixelRect place) in panels)
        {
            using (plot)
            {
                LayOut(plot, (int)place.Width, (int)place.Height);
                plot.RenderManager.ClearCanvasBeforeEachRender = false;
                plot.Render(canvas, new PixelRect(place.Left, place.Right, place.Bottom + top, place.Top + top));
            }
        }

        return new Drawing(recorder.EndRecording(), width, height);
    }

    /// <summary>Lays a plot out and fixes its axes, so that its limits and the place of its data are known.</summary>
    internal static void LayOut(Plot plot, int width, int height)
    {
        using SKNoDrawCanvas nowhere = new(width, height);
        plot.Render(nowhere, width, height);
        plot.Axes.Rules.Clear();
    }
}
