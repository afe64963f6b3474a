using FsCheck;
using FsCheck.Fluent;

namespace GpuGan.Runner.Tests.Files;

internal sealed class SafetensorsFileTests
{
    private static readonly TestCaseData[] Hostile =
    [
        Bytes("0 bytes are too few", []),
        Bytes("7 bytes are too few", new byte[7]),
        Bytes("its header claims 18446744073709551615 bytes", [255, 255, 255, 255, 255, 255, 255, 255, (byte)'{', (byte)'}']),
        Bytes("its header claims 3 bytes, 2 follow", [3, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']),
        Bytes("is truncated or no safetensors file", [.. "PK\u0003\u0004\0\0\0\0\0\0notes.txt"u8]),
        Bytes("is a pickle, as torch.save writes it; safetensors.torch.save_file(module.state_dict(), ", [.. "PK\u0003\u0004\0\0\u0008\u0008\0\0generator/data.pkl"u8]),
        Bytes("is a pickle, as torch.save writes it", [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20]),
        Bytes("its header is not valid JSON", new byte[16]),
        Header("its header is not valid JSON", "{"),
        Header("its header is not valid JSON", "{\"\\ud800\":{}}"),
        Header("its header is not valid JSON", new string('[', 100)),
        Header("its header is not valid JSON", """{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[],"data_offsets":[4,8]}}""", 8),
        Header("its header is no JSON object", "[]"),
        Header("its header is no JSON object", "null"),
        Header("its __metadata__ is no JSON object", """{"__metadata__":[]}"""),
        Header("its metadata 'x' is no string", """{"__metadata__":{"x":1}}"""),
        Header("tensor 'a' is described by no JSON object", """{"a":1}"""),
        Header("tensor 'a' has an unknown dtype", """{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4),
        Header("tensor 'a' has an unknown dtype", """{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", 4),
        Header("tensor 'a' has an unknown dtype", """{"a":{"dtype":4,"shape":[1],"data_offsets":[0,4]}}""", 4),
        Header("tensor 'a' has no shape", """{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4),
        Header("tensor 'a' has no shape", """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4),
        Header("tensor 'a' has no shape", """{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4),
        Header("tensor 'a' has no shape", """{"a":{"dtype":"F32","shape":[1e400],"data_offsets":[0,4]}}""", 4),
        Header("tensor 'a' has no data_offsets", """{"a":{"dtype":"F32","shape":[1]}}""", 4),
        Header("tensor 'a' has no data_offsets", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4),
        Header("tensor 'a' has no data_offsets", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4),
        Header("tensor 'a' has no data_offsets", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4),
        Header("tensor 'a' has no data_offsets", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}""", 4),
        Header("does not fill its 4 bytes", """{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,4]}}""", 4),
        Header("does not fill its 4 bytes", """{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", 4),
        Header("does not fill its 0 bytes", """{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,0]}}"""),
        Header("is truncated: its tensors take 8 bytes, 4 are there", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4),
        Header("4 bytes after its tensors belong to none", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8),
        Header("tensor 'a' leaves a gap before it", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8),
        Header("tensor 'b' overlaps another", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8),
    ];

    [TestCaseSource(nameof(Hostile))]
    public void A_file_that_lies_is_told_by_name(string problem, byte[] bytes) =>
        Assert.That(
            () => SafetensorsFile.Parse("the.file", bytes),
            Throws.InstanceOf<FileContentException>().With.Message.StartsWith("the.file: ").And.Message.Contains(problem));

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property No_change_of_a_file_makes_the_reader_fail_otherwise()
    {
        byte[] valid = SafetensorsBytes.Of(
            """{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}}""", 16);
        Gen<byte[]> mutants =
            from count in Gen.Choose(1, 4)
            from changes in Gen.Two(Gen.Choose(0, valid.Length - 1)).ListOf(count)
            from values in Gen.Choose(0, 255).ListOf(count)
            from length in Gen.Frequency((3, Gen.Constant(valid.Length)), (1, Gen.Choose(0, valid.Length)))
            select Mutate(valid, [.. changes.Select(change => change.Item1)], [.. values], length);
        return Prop.ForAll(Arb.From(mutants), bytes =>
        {
            try
            {
                SafetensorsFile file = SafetensorsFile.Parse("the.file", bytes);
                _ = file.Names.Contains("a") ? file.Floats("a", 2, 1) : [];
                return true;
            }
            catch (FileContentException)
            {
                return true;
            }
        });
    }

    [Test]
    public void Values_are_read_by_type_and_shape()
    {
        byte[] bytes = SafetensorsBytes.Of(
            """{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]},"b":{"dtype":"F64","shape":[],"data_offsets":[0,8]}}""", 16);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 16), 1.5);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 8), 2.5f);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), -0f);
        SafetensorsFile file = SafetensorsFile.Parse("the.file", bytes);
        Assert.Multiple(() =>
        {
            Assert.That(file.Floats("a", 2), Is.EqualTo(new[] { 2.5f, -0f }));
            Assert.That(file.Doubles("a", 2), Is.EqualTo(new[] { 2.5, -0.0 }));
            Assert.That(file.Doubles("b"), Is.EqualTo(new[] { 1.5 }));
            Assert.That(() => file.Floats("b"), Throws.Exception.Message.EqualTo("the.file: tensor 'b' is of type F64, not F32"));
            Assert.That(() => file.Floats("a", 1, 2), Throws.Exception.Message.EqualTo("the.file: tensor 'a' has the shape [2], not [1, 2]"));
            Assert.That(() => file.Floats("c", 1), Throws.Exception.Message.EqualTo("the.file: has no tensor 'c'"));
        });
    }

    private static byte[] Mutate(byte[] valid, int[] places, int[] values, int length)
    {
        byte[] mutant = [.. valid];
        foreach ((int place, int value) in places.Zip(values))
        {
            mutant[place] = (byte)value;
        }

        return mutant[..length];
    }

    private static TestCaseData Bytes(string problem, byte[] bytes) => new TestCaseData(problem, bytes).SetArgDisplayNames(problem);

    private static TestCaseData Header(string problem, string header, int dataBytes = 0) =>
        new TestCaseData(problem, SafetensorsBytes.Of(header, dataBytes)).SetArgDisplayNames(problem, header.Length > 60 ? header[..60] : header);
}
