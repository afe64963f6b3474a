namespace GpuGan.Runner.Plots;

/// <summary>The pictures of a run.</summary>
internal static class RunPlots
{
    /// <summary>How many rows of the prior, of the data and of the generator are drawn where not all are.</summary>
    public const int Points = 100;

    /// <summary>
    /// The pictures: <c>samples</c>, <c>losses</c>, <c>decision</c> where the data have two columns, those of a history, <c>data</c> and <c>prior</c>. One column is
    /// drawn as histograms, more than two as a plane for each pair.
    /// </summary>
    /// <param name="inputs">What is shown. Numbers that are not finite are left out.</param>
    public static IEnumerable<Picture> Of(PlotInputs inputs)
    {
        bool arePairs = inputs.Data.Columns > 2;
        string[] first = [.. inputs.Lines.Take(1)];
        yield return new Picture("samples", inputs.Centers.Count > 0 ? "Real and generated rows after the training, with the modes that they cover" : "Real and generated rows after the training, with their means and standard deviations", () => arePairs
            ? PairPicture.Draw(
                "Real and generated rows",
                PlotFrame.Names(inputs.Data),
                [RowSeries.Real(inputs.Data, PairPicture.MostPoints, inputs.RealMoments), RowSeries.Generated(inputs.Generated, inputs.GeneratedMoments)],
                inputs.Lines)
            : PlotFiles.Draw(PointPictures.Samples(inputs), inputs.Lines));
        yield return new Picture("losses", $"Mean losses of each epoch, and {inputs.Equilibrium}", () => PlotFiles.Draw(LossPicture.Draw(inputs.Losses, inputs.Equilibrium), inputs.Lines));
        foreach (Picture picture in inputs.Way)
        {
            yield return picture;
        }

        if (inputs.Data.Columns == 2 && inputs.Generated.Columns == 2 && inputs.Probability is { } probability)
        {
            yield return new Picture(
                "decision",
                "What the trained discriminator believes at each place, with real and generated rows from all over the data",
                () => PlotFiles.Draw(DecisionPicture.Draw(inputs.Data, inputs.Generated, probability), inputs.Lines));
        }

        yield return new Picture("data", "Real rows from all over the data", () => arePairs
            ? PairPicture.Draw(PointPictures.DataTitle(inputs.Data, PairPicture.MostPoints), PlotFrame.Names(inputs.Data), [RowSeries.Real(inputs.Data, PairPicture.MostPoints)], first)
            : PlotFiles.Draw(PointPictures.Data(inputs.Data), first));
        yield return new Picture("prior", "Latent rows, from which the generator begins", () => PlotFiles.Draw(PointPictures.Prior(inputs.Prior), first));
    }

    /// <summary>Draws the pictures, each as PNG and as SVG.</summary>
    /// <param name="folder">An existing folder; files of the same names are replaced.</param>
    /// <param name="inputs">What is shown.</param>
    /// <param name="write">Writes a whole file under its final path; called from several threads.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string folder, PlotInputs inputs, Action<string, byte[]> write) =>
        Picture.Write(Of(inputs), (name, bytes) => write(Path.Combine(folder, name), bytes));
}
