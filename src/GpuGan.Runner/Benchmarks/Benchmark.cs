using System.Diagnostics;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Benchmarks;

/// <summary>Measures an engine: the median over launches, after warming up, with the data of one seed for all members and without losses.</summary>
internal static class Benchmark
{
    private const int Rows = 1000, MostSteps = 1 << 20;
    private const double LaunchSeconds = 0.1, WarmUps = 1.5;

    /// <summary>Measures one case.</summary>
    /// <param name="device">Where.</param>
    /// <param name="wanted">What.</param>
    /// <param name="seconds">How long; at least three launches are measured.</param>
    /// <exception cref="DeviceMemoryException">The device has too little memory.</exception>
    public static BenchmarkRow Measure(Device device, BenchmarkCase wanted, double seconds)
    {
        TrainingSettings settings = new() { Generator = wanted.Generator, Discriminator = wanted.Discriminator, BatchSize = wanted.BatchSize, Shuffle = wanted.Shuffle };
        int columns = wanted.Generator.Outputs;
        IDistribution distribution = columns == Gaussian.Chapter.Columns ? Gaussian.Chapter : Gaussian.Standard(columns);

        // No short batch at the end of an epoch of large ones.
        DataSet data = distribution.Sample(settings.Seed, wanted.Series == "widths" ? Math.Max(1, Rows / wanted.BatchSize) * wanted.BatchSize : Rows);
        return wanted.Engine == Engine.Tiled && wanted.Population > 1 && !device.HasVectors ? MeasureBlocks(device, wanted, settings, data, seconds)
            : wanted.Engine == Engine.Tiled ? MeasureTiled(device, wanted, settings, data, seconds)
            : wanted.Engine == Engine.Stepwise ? MeasureStepwise(device, wanted, settings, data, seconds) : MeasureCompiled(device, wanted, settings, data, seconds);
    }

    private static BenchmarkRow MeasureStepwise(Device device, BenchmarkCase wanted, TrainingSettings settings, DataSet data, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        using StepwiseTrainer trainer = new(device, settings, data);
        trainer.TrainEpoch();
        double compile = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int steps = trainer.Steps;
        (double rate, double measured) = Median(() => trainer.TrainEpoch(), steps, seconds);
        return new BenchmarkRow(wanted with { Population = 1, Lanes = 1, StepsPerLaunch = 1 }, device.Word, rate, measured, 0, compile);
    }

    /// <summary>Many GANs, each in a group of a GPU's threads, until the time is over; launches before the first fifth of it do not count.</summary>
    private static BenchmarkRow MeasureBlocks(Device device, BenchmarkCase wanted, TrainingSettings settings, DataSet data, double seconds)
    {
        TrainingSettings endless = settings with { Epochs = int.MaxValue / settings.StepsPerEpoch(data.Rows) };
        IPopulation population = TiledEngine.Populate(device, endless, wanted.Population, i => endless with { Seed = (ulong)i }, _ => data, data.Rows);
        using CancellationTokenSource over = new();
        long start = Stopwatch.GetTimestamp(), counted = 0, steps = 0;
        double compile = 0;
        try
        {
            _ = population.Train(Evaluation.Of(Table.Of(data)), Told, over.Token).First();
        }
        catch (OperationCanceledException)
        {
        }

        double measured = Stopwatch.GetElapsedTime(counted).TotalSeconds;
        return new BenchmarkRow(wanted with { Lanes = 1 }, device.Word, steps / measured, measured, 0, compile);

        void Told(long done)
        {
            if (compile == 0)
            {
                (compile, start) = (Stopwatch.GetElapsedTime(start).TotalSeconds, Stopwatch.GetTimestamp());
            }
            else if (counted == 0)
            {
                counted = Stopwatch.GetElapsedTime(start).TotalSeconds < seconds / 5 ? 0 : Stopwatch.GetTimestamp();
            }
            else
            {
                steps += done;
                if (Stopwatch.GetElapsedTime(counted).TotalSeconds >= seconds)
                {
                    over.Cancel();
                }
            }
        }
    }

    /// <summary>One GAN on the whole device, or one a core.</summary>
    private static BenchmarkRow MeasureTiled(Device device, BenchmarkCase wanted, TrainingSettings settings, DataSet data, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        int cores = device.HasVectors ? device.Multiprocessors : 1;
        using Device one = Device.Open("cpu", threads: 1);
        ITrainer[] trainers = [.. Enumerable.Range(0, wanted.Population).Select(i => TiledEngine.Begin(wanted.Population == 1 ? device : one, settings with { Seed = (ulong)i }, data))];
        TrainEpochs(1);
        double compile = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int steps = trainers[0].Steps, epochs = 1;

        // .NET compiles what runs often once more, and measures it before that.
        for (long begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun).TotalSeconds < WarmUps * seconds;)
        {
            TrainEpochs(1);
        }

        // An epoch of few steps is too short to be measured.
        while (Time(epochs) < LaunchOf(seconds) / 4 && epochs < MostSteps)
        {
            epochs *= 2;
        }

        (double rate, double measured) = Median(() => TrainEpochs(epochs), (double)steps * epochs * wanted.Population, seconds);
        foreach (ITrainer trainer in trainers)
        {
            trainer.Dispose();
        }

        return new BenchmarkRow(wanted with { Lanes = 1, StepsPerLaunch = steps * epochs }, device.Word, rate, measured, 0, compile)
        {
            ShareOfPeak = device.HasVectors ? rate * MultiplyAdds.OfStep(settings) / MultiplyAdds.Peak(cores) : null,
        };

        // One after the other, as a population has them: each stays in a core's cache.
        void TrainEpochs(int count) => Parallel.ForEach(trainers, new ParallelOptions { MaxDegreeOfParallelism = trainers.Length == 1 ? 1 : cores }, trainer =>
        {
            for (int epoch = 0; epoch < count; epoch++)
            {
                trainer.TrainEpoch();
            }
        });

        double Time(int count)
        {
            long before = Stopwatch.GetTimestamp();
            TrainEpochs(count);
            return Stopwatch.GetElapsedTime(before).TotalSeconds;
        }
    }

    private static BenchmarkRow MeasureCompiled(Device device, BenchmarkCase wanted, TrainingSettings settings, DataSet data, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        CompiledKernels kernels = new(device, settings, data, wanted.Lanes, wanted.FastMath);
        Population population = new(kernels, wanted.Population, i => settings with { Seed = (ulong)i });
        int chunk = Math.Min(population.ChunkSize, wanted.Population);
        using CompiledTrainer trainer = new(kernels, MembersOf(settings, 0, chunk));
        trainer.Train(1, withLosses: false);
        double compile = Stopwatch.GetElapsedTime(start).TotalSeconds - kernels.EmitTime.TotalSeconds;
        int steps = wanted.StepsPerLaunch > 0 ? wanted.StepsPerLaunch : StepsOfLaunch(trainer, LaunchOf(seconds));
        trainer.Train(steps, withLosses: false);
        (double rate, double measured) = chunk == wanted.Population
            ? Median(() => trainer.Train(steps, withLosses: false), (double)steps * chunk, seconds)
            : OverChunks(kernels, settings, wanted.Population, chunk, steps);
        return new BenchmarkRow(
            wanted with { Lanes = kernels.LanesOf(chunk), StepsPerLaunch = steps, FastMath = kernels.FastMath }, device.Word, rate, measured, kernels.EmitTime.TotalSeconds, compile);
    }

    private static TrainingSettings[] MembersOf(TrainingSettings settings, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => settings with { Seed = (ulong)i })];

    /// <summary>A population that is larger than a chunk is measured as it is trained: chunk after chunk, a launch for each.</summary>
    private static (double Rate, double Seconds) OverChunks(CompiledKernels kernels, TrainingSettings settings, int population, int chunk, int steps)
    {
        double seconds = 0;
        for (int first = 0; first < population; first += chunk)
        {
            using CompiledTrainer trainer = new(kernels, MembersOf(settings, first, Math.Min(chunk, population - first)));
            long start = Stopwatch.GetTimestamp();
            trainer.Train(steps, withLosses: false);
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return ((double)steps * population / seconds, seconds);
    }

    /// <summary>How long a launch takes at least: no longer than all of them together are to.</summary>
    private static double LaunchOf(double seconds) => Math.Min(LaunchSeconds, seconds);

    /// <summary>Doubles the steps of a launch until it is long enough to be measured.</summary>
    private static int StepsOfLaunch(CompiledTrainer trainer, double launchSeconds)
    {
        for (int steps = 1; ; steps *= 2)
        {
            long start = Stopwatch.GetTimestamp();
            trainer.Train(steps, withLosses: false);
            if (Stopwatch.GetElapsedTime(start).TotalSeconds >= launchSeconds || steps >= MostSteps)
            {
                return steps;
            }
        }
    }

    private static (double Rate, double Seconds) Median(Action launch, double work, double seconds)
    {
        const int Least = 3;
        List<double> times = [];
        long start = Stopwatch.GetTimestamp();
        while (times.Count < Least || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            long before = Stopwatch.GetTimestamp();
            launch();
            times.Add(Stopwatch.GetElapsedTime(before).TotalSeconds);
        }

        times.Sort();
        return (work / times[times.Count / 2], Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
