using System.CommandLine;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Report;
using GpuGan.Runner.Sweeps;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan plot</c>: draws the pictures of a folder again from its files.</summary>
internal static class PlotCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("run") { HelpName = "DIR", Description = "Folder of a training, a population or a sweep" };
        Option<string?> data = Options.DataAgain();
        Verb command = new(
            "plot",
            "Draws the pictures of a training, a population or a sweep again, from the files in its folder. Nothing is trained.",
            "gpugan plot runs/first",
            "gpugan plot sweeps/learning-rates") { folder, data };
        command.SetAction(parsed => (int)Run(parsed.GetRequiredValue(folder), parsed.GetValue(data), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static ExitCode Run(string folder, string? data, TextWriter output)
    {
        int count = 0;
        string? unfinished = null;
        void Write(string name, byte[] bytes)
        {
            AtomicFile.Write(Path.Join(folder, name), stream => stream.Write(bytes));
            Interlocked.Increment(ref count);
        }

        switch (RunKinds.Of(folder))
        {
            case RunKind.Training:
                TrainingFolder training = TrainingFolder.Read(folder);
                MemberData source = MemberData.Read(folder, data);
                LearnedData rows = source.Draw(training.Settings.Seed);
                RunPlots.Write("", PlotInputs.Of(rows, training.Parameters, training.Settings, training.Losses, source.Evaluation(rows)), Write);
                break;
            case RunKind.Population:
                SweepResult members = PopulationMembers.Read(folder);
                PopulationResult population = new(members.HasAccuracy, members.HasModes);
                foreach (SweepRow row in members.Rows)
                {
                    population.Add(row);
                }

                PopulationPlots.Write(population, members.BaseSettings, members.Limits, Write);
                break;
            default:
                SweepResult sweep = SweepResult.Read(folder);
                unfinished = sweep.Unfinished;
                SweepPlots.Write(sweep, Write);
                break;
        }

        PopulationReport.Line(output, "pictures", $"{count} files in {folder}");
        PopulationReport.WriteUnfinished(output, unfinished);
        return ExitCode.Done;
    }
}
