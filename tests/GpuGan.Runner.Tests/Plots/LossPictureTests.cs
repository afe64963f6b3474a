using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Runner.Plots;
using ScottPlot;
using ScottPlot.Plottables;

namespace GpuGan.Runner.Tests.Plots;

internal sealed class LossPictureTests
{
    private static readonly Equilibrium Guessing = Equilibrium.Of(new TrainingSettings());

    [Test]
    public void CurvesHaveTheirColoursAndValues()
    {
        using Plot plot = LossPicture.Draw(Pictures.Losses([0.8f, 0.7f], [0.6f, 0.5f]), Guessing);
        Scatter[] curves = plot.GetPlottables<Scatter>().ToArray();
        Assert.That(curves.Select(curve => (curve.LegendText, curve.LineColor)), Is.EqualTo(new[] { ("discriminator", PlotColors.Orange), ("generator", PlotColors.Blue) }));
        Assert.That(curves[0].Data.GetScatterPoints(), Is.EqualTo(new[] { new Coordinates(1, 0.8f), new Coordinates(2, 0.7f) }));
        Assert.That(curves[1].Data.GetScatterPoints(), Is.EqualTo(new[] { new Coordinates(1, 0.6f), new Coordinates(2, 0.5f) }));
    }

    [Test]
    public void LineStandsAtLog2()
    {
        using Plot plot = LossPicture.Draw(Pictures.Losses([0.8f, 0.7f], [0.6f, 0.5f]), Guessing);
        Assert.That(plot.GetPlottables<HorizontalLine>().Select(line => (line.LabelText, line.Y)), Is.EqualTo(new[] { ("log 2", Math.Log(2)) }));
    }

    [Test]
    public void NegativeLossesHaveTheirOwnLine()
    {
        using Plot plot = LossPicture.Draw(Pictures.Losses([0.8f, 0.7f], [-0.6f, -0.7f]), Equilibrium.Of(new TrainingSettings { Loss = default(MinimaxLoss) }));
        Assert.That(plot.GetPlottables<HorizontalLine>().Select(line => (line.LabelText, line.Y)), Is.EqualTo(new[] { ("log 2", Math.Log(2)), ("-log 2", -Math.Log(2)) }));
    }

    [Test]
    public void EpochsThatAreNotFiniteLeaveGaps()
    {
        using Plot plot = LossPicture.Draw(Pictures.Losses([1, float.NaN, 3, 4, float.PositiveInfinity], [1, 1, 1, 1, 1]), Guessing);
        Scatter[] discriminator = plot.GetPlottables<Scatter>().Where(curve => curve.LineColor == PlotColors.Orange).ToArray();
        Assert.That(discriminator.Select(curve => curve.Data.GetScatterPoints().Select(point => point.Y)), Is.EqualTo(new double[][] { [1], [3, 4] }));
        Assert.That(discriminator.Select(curve => curve.LegendText), Is.EqualTo(new[] { "discriminator", string.Empty }));
    }
}
