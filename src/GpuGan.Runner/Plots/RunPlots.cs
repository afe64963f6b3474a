using System.Runtime.ExceptionServices;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>The pictures of a run, each as PNG and as SVG.</summary>
internal static class RunPlots
{
    /// <summary>How many rows of the prior, of the data and of the generator are drawn where not all are.</summary>
    public const int Points = 100;

    /// <summary>
    /// Draws <c>prior</c>, <c>data</c>, <c>losses</c> and <c>samples</c>, and <c>decision</c> where the data have two
    /// columns. One column is drawn as histograms; of more than two, the first two are shown.
    /// </summary>
    /// <param name="folder">An existing folder; files of the same names are replaced.</param>
    /// <param name="inputs">What is shown. Numbers that are not finite are left out.</param>
    /// <param name="write">
    /// Writes a whole file under its final path; called from several threads.
    /// </param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string folder, PlotInputs inputs, Action<string, byte[]> write)
    {
        PlotFont.Register();
        List<(string Name, Func<Plot> Draw)> pictures =
        [
            ("prior", () => PointPictures.Prior(inputs.Prior)),
            ("data", () => PointPictures.Data(inputs.Data)),
            ("losses", () => LossPicture.Draw(inputs.Losses)),
            ("samples", () => PointPictures.Samples(inputs.Data, inputs.Generated)),
        ];
        if (inputs.Data.Columns == 2 && inputs.Generated.Columns == 2 && inputs.Probability is { } probability)
        {
            pictures.Add(("decision", () => DecisionPicture.Draw(inputs.Data, inputs.Generated, probability)));
        }

        try
        {
            Parallel.ForEach(pictures, picture =>
            {
                using Plot plot = picture.Draw();
                (byte[] png, byte[] svg) = PlotFiles.Render(plot);
                string path = Path.Combine(folder, picture.Name);
                write(path + ".png", png);
                write(path + ".svg", svg);
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
