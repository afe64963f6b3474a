using FsCheck;
using FsCheck.Fluent;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests.Files;

internal sealed class WeightsFileTests
{
    private static readonly GanParameters Parameters = new(new Network(1, 3, 2), new Network(2, 2, 1), [.. Enumerable.Range(1, 23).Select(i => i / 8f)]);

    private static readonly string[] Foreign = ["0.weight:3x1", "0.bias:3", "2.weight:2x3", "2.bias:2"];

    [Test]
    public void Layers_are_numbered_as_in_an_nn_Sequential()
    {
        SafetensorsFile file = SafetensorsFile.Parse("the.file", Written());
        Assert.That(file.Metadata["layer_numbering"], Is.EqualTo("sequential"));
        Assert.That(file.Names, Is.EqualTo(new[]
        {
            "generator.0.weight", "generator.0.bias", "generator.2.weight", "generator.2.bias",
            "discriminator.0.weight", "discriminator.0.bias", "discriminator.2.weight", "discriminator.2.bias",
        }));
    }

    [Test]
    public void Networks_come_back_with_what_there_is_to_know_of_them()
    {
        WeightsFile file = WeightsFile.Parse("the.file", Written(), Words.Option);
        TrainedNetwork generator = file.Network("generator"), discriminator = file.Network("discriminator");
        Assert.Multiple(() =>
        {
            Assert.That((generator.Shape, discriminator.Shape), Is.EqualTo((Parameters.Generator with { Hidden = generator.Shape.Hidden }, Parameters.Discriminator with { Hidden = generator.Shape.Hidden })));
            Assert.That(generator.Values.Concat(discriminator.Values), Is.EqualTo(Parameters.Values));
            Assert.That((generator.Shape.Hidden.Word, discriminator.Shape.Hidden.Word), Is.EqualTo(("leaky-relu", "leaky-relu")));
            Assert.That(file.Seed, Is.EqualTo(7));
            Assert.That(file.ColumnsOf(generator), Is.EqualTo(new[] { "a", "b" }));
        });
    }

    [Test]
    public void A_file_that_numbers_layers_alone_is_read_as_before()
    {
        // As the program wrote them before layers were numbered as PyTorch does.
        using MemoryStream stream = new();
        SafetensorsWriter.Write(
            stream,
            new Dictionary<string, string> { ["generator"] = "1-3-2", ["discriminator"] = "2-2-1", ["hidden_activation"] = "relu", ["seed"] = "3" },
            [.. Parameters.Tensors(LayerNumbering.Layers)]);
        WeightsFile file = WeightsFile.Parse("the.file", stream.ToArray(), Words.Option);
        Assert.That(file.Network("generator").Values.Concat(file.Network("discriminator").Values), Is.EqualTo(Parameters.Values));
        Assert.That((file.Seed, file.Network("generator").Shape.Hidden.Word), Is.EqualTo((3UL, "relu")));
    }

    [Test]
    public void A_network_alone_has_the_names_of_its_state_dict_and_the_settings()
    {
        WeightsFile both = WeightsFile.Parse("the.file", Written(), Words.Option);
        using MemoryStream stream = new();
        both.WriteAlone(stream, "discriminator", both.Network("discriminator"));
        SafetensorsFile file = SafetensorsFile.Parse("alone", stream.ToArray());
        Assert.Multiple(() =>
        {
            Assert.That(file.Names, Is.EqualTo(new[] { "0.weight", "0.bias", "2.weight", "2.bias" }));
            Assert.That(file.Metadata["network"], Is.EqualTo("discriminator"));
            Assert.That(WeightsFile.Parse("alone", stream.ToArray()).Network("discriminator").Values, Is.EqualTo(Parameters.DiscriminatorValues.ToArray()));
            Assert.That(
                () => WeightsFile.Parse("alone", stream.ToArray()).Network("generator"),
                Throws.Exception.Message.EqualTo("alone: has no generator: it is a discriminator alone"));
        });
    }

    [Test]
    public void A_file_of_another_program_has_shapes_alone()
    {
        WeightsFile file = WeightsFile.Parse("the.file", SafetensorsBytes.Counting([], Foreign), Words.Option);
        TrainedNetwork generator = file.Network("generator", default(SigmoidActivation));
        Assert.That(($"{generator.Shape}", generator.Shape.Hidden.Word, file.Seed), Is.EqualTo(("1-3-2", "sigmoid", 0UL)));
        Assert.That(file.ColumnsOf(generator), Is.EqualTo(new[] { "x1", "x2" }));
        Assert.That(
            () => file.Network("generator"),
            Throws.InstanceOf<FileContentException>().With.Message.EqualTo(
                "the.file: does not say what stands between the layers of its generator 1-3-2; add --hidden-activation tanh|relu|leaky-relu[:SLOPE]|sigmoid|identity"));
    }

    [Test]
    public void A_single_layer_needs_no_activation() =>
        Assert.That(WeightsFile.Parse("the.file", SafetensorsBytes.Counting([], "0.weight:3x1", "0.bias:3")).Network("generator").Shape.Hidden, Is.EqualTo(default(IdentityActivation)));

    [TestCase("generator=1-3-2,hidden_activation=relu", "its metadata hidden_activation is relu, not tanh; leave --hidden-activation out")]
    [TestCase("generator=1-4-2", "its metadata generator is 1-4-2, its tensors are 1-3-2")]
    [TestCase("generator=1-x", "its metadata generator '1-x' cannot be read")]
    [TestCase("hidden_activation=gelu", "its metadata hidden_activation 'gelu' cannot be read")]
    [TestCase("seed=-1", "its metadata seed '-1' cannot be read")]
    [TestCase("columns=[]", "names 0 columns for a generator of 2")]
    [TestCase("columns=[1]", "its metadata columns '[1]' cannot be read")]
    [TestCase("columns=[null]", "its metadata columns '[null]' cannot be read")]
    public void Metadata_that_contradict_are_told(string metadata, string problem) => Assert.That(
        () =>
        {
            WeightsFile file = WeightsFile.Parse("the.file", SafetensorsBytes.Counting(metadata.Split(','), Foreign), Words.Option);
            file.ColumnsOf(file.Network("generator", default(TanhActivation)));
        },
        Throws.InstanceOf<FileContentException>().With.Message.EqualTo($"the.file: {problem}"));

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property No_change_of_a_file_makes_it_fail_otherwise()
    {
        byte[] valid = Written();
        Gen<byte[]> mutants =
            from changes in Gen.Zip(Gen.Choose(8, valid.Length - 1), Gen.Choose(32, 126)).ListOf(3)
            select Mutated(valid, changes);
        return Prop.ForAll(Arb.From(mutants), bytes =>
        {
            try
            {
                WeightsFile file = WeightsFile.Parse("the.file", bytes, Words.Option);
                _ = (file.ColumnsOf(file.Network("generator", default(TanhActivation))), file.Network("discriminator", default(TanhActivation)));
                return true;
            }
            catch (FileContentException)
            {
                return true;
            }
        });
    }

    private static byte[] Mutated(byte[] valid, IEnumerable<(int Place, int Value)> changes)
    {
        byte[] mutant = [.. valid];
        foreach ((int place, int value) in changes)
        {
            mutant[place] = (byte)value;
        }

        return mutant;
    }

    private static byte[] Written()
    {
        using MemoryStream stream = new();
        WeightsFile.Write(
            stream,
            Parameters,
            Parameters,
            new Dictionary<string, string> { ["generator"] = "1-3-2", ["discriminator"] = "2-2-1", ["hidden_activation"] = "leaky-relu", ["seed"] = "7" },
            ["a", "b"],
            Standardization.None);
        return stream.ToArray();
    }
}
