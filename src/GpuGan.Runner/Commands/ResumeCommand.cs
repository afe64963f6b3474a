using System.CommandLine;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Files;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Trainings;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan resume</c>: goes on with a training from its checkpoint, to the bits of one that never stopped.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        Argument<string> run = new("run") { HelpName = "RUN", Description = "The folder of the training" };
        Option<int?> epochs = Options.OptionalCount("--epochs", "Train longer: passes over all rows, those before included [default: the run's]", least: 1, most: int.MaxValue);
        Option<string?> data = Options.DataAgain();
        Option<string?> engine = Options.OptionalWord<Engine>("--engine", "What trains; the bits are the same [default: the run's]");
        Option<int?> checkpointEvery = Options.OptionalCount("--checkpoint-every", "Epochs from one checkpoint to the next [default: the run's]", least: 1, most: int.MaxValue);
        DeviceOptions device = new(inherit: true);
        Option<bool> noPlots = Options.Switch("--no-plots", "Draw no pictures");
        Option<bool> quiet = Options.Switch("--quiet", "Show no progress");
        Option<bool> json = Options.Switch("--json", "Print one JSON document instead of the report");
        Option<bool> requireConverged = Options.Switch("--require-converged", "Exit with 4 when the verdict is: not converged");
        Verb command = new(
            "resume",
            "Goes on with a training from its last checkpoint, after Ctrl-C, a kill or a power cut, or to make it longer. Weights, losses and " +
            "metrics are those of a training that was never interrupted, to the bit, whichever engine or device goes on.",
            "gpugan resume results",
            "gpugan resume results --epochs 40",
            "gpugan resume results --engine stepwise --device cpu") { run };
        foreach (Option option in (Option[])[epochs, data, engine, checkpointEvery, .. device.All, noPlots, quiet, json, requireConverged])
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(run);
            RunSettings before = RunSettings.Read(folder);
            MemberData source = MemberData.Read(folder, parsed.GetValue(data));
            TrainArguments arguments = new()
            {
                Data = source.Found,
                Csv = source.FoundCsv,
                Earlier = source,
                Initial = source.Initial,
                Rows = source.Rows,
                DataSeed = source.SharedSeed,
                Generator = before.Settings.Generator,
                Discriminator = before.Settings.Discriminator,
                Settings = before.Settings with { Epochs = parsed.GetValue(epochs) ?? before.Settings.Epochs },
                Engine = parsed.GetValue(engine) is string word ? Words.Parse<Engine>(word) : before.Engine,
                FastMath = before.FastMath,
                CheckpointEvery = parsed.GetValue(checkpointEvery) ?? before.CheckpointEvery,
                Distribution = source.Distribution,
                History = before.History,
                AccuracyRows = before.AccuracyRows,
                Energy = source.Energy,
                Standardize = source.Standardize,
                Limits = source.Limits,
                Device = device.Bind(parsed, new DeviceArguments(before.Device, before.Threads)),
                Out = folder,
                Resumes = true,
                Plots = !parsed.GetValue(noPlots),
                Quiet = parsed.GetValue(quiet),
                Json = parsed.GetValue(json),
                RequireConverged = parsed.GetValue(requireConverged),
            };
            if (arguments is { FastMath: true, Engine: Engine.Stepwise or Engine.Tiled })
            {
                throw new CommandException(
                    ExitCode.Failed, $"{folder}: was trained with --fast-math, which only the compiled engine has; leave --engine {Words.Of(arguments.Engine)} out");
            }

            return (int)SingleTraining.Run(arguments, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        });
        return command;
    }
}
