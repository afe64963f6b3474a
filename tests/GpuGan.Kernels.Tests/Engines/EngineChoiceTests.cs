using System.Globalization;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Engines;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Engines;

/// <summary>What <c>--engine auto</c> takes, against what bench/engines.sh measured of both engines.</summary>
[TestFixture]
internal sealed class EngineChoiceTests
{
    // What it may cost to take the other one.
    private const double MostLost = 0.2;

    // So that compiling does not count.
    private const int LongTraining = 1_000_000;

    private static readonly string[] Lines = File.ReadAllLines(Path.Join(AppContext.BaseDirectory, "Docs", "engines.csv"))[1..];

    [TestCaseSource(nameof(Lines))]
    public void It_is_never_much_slower_than_the_other(string line)
    {
        string[] fields = line.Split(',');
        (int population, int batch) = (Number(fields[0]), Number(fields[3]));
        TrainingSettings settings = new() { Generator = Network.Parse(fields[1]), Discriminator = Network.Parse(fields[2]), BatchSize = batch, Epochs = LongTraining };
        double compiled = double.Parse(fields[4], CultureInfo.InvariantCulture), tiled = double.Parse(fields[5], CultureInfo.InvariantCulture);
        using Device device = Device.Open("cpu", threads: 1);
        Engine chosen = population == 1 ? EngineChoice.OfOne(device, settings, rows: 1000) : EngineChoice.OfMany(settings);
        double rate = chosen == Engine.Tiled ? tiled : compiled;
        Assert.That(rate / Math.Max(compiled, tiled), Is.InRange(1 - MostLost, 1), $"{chosen}");

        static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);
    }

    [TestCase(20, ExpectedResult = Engine.Tiled)]
    [TestCase(10_000, ExpectedResult = Engine.Compiled)]
    public object A_training_that_is_over_soon_is_not_compiled_for(int epochs)
    {
        using Device device = Device.Open("cpu", threads: 1);
        return EngineChoice.OfOne(device, new TrainingSettings { Epochs = epochs }, rows: 1000);
    }

    [Test]
    public void Both_engines_were_the_quicker_one_somewhere() => Assert.That(
        Lines.Select(line => line.Split(',')).Select(fields => Math.Sign(double.Parse(fields[4], CultureInfo.InvariantCulture) - double.Parse(fields[5], CultureInfo.InvariantCulture))).Distinct(),
        Is.EquivalentTo([1, -1]));
}
