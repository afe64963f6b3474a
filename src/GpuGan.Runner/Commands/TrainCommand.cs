using System.CommandLine;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan train</c>: trains one GAN, and says whether it converged.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        TrainOptions options = new();
        Verb command = new(
            "train",
            "Trains one GAN, writes its results into a folder, and says whether it converged.",
            "gpugan train",
            "gpugan train --seed 7 --epochs 40 --g-loss minimax",
            "gpugan train --data points.csv --generator 2-16-2 --discriminator 2-32-16-1 --batch-size 32",
            "gpugan train --device cpu --out results --json --require-converged");
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

        StageClock clock = new();
        using Interruption interruption = new(arguments.Quiet ? TextWriter.Null : error);
        using Device device = arguments.Device.Open();
        DataSet data = arguments.Data is null ? Gaussian.Chapter.Sample(arguments.Settings.Seed, arguments.Rows) : CsvDataReader.Read(arguments.Data);
        TrainingSettings settings = arguments.Validate(data.Columns, ExitCode.Failed);
        Moments? theory = arguments.Data is null ? Moments.Of(Gaussian.Chapter) : null;
        clock.End("load");

        using StepwiseTrainer trainer = new(device, settings, data);
        RunFolder folder = MakeFolder(arguments, settings, device, data.Rows);
        clock.End("compile");

        TextWriter report = arguments.Json ? TextWriter.Null : output;
        TrainingReport.WriteData(report, arguments.Data ?? $"Gaussian, seed {settings.Seed}", data, theory);
        List<EpochLosses> losses = [];
        TrainingProgress.Show(error, arguments.Quiet, settings.Epochs, show =>
        {
            do
            {
                losses.Add(trainer.TrainEpoch());
                show(losses[^1]);
            }
            while (losses.Count < settings.Epochs && trainer.DivergedAt is null && !interruption.Requested);
        });
        RunResult result = RunResult.Of(trainer, device, settings, losses, theory ?? Moments.Of(data));
        clock.End("train");

        folder.Write(RunFolder.LossesName, result.ToCsv());
        folder.Write(RunFolder.WeightsName, stream => SafetensorsWriter.Write(
            stream, SettingsJson.Metadata(settings, data.Rows), [.. result.Parameters.Tensors()]));
        string? plotProblem = arguments.Plots ? Plot(folder, data, result) : null;
        clock.End("plot");

        JsonObject json = result.ToJson(clock.ToJson(), folder.Path);
        folder.Write(RunFolder.MetricsName, Json.Document(json));
        if (arguments.Json)
        {
            output.Write(Json.Document(json));
        }

        TrainingReport.WriteResult(report, result, folder.Path);
        return plotProblem is null ? Judge(result, arguments, error) : CommandLine.Fail(error, ExitCode.Failed, plotProblem);
    }

    private static RunFolder MakeFolder(TrainArguments arguments, TrainingSettings settings, Device device, int rows)
    {
        JsonObject json = SettingsJson.Of(settings, rows);
        json.Insert(0, "data", arguments.Data);
        json["engine"] = "stepwise";
        json["device"] = device.Word;
        json["device_name"] = device.Name;
        json["threads"] = arguments.Device.Threads;
        json["version"] = typeof(TrainCommand).Assembly.GetName().Version?.ToString(fieldCount: 3);
        string text = Json.Document(json);
        return arguments.Out is null
            ? RunFolder.CreateNamed(settings.Seed, DateTime.Now, text)
            : RunFolder.Create(arguments.Out, arguments.Force, text);
    }

    // Results are worth more than their pictures: a failure is told after all else is written.
    private static string? Plot(RunFolder folder, DataSet data, RunResult result)
    {
        try
        {
            RunPlots.Write(
                folder.Path,
                PlotInputs.Of(data, result.Parameters, result.Settings, result.Losses),
                (path, bytes) => AtomicFile.Write(path, stream => stream.Write(bytes)));
            return null;
        }
        catch (Exception exception)
        {
            return $"the pictures could not be drawn: {(exception.InnerException ?? exception).Message}; --no-plots leaves them out";
        }
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
