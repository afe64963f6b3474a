using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Tests.Networks;

[TestFixture]
public class NetworkTests
{
    [Test]
    public void Parameters_and_units_lie_layer_by_layer()
    {
        Network shape = Network.Parse("2-5-3-1");
        Assert.Multiple(() =>
        {
            Assert.That(shape.ParameterCount, Is.EqualTo(37));
            Assert.That(shape.UnitCount, Is.EqualTo(11));
            Assert.That(shape.Layers, Is.EqualTo(new[] { new Layer(2, 5, true, 0, 0), new Layer(5, 3, true, 15, 2), new Layer(3, 1, true, 33, 7) }));
            Assert.That(shape.Layers.Select(layer => layer.BiasOffset), Is.EqualTo(new[] { 10, 30, 36 }));
            Assert.That(shape.Layers.Select(layer => layer.OutputOffset), Is.EqualTo(new[] { 2, 7, 10 }));
            Assert.That(shape.ToString(), Is.EqualTo("2-5-3-1"));
        });
    }

    [TestCase("")]
    [TestCase("2")]
    [TestCase("2-")]
    [TestCase("2--1")]
    [TestCase("2-0-1")]
    [TestCase("2-65537")]
    [TestCase("2-+3")]
    [TestCase("2- 3")]
    [TestCase("two-one")]
    [TestCase("2-99999999999")]
    [TestCase("1-1-1-1-1-1-1-1-1-1")]
    public void What_is_no_network_is_refused(string text) =>
        Assert.That(() => Network.Parse(text), Throws.ArgumentException);

    [Test]
    public void Shapes_of_equal_widths_are_equal()
    {
        Network one = new(2, 3), same = new(2, 3), other = new(3, 2);
        Assert.Multiple(() =>
        {
            Assert.That(one, Is.EqualTo(same));
            Assert.That(one.GetHashCode(), Is.EqualTo(same.GetHashCode()));
            Assert.That(one, Is.Not.EqualTo(other));
        });
    }
}
