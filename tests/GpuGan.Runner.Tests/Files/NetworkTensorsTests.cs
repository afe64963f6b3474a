using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Tests.Files;

internal sealed class NetworkTensorsTests
{
    private static readonly string[] None = [];

    private static readonly TestCaseData[] Understood =
    [
        Case("2-5-3", None, "0.weight:5x2", "0.bias:5", "2.weight:3x5", "2.bias:3"),
        Case("2-5-3", None, "0.weight:5x2", "0.bias:5", "1.weight:3x5", "1.bias:3"),
        Case("2-5-3", ["layer_numbering=layers"], "0.weight:5x2", "0.bias:5", "1.weight:3x5", "1.bias:3"),
        Case("2-5-3", ["layer_numbering=sequential"], "0.weight:5x2", "0.bias:5", "2.weight:3x5", "2.bias:3"),
        Case("2-5", ["layer_numbering=sequential"], "0.weight:5x2", "0.bias:5"),
        Case("2-5-3", None, "module.0.weight:5x2", "module.0.bias:5", "module.2.weight:3x5", "module.2.bias:3"),
        Case("2-5-3", None, "model.layers.2.bias:3", "model.layers.2.weight:3x5", "model.layers.0.bias:5", "model.layers.0.weight:5x2"),
        Case("4-2", None, "gan.discriminator.0.weight:1x2", "gan.discriminator.0.bias:1", "gan.generator.0.weight:2x4", "gan.generator.0.bias:2"),
        Case("4-2", None, "discriminator.conv.weight:1x2x3", "module.generator.net.0.weight:2x4", "module.generator.net.0.bias:2"),
        Case("4-2", None, "weight:2x4", "bias:2"),
        Case("4-2", None, "generator.weight:2x4", "generator.bias:2", "discriminator.weight:1x2", "discriminator.bias:1"),
        Case("4-2", ["network=generator"], "0.weight:2x4", "0.bias:2"),

        // A checkpoint.
        Case("4-2", ["generator=4-2"], "generator.0.weight:2x4", "generator.0.bias:2", "first_moment.generator.0.weight:2x4", "first_moment.generator.0.bias:2"),

        // By number, not as text.
        Case(
            "2-3-4-5-6-7-8",
            None,
            "0.weight:3x2",
            "0.bias:3",
            "10.weight:8x7",
            "10.bias:8",
            "2.weight:4x3",
            "2.bias:4",
            "4.weight:5x4",
            "4.bias:5",
            "6.weight:6x5",
            "6.bias:6",
            "8.weight:7x6",
            "8.bias:7"),
    ];

    private static readonly TestCaseData[] Refused =
    [
        Case(
            "the layers of its generator are numbered '0, 1', and its metadata layer_numbering is 'sequential'; give sequential for 0, 2, 4, … or layers for 0, 1, 2, …",
            ["layer_numbering=sequential"], "0.weight:5x2", "0.bias:5", "1.weight:3x5", "1.bias:3"),
        Case("numbered '0, 2', and its metadata layer_numbering is 'layers'", ["layer_numbering=layers"], "0.weight:5x2", "0.bias:5", "2.weight:3x5", "2.bias:3"),
        Case("numbered '0', and its metadata layer_numbering is 'roman'", ["layer_numbering=roman"], "0.weight:5x2", "0.bias:5"),
        Case(
            "the layers of its generator are numbered '0, 3'; with one activation between two they are 0, 2, 4, … in an nn.Sequential, and 0, 1, 2, … alone",
            None, "0.weight:5x2", "0.bias:5", "3.weight:3x5", "3.bias:3"),
        Case("numbered '1, 3'", None, "1.weight:5x2", "1.bias:5", "3.weight:3x5", "3.bias:3"),
        Case("numbered '0, 1, 2, 4'", None, "0.weight:2x2", "0.bias:2", "1.weight:2x2", "1.bias:2", "2.weight:2x2", "2.bias:2", "4.weight:2x2", "4.bias:2"),
        Case("tensor '1.weight' is not the weight [outputs, inputs] of a linear layer", None, "0.weight:5x2", "0.bias:5", "1.weight:5", "1.bias:5"),
        Case("tensor '0.weight' is not the weight [outputs, inputs] of a linear layer", None, "0.weight:5x2x3x3", "0.bias:5"),
        Case("tensor '2.weight' takes 4 inputs, the layer before it makes 5", None, "0.weight:5x2", "0.bias:5", "2.weight:3x4", "2.bias:3"),
        Case("has no tensor '0.bias'", None, "0.weight:5x2"),
        Case("has no tensor '0.weight'", None, "0.bias:5"),
        Case("tensor '0.bias' has the shape [4], not [5]", None, "0.weight:5x2", "0.bias:4"),
        Case(
            "tensor '1.running_mean' is of no chain of linear layers; a generator has 0.weight, 0.bias, 2.weight, … as nn.Sequential names them, " +
            "or generator.0.weight, … beside another network",
            None, "0.weight:5x2", "0.bias:5", "1.running_mean:5"),
        Case("tensor 'fc2.weight' is of no chain", None, "fc1.weight:5x2", "fc1.bias:5", "fc2.weight:3x5", "fc2.bias:3"),
        Case("tensor 'D.0.weight' is of no chain", None, "G.0.weight:2x2", "G.0.bias:2", "D.0.weight:1x2", "D.0.bias:1"),
        Case("tensor 'generator.scale' is of no chain", None, "generator.scale:1", "generator.0.weight:5x2", "generator.0.bias:5"),
        Case("tensor 'weight' is of no chain", None, "0.weight:5x2", "0.bias:5", "weight:5x2", "bias:5"),
        Case("tensor '00.weight' is of no chain", None, "0.weight:5x2", "0.bias:5", "00.weight:5x2", "00.bias:5"),
        Case("has more than one generator: 'a.generator.' and 'b.generator.'; leave one of them", None, "a.generator.0.weight:5x2", "b.generator.0.weight:5x2"),
        Case("has no generator: it is a discriminator alone", ["network=discriminator"], "0.weight:5x2", "0.bias:5"),
        Case("has no generator: it is a discriminator alone", None, "net.discriminator.0.weight:5x2", "net.discriminator.0.bias:5"),
        Case("has no generator: it has no tensors", None),
        Case("its generator is refused: a width is 1 to 65536, not 70000", None, "0.weight:70000x1", "0.bias:70000"),
        Case("its generator is refused: a width is 1 to 65536, not 0", None, "0.weight:0x1", "0.bias:0"),
        Case(
            "its generator is refused: a network has 1 to 8 layers, so 2 to 9 widths, not 10",
            None, [.. Enumerable.Range(0, 9).SelectMany(i => (string[])[$"{i}.weight:1x1", $"{i}.bias:1"])]),
    ];

    [TestCaseSource(nameof(Understood))]
    public void A_generator_is_found_whoever_named_its_tensors(string shape, string[] metadata, string[] tensors) =>
        Assert.That($"{Read(SafetensorsBytes.Counting(metadata, tensors)).Shape}", Is.EqualTo(shape));

    [TestCaseSource(nameof(Refused))]
    public void What_cannot_be_told_for_certain_is_refused(string problem, string[] metadata, string[] tensors) =>
        Assert.That(
            () => Read(SafetensorsBytes.Counting(metadata, tensors)),
            Throws.InstanceOf<FileContentException>().With.Message.StartsWith("the.file: ").And.Message.Contains(problem));

    [Test]
    public void Values_lie_layer_by_layer_and_weight_before_bias()
    {
        NetworkTensors read = Read(SafetensorsBytes.Counting([], "2.bias:1", "2.weight:1x2", "0.weight:2x3", "0.bias:2"));
        Assert.That(read.Values, Is.EqualTo(new float[] { 4, 5, 6, 7, 8, 9, 10, 11, 2, 3, 1 }));
        Assert.That(read.Rounded, Is.Zero);
    }

    [Test]
    public void Both_networks_of_our_own_come_back_to_the_bit()
    {
        // A NaN with its sign and payload, a negative zero and a denormal among them.
        Network generator = new(1, 2), discriminator = new(2, 2, 1);
        float[] values = [1, 2, BitConverter.Int32BitsToSingle(-0x3fffff), -0f, 1e-45f, 6, 7, 8, 9, 10, 11, 12, float.NegativeInfinity];
        foreach (LayerNumbering numbering in Enum.GetValues<LayerNumbering>())
        {
            using MemoryStream stream = new();
            SafetensorsWriter.Write(stream, [], [.. new GanParameters(generator, discriminator, values).Tensors(numbering)]);
            SafetensorsFile file = SafetensorsFile.Parse("the.file", stream.ToArray());
            float[] read = [.. NetworkTensors.Read(file, "generator").Values, .. NetworkTensors.Read(file, "discriminator").Values];
            Assert.That(MemoryMarshal.Cast<float, int>(read).ToArray(), Is.EqualTo(MemoryMarshal.Cast<float, int>(values).ToArray()), $"{numbering}");
        }
    }

    [TestCase("F64")]
    [TestCase("F32")]
    [TestCase("F16")]
    [TestCase("BF16")]
    public void Every_type_of_floating_point_numbers_is_read(string type)
    {
        // 1.5, -2 and 2^-14, which all of them have.
        byte[] values = type switch
        {
            "F64" => Bytes([1.5, -2, 0.00006103515625], BinaryPrimitives.WriteDoubleLittleEndian, 8),
            "F32" => Bytes([1.5f, -2, 0.00006103515625f], BinaryPrimitives.WriteSingleLittleEndian, 4),
            "F16" => [0x00, 0x3e, 0x00, 0xc0, 0x00, 0x04],
            _ => [0xc0, 0x3f, 0x00, 0xc0, 0x80, 0x38],
        };
        NetworkTensors read = Read(OneLayer(type, values, values.Length / 3));
        Assert.That((read.Values[0], read.Values[1], read.Values[2], read.Rounded), Is.EqualTo((1.5f, -2f, 0.00006103515625f, 0)));
    }

    [Test]
    public void Doubles_are_rounded_once_and_counted()
    {
        // The first lies just above the middle of two floats: by way of a shorter number it would go down.
        NetworkTensors read = Read(OneLayer("F64", Bytes([1 + Math.ScaleB(1, -24) + Math.ScaleB(1, -50), 0.1, 0.5], BinaryPrimitives.WriteDoubleLittleEndian, 8), 8));
        Assert.That(read.Values, Is.EqualTo(new[] { MathF.BitIncrement(1), 0.1f, 0.5f }));
        Assert.That(read.Rounded, Is.EqualTo(2));
    }

    [TestCase(1e39, "tensor '0.weight' holds 1E+39, which is too large for float32 (at most 3.4e+38)")]
    [TestCase(-1e300, "tensor '0.weight' holds -1E+300, which is too large for float32 (at most 3.4e+38)")]
    public void Doubles_that_are_no_float_are_refused(double value, string problem) =>
        Assert.That(() => Read(OneLayer("F64", Bytes([value, 0, 0], BinaryPrimitives.WriteDoubleLittleEndian, 8), 8)), Throws.Exception.Message.EndsWith(problem));

    [TestCase("I32", 4)]
    [TestCase("BOOL", 1)]
    [TestCase("F8_E4M3", 1)]
    public void Other_types_are_refused(string type, int size) => Assert.That(
        () => Read(OneLayer(type, new byte[3 * size], size)),
        Throws.InstanceOf<FileContentException>().With.Message.EqualTo($"the.file: tensor '0.weight' is of type {type}, not F32, F64, F16, BF16"));

    private static NetworkTensors Read(byte[] bytes) => NetworkTensors.Read(SafetensorsFile.Parse("the.file", bytes), NetworkTensors.Generator);

    // A weight of two numbers and a bias of one.
    private static byte[] OneLayer(string type, byte[] values, int size)
    {
        string header = $$"""
            {"0.weight":{"dtype":"{{type}}","shape":[1,2],"data_offsets":[0,{{2 * size}}]},"0.bias":{"dtype":"{{type}}","shape":[1],"data_offsets":[{{2 * size}},{{3 * size}}]} }
            """;
        byte[] file = SafetensorsBytes.Of(header, values.Length);
        values.CopyTo(file.AsSpan(file.Length - values.Length));
        return file;
    }

    private delegate void Write<T>(Span<byte> bytes, T value);

    private static byte[] Bytes<T>(T[] values, Write<T> write, int size)
    {
        byte[] bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
        {
            write(bytes.AsSpan(i * size), values[i]);
        }

        return bytes;
    }

    private static TestCaseData Case(string expected, string[] metadata, params string[] tensors) =>
        new TestCaseData(expected, metadata, tensors).SetArgDisplayNames(expected, string.Join(' ', metadata.Concat(tensors)));
}
