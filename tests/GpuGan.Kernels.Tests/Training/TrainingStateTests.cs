using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Training;

/// <summary>A training that goes on from a state, in either engine, is the one that was never interrupted.</summary>
[TestFixture]
public class TrainingStateTests
{
    private const int Rows = 27, Before = 2, Epochs = 5;

    // A decay, shuffled rows, a short last batch and a latent width of its own: all that depends on step or epoch.
    private static readonly TrainingSettings Settings = new()
    {
        Seed = 9,
        Generator = new Network(3, 4, 2),
        LrDecay = 0.7,
        Shuffle = true,
        Epochs = Epochs,
    };

    private static readonly DataSet Data = Gaussian.Chapter.Sample(seed: 9, Rows);

    private Device device = null!;

    [OneTimeSetUp]
    public void OpenDevice() => device = Device.Open("cpu");

    [OneTimeTearDown]
    public void CloseDevice() => device.Dispose();

    [Test]
    public void Each_engine_goes_on_from_each([Values] bool compiledBefore, [Values] bool compiledAfter)
    {
        (TrainingState whole, EpochLosses last) = Train(compiledAfter, null, Epochs);
        (TrainingState half, _) = Train(compiledBefore, null, Before);
        (TrainingState resumed, EpochLosses lastResumed) = Train(compiledAfter, half, Epochs - Before);
        Assert.That(Bits.Of(lastResumed), Is.EqualTo(Bits.Of(last)));
        AssertSame(resumed, whole);
    }

    [Test]
    public void Both_engines_have_the_same_state() => AssertSame(Train(true, null, Before).State, Train(false, null, Before).State);

    [Test]
    public void Every_part_of_the_state_matters()
    {
        TrainingState half = Train(compiled: false, null, Before).State;
        string right = Train(compiled: false, half, 1).State.Parameters.Sha256;
        TrainingState[] wrong =
        [
            half with { Steps = half.Steps + Settings.StepsPerEpoch(Rows) },
            half with { Optimizer = [half.Optimizer[1], half.Optimizer[1]] },
            half with { Optimizer = [half.Optimizer[0], half.Optimizer[0]] },
            half with { PowersD = new(half.PowersD.Beta1, half.PowersD.Beta1), PowersG = new(half.PowersD.Beta1, half.PowersD.Beta1) },
        ];
        Assert.Multiple(() =>
        {
            foreach (TrainingState state in wrong)
            {
                Assert.That(Train(compiled: false, state, 1).State.Parameters.Sha256, Is.Not.EqualTo(right));
                Assert.That(Train(compiled: true, state, 1).State.Parameters.Sha256, Is.Not.EqualTo(right));
            }
        });
    }

    [Test]
    public void A_state_that_does_not_fit_is_refused([Values] bool compiled)
    {
        TrainingState half = Train(compiled, null, Before).State;
        GanParameters other = new(new Network(2, 2), Settings.Discriminator, new float[6 + Settings.Discriminator.ParameterCount]);
        GanParameters broken = new(Settings.Generator, Settings.Discriminator, [.. half.Parameters.Values]);
        broken.Values[3] = float.NaN;
        Assert.Multiple(() =>
        {
            Refused(half with { Steps = half.Steps + 1 }, "step 9 is not the end of an epoch of 4 steps");
            Refused(half with { Optimizer = [other, other] }, "the state is of 2-2 and 2-5-3-1, the training of 3-4-2 and 2-5-3-1");
            Refused(half with { Parameters = broken }, "a parameter of the state is not finite");
        });

        void Refused(TrainingState state, string problem) =>
            Assert.That(() => Train(compiled, state, 1), Throws.ArgumentException.With.Message.StartsWith(problem));
    }

    [Test]
    public void Within_an_epoch_there_is_no_state()
    {
        using CompiledTrainer compiled = new(new CompiledKernels(device, Settings, Data), [Settings]);
        compiled.Train(3, withLosses: true);
        Assert.That(compiled.ReadStates, Throws.ArgumentException.With.Message.EqualTo("step 3 is not the end of an epoch of 4 steps"));
        using StepwiseTrainer stepwise = new(device, Settings, Data);
        stepwise.TrainStep(new float[24]);
        Assert.That(stepwise.ReadState, Throws.ArgumentException.With.Message.EqualTo("step 1 is not the end of an epoch of 4 steps"));
    }

    [Test]
    public void Every_member_of_a_population_goes_on()
    {
        TrainingSettings[] members = [.. Enumerable.Range(0, 19).Select(i => Settings with { Seed = (ulong)i, LrG = 0.001 * i })];
        CompiledKernels kernels = new(device, Settings, Gaussian.Chapter, Rows);
        using CompiledTrainer whole = new(kernels, members), half = new(kernels, members), resumed = new(kernels, members);
        whole.Train(Epochs * whole.StepsPerEpoch, withLosses: true);
        half.Train(Before * half.StepsPerEpoch, withLosses: false);
        resumed.WriteStates(half.ReadStates());
        resumed.Train((Epochs - Before) * resumed.StepsPerEpoch, withLosses: true);
        Assert.That(Bits.Of(resumed.ReadLosses()), Is.EqualTo(Bits.Of(whole.ReadLosses())));
        Assert.That(
            resumed.ReadParameters().Select(parameters => parameters.Sha256),
            Is.EqualTo(whole.ReadParameters().Select(parameters => parameters.Sha256)));
    }

    private (TrainingState State, EpochLosses Last) Train(bool compiled, TrainingState? from, int epochs)
    {
        EpochLosses last = null!;
        if (!compiled)
        {
            using StepwiseTrainer stepwise = new(device, Settings, Data);
            if (from is not null)
            {
                stepwise.WriteState(from);
            }

            for (int epoch = 0; epoch < epochs; epoch++)
            {
                last = stepwise.TrainEpoch();
            }

            return (stepwise.ReadState(), last);
        }

        using CompiledTrainer trainer = new(new CompiledKernels(device, Settings, Data), [Settings]);
        if (from is not null)
        {
            trainer.WriteStates([from]);
        }

        trainer.Train(epochs * trainer.StepsPerEpoch, withLosses: true);
        return (trainer.ReadStates()[0], trainer.ReadLosses()[0]);
    }

    private static void AssertSame(TrainingState actual, TrainingState expected) => Assert.Multiple(() =>
    {
        Assert.That(actual.Steps, Is.EqualTo(expected.Steps));
        Assert.That(actual.Parameters.Sha256, Is.EqualTo(expected.Parameters.Sha256));
        Assert.That(actual.Optimizer.Select(word => word.Sha256), Is.EqualTo(expected.Optimizer.Select(word => word.Sha256)));
        Assert.That(actual.Averages?.Sha256, Is.EqualTo(expected.Averages?.Sha256));
        Assert.That((actual.PowersD, actual.PowersG), Is.EqualTo((expected.PowersD, expected.PowersG)));
    });
}
