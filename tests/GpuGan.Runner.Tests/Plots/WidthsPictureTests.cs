using GpuGan.Runner.Plots;
using ScottPlot;

namespace GpuGan.Runner.Tests.Plots;

/// <summary>The picture of what bench/widths.sh measured.</summary>
[TestFixture]
internal sealed class WidthsPictureTests
{
    private const string Names = "generator,discriminator,batch_size,gpugan,share_of_peak,eager,gpugan_16,batched_16";

    [Test]
    public void Every_curve_is_named_and_drawn_in_its_colour()
    {
        var files = WidthsPicture.Files([Names, "2-64-64-2,2-64-64-1,64,4183,0.15,269,5338,1648", "2-2,2-5-3-1,8,128800,0,358,3.4e6,26870"]).ToDictionary(file => file.Name, file => file.Bytes);
        string svg = System.Text.Encoding.UTF8.GetString(files["widths.svg"]);
        Assert.Multiple(() =>
        {
            Assert.That(files.Keys, Is.EquivalentTo(["widths.png", "widths.svg"]));
            Assert.That(new Image(files["widths.png"]).Width, Is.EqualTo(PlotFiles.Width));
            Assert.That(svg, Does.Contain("GpuGan, one GAN").And.Contain("PyTorch, 16 GANs batched").And.Contain("10,000"));
        });
    }
}
