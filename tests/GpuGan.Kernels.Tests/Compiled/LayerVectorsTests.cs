using GpuGan.Kernels.Compiled.Steps;
using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Tests.Compiled;

[TestFixture]
public class LayerVectorsTests
{
    private const int Lanes = 8;

    [TestCase(2, 5, ExpectedResult = 3, Description = "units in the lanes: two inputs and the biases")]
    [TestCase(5, 3, ExpectedResult = 3, Description = "inputs in the lanes: three units")]
    [TestCase(3, 1, ExpectedResult = 1)]
    [TestCase(16, 16, ExpectedResult = 34)]
    public int A_layer_takes_as_few_vectors_as_it_can(int inputs, int outputs) => Vectors(inputs, outputs, hasOwnBiases: false).Count;

    [Test]
    public void Each_parameter_has_a_place_of_its_own_in_a_lane_that_is_used(
        [Values(1, 7, 8, 20)] int inputs, [Values(1, 8, 9)] int outputs, [Values] bool hasOwnBiases)
    {
        LayerVectors vectors = Vectors(inputs, outputs, hasOwnBiases);
        int[] places = [.. Enumerable.Range(0, outputs).SelectMany(unit => Enumerable.Range(0, inputs + 1).Select(input => vectors.PlaceOf(unit, input)))];
        Assert.That(places, Is.Unique);
        foreach (int place in places)
        {
            int vector = (place / Lanes) - vectors.First;
            Assert.That(vector, Is.InRange(0, vectors.Count - 1));
            Assert.That(place % Lanes, Is.InRange(0, vectors.LanesOf(vector % vectors.Blocks) - 1));
        }
    }

    private static LayerVectors Vectors(int inputs, int outputs, bool hasOwnBiases) =>
        new(new Network([inputs, outputs]).Layers[0], Lanes, first: 4, hasOwnBiases);
}
