using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Files;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests;

/// <summary>The way in for one GAN: every engine, from the first epoch to a file and back.</summary>
[TestFixture]
public class GanTests
{
    private static readonly TrainingSettings Settings = new() { Seed = 7, LrG = 0.01, Epochs = 3 };

    private static readonly DataSet Data = Gaussian.Chapter.Sample(seed: 7, rows: 100);

    private string file = "";

    [SetUp]
    public void NameFile() => file = Path.Join(Path.GetTempPath(), $"gpugan-{Guid.NewGuid()}.safetensors");

    [TearDown]
    public void DeleteFile() => File.Delete(file);

    [Test]
    public void Every_engine_comes_to_the_same([Values] Engine engine)
    {
        using Device device = Device.Open("cpu");
        using StepwiseTrainer stepwise = new(device, Settings, Data);
        EpochLosses[] losses = [stepwise.TrainEpoch(), stepwise.TrainEpoch(), stepwise.TrainEpoch()];
        TrainedGan gan = Gan.Train(Data, Settings, new GanOptions { Devices = ["cpu"], Engine = engine });
        Assert.Multiple(() =>
        {
            Assert.That(gan.Parameters.Sha256, Is.EqualTo(stepwise.ReadParameters().Sha256));
            Assert.That(gan.Losses.Select(Bits.Of), Is.EqualTo(losses.Select(Bits.Of)));
            Assert.That(gan.Verdict, Is.EqualTo(Evaluation.Of(Gaussian.Chapter).Judge(gan.Parameters, Settings.Seed)), "drawn rows are judged by their distribution");
        });
    }

    [Test]
    public void A_training_goes_on_in_another_engine()
    {
        using ITrainer first = Gan.Begin(Data, Settings, new GanOptions { Engine = Engine.Compiled }), second = Gan.Begin(Data, Settings, new GanOptions { Engine = Engine.Tiled });
        first.TrainEpoch();
        second.WriteState(first.ReadState());
        second.TrainEpoch();
        second.TrainEpoch();
        Assert.That((first.Engine, second.Engine, second.Epochs), Is.EqualTo((Engine.Compiled, Engine.Tiled, 3)));
        Assert.That(second.ReadParameters().Sha256, Is.EqualTo(Gan.Train(Data, Settings).Parameters.Sha256));
    }

    [Test]
    public async Task Progress_has_totals_and_ends_at_all_of_them()
    {
        Reports<TrainingProgress> reports = new();
        await Gan.TrainAsync(Data, Settings, progress: reports);
        Assert.That(reports.All.Select(one => (one.Steps, one.TotalSteps, one.Members, one.Losses!.Epoch)), Is.EqualTo(new[] { (13L, 39L, 0, 1), (26L, 39L, 0, 2), (39L, 39L, 1, 3) }));
        Assert.That(reports.All[^1].StepsPerSecond, Is.Positive);
    }

    [Test]
    public void A_training_ends_when_it_is_cancelled()
    {
        using CancellationTokenSource stop = new();
        Reports<TrainingProgress> reports = new(_ => stop.Cancel());
        Assert.That(() => Gan.Train(Data, Settings, progress: reports, cancellation: stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(reports.All, Has.Count.EqualTo(1));
    }

    [Test]
    public void What_is_saved_is_loaded_with_its_settings()
    {
        TrainingSettings settings = Settings with { Generator = "3-4-2", Discriminator = "2-4-1", GEma = 0.5, R1 = 0.1 };
        TrainedGan gan = Gan.Train(DataSet.Of(Data.Values, 2, "width", "height"), settings);
        gan.Save(file);
        GanModel loaded = GanModel.Load(file);
        Assert.Multiple(() =>
        {
            Assert.That(loaded.Settings, Is.EqualTo(settings));
            Assert.That(loaded.Names, Is.EqualTo(new[] { "width", "height" }));
            Assert.That(loaded.Sample(10).Values, Is.EqualTo(gan.Sample(10).Values), "of the average");
            Assert.That(loaded.Parameters.DiscriminatorValues.ToArray(), Is.EqualTo(gan.Parameters.DiscriminatorValues.ToArray()));
            Assert.That(loaded.Judge(Data), Is.EqualTo(gan.Judge(Data)));
        });
    }

    [Test]
    public void A_file_that_is_no_GAN_is_refused_with_its_name()
    {
        File.WriteAllText(file, "nothing");
        Assert.That(() => GanModel.Load(file), Throws.InstanceOf<FileContentException>().With.Message.StartsWith(file));
    }

    [Test]
    public void A_divergence_is_told()
    {
        TrainedGan gan = Gan.Train(Data, Settings with { LrG = 3e38, LrD = 3e38 });
        Assert.That((gan.DivergedAt is not null, gan.Verdict.Converged, gan.Parameters.AllFinite), Is.EqualTo((true, false, false)));
    }

    [Test]
    public void Points_on_the_way_are_kept_where_they_are_asked_for()
    {
        TrainedGan gan = Gan.Train(Data, Settings, new GanOptions { History = new History(2) });
        Assert.That(gan.History.Select(point => point.Epoch), Is.EqualTo(new[] { 2, 3 }));
        Assert.That(gan.History[^1].Parameters, Is.EqualTo(gan.Parameters.GeneratorValues.ToArray()));
    }

    [Test]
    public void Parameters_to_begin_with_are_begun_with([Values(Engine.Compiled, Engine.Tiled, Engine.Stepwise)] Engine engine)
    {
        GanParameters start = Gan.Train(Data, Settings with { Seed = 1 }).Parameters;
        using ITrainer trainer = Gan.Begin(Data, Settings, new GanOptions { Start = start, Engine = engine });
        Assert.That(trainer.ReadParameters().Sha256, Is.EqualTo(start.Sha256));
    }

    [Test]
    public void Networks_that_do_not_fit_are_refused_by_their_setting() =>
        Assert.That(
            () => Gan.Train(Data, Settings with { Generator = "2-3" }),
            Throws.InstanceOf<InvalidSettingException>().With.Property("Setting").EqualTo("Generator")
                .And.Message.EqualTo("Generator 2-3 does not fit: the data have 2 columns, so its last width must be 2"));

    [TestCase("gpu", "Devices gpu names what is no accelerator; write auto, cpu, cuda, cuda:N, opencl or opencl:N")]
    [TestCase(null, "Devices names no accelerator; write auto, cpu, cuda, cuda:N, opencl or opencl:N")]
    public void A_device_that_there_cannot_be_is_refused_by_its_setting(string? word, string message) =>
        Assert.That(
            () => Gan.Train(Data, Settings, new GanOptions { Devices = word is null ? [] : [word] }),
            Throws.InstanceOf<InvalidSettingException>().With.Property("Setting").EqualTo("Devices").And.Message.EqualTo(message));

    [Test]
    public void The_CPU_is_among_the_devices() => Assert.That(Gan.Devices, Has.Member("cpu"));
}
