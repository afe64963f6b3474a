using System.Diagnostics;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Engines;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Trainings;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Reproductions;

/// <summary>Trains what commands say, so that the command that is printed cannot be another than the one that was trained.</summary>
/// <param name="Device">Where.</param>
internal sealed record Laboratory(Device Device)
{
    /// <summary>What trains, where the kind of training leaves a choice.</summary>
    public Engine Engine { get; init; }

    /// <summary>Trainings of each setting of which there are several; null for the reproduction's own number.</summary>
    public int? Seeds { get; init; }

    /// <summary>How long a reproduction may take that has no end of its own.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Takes what is done at present.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>Threads of the CPU that may be used.</summary>
    public int Threads => Device.HasVectors ? Device.Multiprocessors : Environment.ProcessorCount;

    /// <summary>The parameters that one GAN begins with, and those after each epoch.</summary>
    /// <param name="command">As many epochs as it has; a divergence ends it.</param>
    public IReadOnlyList<GanParameters> Orbit(string command)
    {
        Tell(command);
        TrainArguments arguments = Parse(command);
        (ITrainer training, TrainingSettings settings) = Begin(arguments);
        using (training)
        {
            List<GanParameters> states = [training.ReadParameters()];
            while (states.Count <= settings.Epochs && training.DivergedAt is null)
            {
                training.TrainEpoch();
                states.Add(training.ReadParameters());
            }

            return states;
        }
    }

    /// <summary>Trains a population.</summary>
    /// <param name="command">Has the option <c>--population</c>.</param>
    public IReadOnlyList<TrainedMember> Population(string command)
    {
        Tell(command);
        TrainArguments arguments = Parse(command);
        TrainingSettings settings = arguments.Validate(arguments.Distribution.Columns, ExitCode.Usage).ForRows(arguments.Rows);
        IPopulation population = PopulationTraining.Of(arguments, PopulationTraining.EngineOf(arguments, settings), Device, settings, null, arguments.Rows);
        long done = 0, all = population.Count * population.StepsPerMember;
        return [.. population.Train(Evaluation.Of(arguments.Distribution, arguments.Limits), steps => Tell(FormattableString.Invariant($"{100.0 * (done += steps) / all:f0} % of {command}")))];
    }

    /// <summary>Trains one GAN for some time.</summary>
    /// <param name="command">What it would be in full.</param>
    /// <param name="time">Ends it after an epoch.</param>
    /// <returns>The generator as it is then, its steps, those that it should have, and how many it makes in a second.</returns>
    public (Verdict Verdict, int Steps, int AllSteps, double StepsPerSecond) TrainFor(string command, TimeSpan time)
    {
        TrainArguments arguments = Parse(command);
        (ITrainer training, TrainingSettings settings) = Begin(arguments);
        using (training)
        {
            int stepsPerEpoch = settings.StepsPerEpoch(arguments.Rows), epochs = 0;
            long start = Stopwatch.GetTimestamp();
            do
            {
                Tell(FormattableString.Invariant($"{100.0 * epochs / settings.Epochs:f1} % of {command}"));
                training.TrainEpoch();
                epochs++;
            }
            while (epochs < settings.Epochs && training.DivergedAt is null && Stopwatch.GetElapsedTime(start) < time);

            double speed = training.Steps / Stopwatch.GetElapsedTime(start).TotalSeconds;
            Verdict verdict = training.DivergedAt is null ? Evaluation.Of(arguments.Distribution, arguments.Limits).Judge(training.ReadJudged(), settings.Seed) : Verdict.Diverged;
            return (verdict, training.Steps, stepsPerEpoch * settings.Epochs, speed);
        }
    }

    private TrainArguments Parse(string command) => TrainOptions.Parse(command.Split(' ')) with { Engine = Engine };

    private (ITrainer Training, TrainingSettings Settings) Begin(TrainArguments arguments)
    {
        TrainingSettings settings = arguments.Validate(arguments.Distribution.Columns, ExitCode.Usage).ForRows(arguments.Rows);
        ITrainer training = Trainers.Begin(arguments.Engine, fastMath: false, Device, settings, arguments.Distribution.Sample(settings.Seed, arguments.Rows));
        arguments.Initial?.Start(training);
        return (training, settings);
    }
}
