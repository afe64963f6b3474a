using System.IO.Enumeration;
using System.Xml.Linq;
using GpuGan.Runner.Files;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Tests.Sweeps;
using ScottPlot;
using SkiaSharp;

namespace GpuGan.Runner.Tests.Plots;

internal sealed class SweepPlotsTests
{
    private static readonly SweepAxis[] Axes = [new("lr_d", ["0.01", "0.1"]), new("lr_g", ["0.02", "0.2", "2"]), new("g_loss", ["minimax", "non-saturating"])];
    private static readonly double Near = Math.Log(2);

    [Test]
    public void Seeds_alone_give_no_picture() => Assert.That(Files(SmallSweep.Of([], ([], true, Near, 1))), Is.Empty);

    [Test]
    public void One_axis_gives_curves()
    {
        Dictionary<string, byte[]> files = Files(SmallSweep.Of([Axes[1]], (["0.02"], true, Near, 0.1), (["0.2"], false, Near, null), (["2"], false, 3, 2)));
        Assert.That(files.Keys, Is.EquivalentTo(new[] { "curves.png", "curves.svg" }));
        Assert.That(Texts(files["curves.svg"]), Does.Contain("lr_g").And.Contain("converged by the verdict").And.Contain("both losses near log 2").And.Contain("0.02").And.Contain("limit 0.2"));
        Assert.That(Texts(files["curves.svg"]), Does.Contain("generator 2-2, discriminator 2-5-3-1, epochs 20, batch_size 8, lr_d 0.05"));
        Assert.That(Texts(files["curves.svg"]), Does.Contain("33.3 % of 3 converged (6.1 to 79.2 %), 66.7 % look so by their losses, limits: KL divergence 0.2"));
    }

    [Test]
    public void Zipped_lists_give_curves_over_the_first()
    {
        SweepResult result = SmallSweep.Of([Axes[0], Axes[2]], (["0.01", "minimax"], true, Near, 0.1), (["0.1", "non-saturating"], false, Near, 1)) with { IsZipped = true };
        Dictionary<string, byte[]> files = Files(result);
        Assert.That(files.Keys, Is.EquivalentTo(new[] { "curves.png", "curves.svg" }));
        Assert.That(Texts(files["curves.svg"]), Does.Contain("lr_d, with it g_loss").And.Contain("0.01").And.Contain("0.1"));
    }

    [Test]
    public void Labels_of_values_that_lie_close_together_do_not_overlap()
    {
        string[] values = ["0.8", "0.95", "0.97", "0.98", "0.99", "1"];
        SweepResult result = SmallSweep.Of([new("lr_decay", values)], [.. values.Select(value => (new[] { value }, true, (double?)3, (double?)5))]);
        Assert.That(Texts(Files(result)["curves.svg"]).Intersect(values), Is.EquivalentTo(new[] { "0.8", "0.95", "0.97", "1" }));
    }

    [Test]
    public void No_word_is_left_out_where_labels_touch()
    {
        string[] networks = ["2-1", "2-2-1", "2-3-1", "2-5-1", "2-8-1", "2-16-1", "2-5-3-1", "2-8-4-1"];
        SweepResult result = SmallSweep.Of([new("discriminator", networks)], [.. networks.Select(network => (new[] { network }, true, (double?)3, (double?)5))]);
        string[] shown = Texts(Files(result)["curves.svg"]);
        Assert.That(networks.Select(network => shown.Count(text => text == network)), Is.All.EqualTo(2), "once in each panel");
    }

    [Test]
    public void Curves_of_diverged_members_alone_are_drawn()
    {
        Dictionary<string, byte[]> files = Files(SmallSweep.Of([Axes[0]], (["0.01"], false, null, null), (["0.1"], false, null, null)));
        Assert.That(Texts(files["curves.svg"]), Does.Contain("there is no finite number to show"));
    }

    [Test]
    public void Two_axes_give_three_heat_maps_with_the_numbers_of_the_cells()
    {
        SweepResult result = SmallSweep.Of(
            Axes[..2],
            (["0.01", "0.02"], true, 3, 0.123), (["0.01", "0.02"], false, 3, 0.123), (["0.01", "0.02"], false, Near, 0.123), (["0.1", "2"], true, Near, null));
        Dictionary<string, byte[]> files = Files(result);
        string[] texts = Texts(files["heat_lr_d_lr_g.svg"]);
        using SKBitmap png = SKBitmap.Decode(files["heat_lr_d_lr_g.png"]);
        Assert.Multiple(() =>
        {
            Assert.That(files.Keys, Is.EquivalentTo(new[] { "heat_lr_d_lr_g.png", "heat_lr_d_lr_g.svg" }));
            Assert.That(texts, Does.Contain("Converged by the verdict").And.Contain("Both losses near log 2").And.Contain("Median KL divergence, nats"));
            Assert.That(texts.Count(text => text == "67"), Is.EqualTo(0), "no cell has two thirds");
            Assert.That(texts.Count(text => text == "33"), Is.EqualTo(2), "one of three converged, another looks so");
            Assert.That(texts, Does.Contain("0.12").And.Contain("–"));
            Assert.That(Count(png, PlotColors.Ink), Is.Positive);
            Assert.That(Count(png, new ShareColormap().GetColor(1)), Is.GreaterThan(1000), "a cell of which all converged");
            Assert.That(Count(png, SequentialColors.Missing), Is.GreaterThan(1000), "cells without members");
        });
    }

    [Test]
    public void An_accuracy_has_a_curve_and_a_heat_map_of_its_own()
    {
        SweepResult plain = SmallSweep.Of(Axes[..2], (["0.01", "0.02"], true, Near, 0.1), (["0.1", "2"], true, Near, 1), (["0.01", "0.2"], false, null, null));
        SweepResult result = plain with { Rows = [.. plain.Rows.Select((row, i) => row with { DiscriminatorAccuracy = i < 2 ? 0.53 + (i * 0.2) : null })] };
        string[] heat = Texts(Files(result)["heat_lr_d_lr_g.svg"]), curves = Texts(Files(result with { Axes = [Axes[1]] })["curves.svg"]);
        Assert.Multiple(() =>
        {
            Assert.That(heat, Does.Contain("Median accuracy of D on fresh rows").And.Contain("53").And.Contain("73"));
            Assert.That(curves, Does.Contain("Discriminator on fresh rows, median and quartiles").And.Contain("cannot tell"));
            Assert.That(Texts(Files(plain)["heat_lr_d_lr_g.svg"]), Has.None.Contain("accuracy"));
        });
    }

    // The lowest left cell of the plane is the first value of both axes.
    [Test]
    public void A_cell_lies_where_its_values_are()
    {
        SweepResult result = SmallSweep.Of([new("v", ["1", "2"]), new("h", ["1", "2"])], (["1", "1"], true, 3, 1), (["1", "2"], false, 3, 1), (["2", "1"], false, 3, 1), (["2", "2"], false, 3, 1));
        using SKBitmap png = SKBitmap.Decode(Files(result)["heat_v_h.png"]);
        Color all = new ShareColormap().GetColor(1), none = new ShareColormap().GetColor(0);
        Assert.Multiple(() =>
        {
            // Places in the first panel, below the head, clear of numbers and axes.
            Assert.That(png.GetPixel(130, 500), Is.EqualTo(Pixel(all)));
            Assert.That(png.GetPixel(130, 210), Is.EqualTo(Pixel(none)));
            Assert.That(png.GetPixel(430, 500), Is.EqualTo(Pixel(none)));
        });
    }

    [Test]
    public void Words_are_all_told_and_half_a_percent_is_rounded_up()
    {
        string[] activations = ["tanh", "relu", "leaky-relu", "sigmoid", "identity"];
        string[] shapes = ["2-3-3-3-3-3-1", "2-4-4-4-4-4-1", "2-5-5-5-5-5-1", "2-6-6-6-6-6-1"];
        SweepResult result = SmallSweep.Of(
            [new("hidden_activation", activations), new("discriminator", shapes)],
            [.. from word in activations from shape in shapes from i in Enumerable.Range(0, 8) select (new[] { word, shape }, i == 0, (double?)Near, (double?)1)]);
        string[] texts = Texts(Files(result)["heat_hidden_activation_discriminator.svg"]);
        Assert.That(shapes.Concat(activations), Is.SubsetOf(texts));
        Assert.That(texts.Count(text => text == "13"), Is.EqualTo(20), "one of eight in each cell, as the page has it");
    }

    [Test]
    public void Three_axes_give_a_picture_for_each_pair_and_small_multiples()
    {
        SweepResult result = SmallSweep.Of(Axes, [.. from d in Axes[0].Values from g in Axes[1].Values from loss in Axes[2].Values.Reverse() select (new[] { d, g, loss }, loss == "minimax", (double?)Near, (double?)1)]);
        Dictionary<string, byte[]> files = Files(result);
        Assert.Multiple(() =>
        {
            Assert.That(
                files.Keys.Where(name => name.EndsWith(".png", StringComparison.Ordinal)),
                Is.EquivalentTo(new[] { "heat_lr_d_lr_g.png", "heat_lr_d_g_loss.png", "heat_lr_g_g_loss.png", "multiples.png" }));
            Assert.That(Texts(files["heat_lr_d_lr_g.svg"]), Does.Contain("lr_d and lr_g, over all g_loss"));
            Assert.That(Texts(files["multiples.svg"]), Does.Contain("Converged by the verdict, % of the members, for each g_loss"));
            Assert.That(
                Texts(files["multiples.svg"]).Where(text => text.StartsWith("g_loss", StringComparison.Ordinal)),
                Is.EqualTo(new[] { "g_loss minimax", "g_loss non-saturating" }));
        });
    }

    [Test]
    public void The_same_sweep_gives_the_same_bytes()
    {
        SweepResult result = SmallSweep.Of([Axes[0]], (["0.01"], true, Near, 0.1), (["0.1"], false, Near, 1));
        Dictionary<string, byte[]> first = Files(result), second = Files(result);
        Assert.That(second, Is.EqualTo(first));
    }

    private static Dictionary<string, byte[]> Files(SweepResult result)
    {
        Dictionary<string, byte[]> files = [];
        SweepPlots.Write(result, (name, bytes) =>
        {
            lock (files)
            {
                files.Add(name, bytes);
            }
        });
        Assert.That(
            files.Keys,
            Has.All.Matches<string>(name => PictureNames.SweepFiles.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name))),
            "what --fresh deletes");
        return files;
    }

    private static string[] Texts(byte[] svg) =>
        [.. XDocument.Load(new MemoryStream(svg)).Descendants().Attributes("aria-label").Select(label => label.Value)];

    private static SKColor Pixel(Color color) => new(color.Red, color.Green, color.Blue);

    private static int Count(SKBitmap png, Color color) => png.Pixels.Count(pixel => pixel == Pixel(color));
}
