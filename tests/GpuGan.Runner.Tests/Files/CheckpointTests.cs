using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Optimizers;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;

namespace GpuGan.Runner.Tests.Files;

internal sealed class CheckpointTests
{
    private const int Rows = 20;

    private static readonly TrainingSettings Settings = new() { Seed = 4 };

    private static readonly LearnedData Data = LearnedData.Drawn(Gaussian.Chapter, seed: 4, Rows);

    private static readonly IReadOnlyDictionary<string, string> Identity = Checkpoint.IdentityOf(Settings, Data, dataSeed: null);

    // Two epochs of three steps, with numbers that are easily lost: a negative zero, a denormal, an infinite moment, a loss that is none.
    private static readonly Checkpoint Some = new(
        new TrainingState(
            6,
            Values(-0f, 1e-45f),
            [Values(float.MaxValue, -1e-45f), Values(float.PositiveInfinity, 0)],
            null,
            new DecayPowers<float>(new(0.5f, 1e-9f), new(0.99f, -1e-10f)),
            new DecayPowers<float>(new(0.25f, 1e-8f), new(0.98f, -1e-11f))),
        [new EpochLosses(1, 0.7f, float.NaN, 0.6f, float.PositiveInfinity), new EpochLosses(2, 1, 2, 3, 4)]);

    [Test]
    public void Every_bit_comes_back()
    {
        using TemporaryFolder folder = new();
        Checkpoint read = Read(folder, BytesOf(Some));
        Assert.Multiple(() =>
        {
            Assert.That(BytesOf(read), Is.EqualTo(BytesOf(Some)));
            Assert.That(read.State.Steps, Is.EqualTo(6));
            Assert.That(read.State.Parameters.Sha256, Is.EqualTo(Some.State.Parameters.Sha256));
            Assert.That(read.State.Optimizer.Select(word => word.Sha256), Is.EqualTo(Some.State.Optimizer.Select(word => word.Sha256)));
            Assert.That((read.State.PowersD, read.State.PowersG), Is.EqualTo((Some.State.PowersD, Some.State.PowersG)));
            Assert.That(Bits.Of(read.Losses), Is.EqualTo(Bits.Of(Some.Losses)));
        });
    }

    [Test]
    public void The_number_of_epochs_is_no_part_of_what_must_be_equal() =>
        Assert.That(Checkpoint.IdentityOf(Settings with { Epochs = 7 }, Data, null), Is.EquivalentTo(Identity));

    [Test]
    public void What_an_older_version_wrote_is_read()
    {
        // It knew the rows by their floats.
        using TemporaryFolder folder = new();
        string floats = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(Data.Rows.Values.AsSpan())));
        Assert.That(floats, Is.Not.EqualTo(Data.Real.Sha256));
        Assert.That(Read(folder, Older(floats)).State.Steps, Is.EqualTo(6));
        Assert.That(() => Read(folder, Older(Data.Real.Sha256)), Throws.InstanceOf<FileContentException>().With.Message.Contains("is of another training: it has the data_sha256"));
    }

    [Test]
    public void Shuffled_rows_are_another_training()
    {
        using TemporaryFolder folder = new();
        Assert.That(() => Read(folder, BytesOf(Some), shuffle: true), Throws.InstanceOf<FileContentException>().With.Message.EndsWith("is of another training: it has the shuffle 'false', this run 'true'"));

        // What is older than shuffling took the rows in their order.
        byte[] older = Older(Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(Data.Rows.Values.AsSpan()))), "shuffle");
        Assert.That(Read(folder, older).State.Steps, Is.EqualTo(6));
        Assert.That(() => Read(folder, older, shuffle: true), Throws.InstanceOf<FileContentException>().With.Message.Contains("is of another training: it has the shuffle 'false'"));
    }

    [Test]
    public void Standardised_rows_are_other_rows()
    {
        LearnedData standardised = LearnedData.Of(Data.Real, standardize: true);
        Assert.That(Checkpoint.IdentityOf(Settings, standardised, null), Is.Not.EquivalentTo(Identity));
    }

    [Test]
    public void A_parameter_that_is_not_finite_is_refused()
    {
        using TemporaryFolder folder = new();
        byte[] bytes = BytesOf(Some with { State = Some.State with { Parameters = Values(float.NaN, 0) } });
        Assert.That(() => Read(folder, bytes), Throws.InstanceOf<FileContentException>().With.Message.EndsWith(
            "a parameter is not finite; a training that diverged does not go on"));
    }

    [Test]
    public void A_file_that_was_cut_off_anywhere_is_refused()
    {
        using TemporaryFolder folder = new();
        byte[] whole = BytesOf(Some);
        for (int length = 0; length < whole.Length; length += 13)
        {
            Assert.That(() => Read(folder, whole[..length]), Throws.InstanceOf<FileContentException>(), $"{length} bytes");
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property No_change_of_a_file_makes_the_reader_fail_otherwise()
    {
        byte[] whole = BytesOf(Some);
        Gen<(int Place, int Value)[]> changes = Gen.Zip(Gen.Choose(0, whole.Length - 1), Gen.Choose(0, 255)).ArrayOf(3);
        return Prop.ForAll(Arb.From(changes), places =>
        {
            using TemporaryFolder folder = new();
            byte[] changed = [.. whole];
            foreach ((int place, int value) in places)
            {
                changed[place] = (byte)value;
            }

            try
            {
                return Read(folder, changed).Losses.Count == 2;
            }
            catch (FileContentException exception)
            {
                return exception.Message.StartsWith(folder.Path, StringComparison.Ordinal);
            }
        });
    }

    private static GanParameters Values(float first, float last)
    {
        float[] values = new float[Settings.Generator.ParameterCount + Settings.Discriminator.ParameterCount];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i / 7f;
        }

        (values[0], values[^1]) = (first, last);
        return new GanParameters(Settings.Generator, Settings.Discriminator, values);
    }

    private static byte[] BytesOf(Checkpoint checkpoint)
    {
        using MemoryStream stream = new();
        checkpoint.Write(stream, Identity);
        return stream.ToArray();
    }

    private static byte[] Older(string hash, params string[] lacking)
    {
        Dictionary<string, string> identity = new(Identity) { ["data_sha256"] = hash };
        foreach (string name in lacking.Append("standardize"))
        {
            identity.Remove(name);
        }

        using MemoryStream stream = new();
        Some.Write(stream, identity);
        return System.Text.Encoding.Latin1.GetBytes(System.Text.Encoding.Latin1.GetString(stream.ToArray()).Replace("\"checkpoint\":\"3\"", "\"checkpoint\":\"1\"", StringComparison.Ordinal));
    }

    private static Checkpoint Read(TemporaryFolder folder, byte[] bytes, bool shuffle = false)
    {
        File.WriteAllBytes(folder["checkpoint.safetensors"], bytes);
        return Checkpoint.Read(folder["checkpoint.safetensors"], Settings with { Shuffle = shuffle }, Data, dataSeed: null);
    }
}
