using System.Buffers.Binary;
using System.Text.Json;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Tests.Files;

/// <summary>Reads what was written by code that shares nothing with our reader.</summary>
internal sealed class SafetensorsWriterTests
{
    [Test]
    public void Tensors_have_the_names_shapes_and_places_of_PyTorch()
    {
        Network generator = new(3, 2), discriminator = new(2, 1);
        float[] values = [.. Enumerable.Range(0, generator.ParameterCount + discriminator.ParameterCount).Select(i => i + 0.5f)];
        using MemoryStream stream = new();
        SafetensorsWriter.Write(stream, [KeyValuePair.Create("seed", "7 \"ü\"")], [.. new GanParameters(generator, discriminator, values).Tensors(LayerNumbering.Layers)]);

        byte[] file = stream.ToArray();
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        Assert.Multiple(() =>
        {
            Assert.That((8 + headerLength) % 8, Is.Zero, "the values begin at a multiple of 8");
            Assert.That(header.RootElement.GetProperty("__metadata__").GetProperty("seed").GetString(), Is.EqualTo("7 \"ü\""));
            Assert.That(
                header.RootElement.EnumerateObject().Select(tensor => tensor.Name),
                Is.EqualTo(new[] { "__metadata__", "generator.0.weight", "generator.0.bias", "discriminator.0.weight", "discriminator.0.bias" }));
            Assert.That(header.RootElement.GetProperty("generator.0.weight").GetProperty("dtype").GetString(), Is.EqualTo("F32"));
            Assert.That(Numbers("generator.0.weight", "shape"), Is.EqualTo(new[] { 2, 3 }), "[out, in]");
            Assert.That(Numbers("generator.0.weight", "data_offsets"), Is.EqualTo(new[] { 0, 24 }));
            Assert.That(Numbers("generator.0.bias", "data_offsets"), Is.EqualTo(new[] { 24, 32 }));
            Assert.That(Numbers("discriminator.0.bias", "data_offsets"), Is.EqualTo(new[] { 40, 44 }));
            Assert.That(file, Has.Length.EqualTo(8 + headerLength + 44));
            Assert.That(BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + headerLength + 24)), Is.EqualTo(6.5f));
        });

        int[] Numbers(string tensor, string key) =>
            [.. header.RootElement.GetProperty(tensor).GetProperty(key).EnumerateArray().Select(number => number.GetInt32())];
    }
}
