using System.CommandLine;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Engines;
using GpuGan.Runner.Files;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan train</c>: trains one GAN, or a population, and says whether it converged.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        TrainOptions options = new();
        Verb command = new(
            "train",
            "Trains one GAN, or with --population many at once, writes the results into a folder, and says whether it converged.",
            "gpugan train",
            "gpugan train --seed 7 --epochs 40 --g-loss minimax",
            "gpugan train --data points.csv --generator 2-16-2 --discriminator 2-32-16-1 --batch-size 32",
            "gpugan train --device cpu --out results --json --require-converged",
            "gpugan train --population 4096 --out population",
            "gpugan train --from population --member 17");
        options.AddTo(command);
        command.SetAction(parsed => (int)Run(
            options.Bind(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static ExitCode Run(TrainArguments arguments, TextWriter output, TextWriter error)
    {
        // What can be refused is refused before anything is opened or made.
        arguments.Check(arguments.Data is null ? 2 : null);
        if (arguments.Out is not null)
        {
            RunFolder.RequireReplaceable(arguments.Out, arguments.Force);
        }

        return arguments.Population is null ? RunOne(arguments, output, error) : PopulationTraining.Run(arguments, output, error);
    }

    private static ExitCode RunOne(TrainArguments arguments, TextWriter output, TextWriter error)
    {
        StageClock clock = new();
        using Interruption interruption = new(arguments.Quiet ? TextWriter.Null : error);
        using Device device = arguments.Device.Open();
        ulong dataSeed = arguments.DataSeed ?? arguments.Settings.Seed;
        DataSet data = arguments.Data is null ? Gaussian.Chapter.Sample(dataSeed, arguments.Rows) : CsvDataReader.Read(arguments.Data);
        if (arguments.From is not null && data.Rows != arguments.Rows)
        {
            throw new FileContentException(arguments.Data!, $"has {data.Rows} rows; the population of {arguments.From} was trained on {arguments.Rows}");
        }

        TrainingSettings settings = arguments.Validate(data.Columns, ExitCode.Failed);
        Moments? theory = arguments.Data is null ? Moments.Of(Gaussian.Chapter) : null;
        clock.End("load");

        using ITraining training = ITraining.Begin(arguments.Engine, arguments.FastMath, device, settings, data);
        RunFolder folder = MakeFolder(arguments, settings, training.Engine, device, data.Rows);
        clock.End("compile");

        TextWriter report = arguments.Json ? TextWriter.Null : output;
        TrainingReport.WriteData(report, arguments.Data ?? $"Gaussian, seed {dataSeed}", data, theory);
        List<EpochLosses> losses = [];
        TrainingProgress.Show(error, arguments.Quiet, settings.Epochs, show =>
        {
            do
            {
                losses.Add(training.TrainEpoch());
                show(losses[^1]);
            }
            while (losses.Count < settings.Epochs && training.DivergedAt is null && !interruption.Requested);
        });
        RunResult result = RunResult.Of(training, device, settings, losses, theory ?? Moments.Of(data));
        clock.End("train");

        folder.Write(RunFolder.LossesName, result.ToCsv());
        folder.Write(RunFolder.WeightsName, stream => SafetensorsWriter.Write(
            stream, SettingsJson.Metadata(settings, data.Rows, arguments.DataSeed), [.. result.Parameters.Tensors()]));
        string? plotProblem = arguments.Plots
            ? PlotFailure.Of(() => RunPlots.Write(
                folder.Path,
                PlotInputs.Of(data, result.Parameters, result.Settings, result.Losses),
                (path, bytes) => AtomicFile.Write(path, stream => stream.Write(bytes))))
            : null;
        clock.End("plot");

        JsonObject json = result.ToJson(clock.ToJson(), folder.Path);
        folder.Write(RunFolder.MetricsName, Json.Document(json));
        if (arguments.Json)
        {
            output.Write(Json.Document(json));
        }

        TrainingReport.WriteResult(report, result, folder.Path);
        FastMathNote.Write(report, arguments.FastMath, device);
        return plotProblem is null ? Judge(result, arguments, error) : CommandLine.Fail(error, ExitCode.Failed, plotProblem);
    }

    private static RunFolder MakeFolder(TrainArguments arguments, TrainingSettings settings, Engine engine, Device device, int rows)
    {
        string text = Json.Document(arguments.ToJson(settings, engine, device, rows));
        return arguments.Out is null
            ? RunFolder.CreateNamed(settings.Seed, DateTime.Now, text)
            : RunFolder.Create(arguments.Out, arguments.Force, text);
    }

    private static ExitCode Judge(RunResult result, TrainArguments arguments, TextWriter error)
    {
        if (result.DivergedAt is int step)
        {
            return CommandLine.Fail(error, ExitCode.Diverged, $"diverged at step {step}: a parameter is not finite; smaller learning rates may help");
        }

        if (result.Interrupted)
        {
            return CommandLine.Fail(
                error, ExitCode.Interrupted, $"interrupted after {result.Losses.Count} of {result.Settings.Epochs} epochs; what there is was written");
        }

        return arguments.RequireConverged && !result.Verdict.Converged ? ExitCode.Disagreed : ExitCode.Done;
    }
}
