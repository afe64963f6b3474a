using System.CommandLine;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;
using GpuGan.Runner.Folders;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Report;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan plot</c>: draws the pictures of a folder again from its files.</summary>
internal static class PlotCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("run") { HelpName = "DIR", Description = "Folder of a training, a population or a sweep" };
        Option<int?> member = Options.OptionalCount("--member", "Draw the way of this member of a population or a sweep too, counted from 0; needs its --history", least: 0, most: int.MaxValue);
        Option<string?> data = Options.DataAgain();
        Verb command = new(
            "plot",
            "Draws the pictures of a training, a population or a sweep again, from the files in its folder. Nothing is trained.",
            "gpugan plot runs/first",
            "gpugan plot sweeps/learning-rates --member 17") { folder, member, data };
        command.SetAction(parsed => (int)Run(parsed.GetRequiredValue(folder), parsed.GetValue(member), parsed.GetValue(data), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static ExitCode Run(string folder, int? member, string? data, TextWriter output)
    {
        RunKind kind = RunKinds.Of(folder);
        if (kind == RunKind.Training && member is not null)
        {
            throw new CommandException(ExitCode.Usage, $"--member is for populations and sweeps; {folder} is one training");
        }

        Picture[] way = member is int number ? WayOf(folder, number, data) : [];
        int count = 0;
        string? unfinished = null;
        void Write(string name, byte[] bytes)
        {
            AtomicFile.Write(Path.Join(folder, name), stream => stream.Write(bytes));
            Interlocked.Increment(ref count);
        }

        switch (kind)
        {
            case RunKind.Training:
                TrainingFolder training = TrainingFolder.Read(folder);
                MemberData source = MemberData.Read(folder, data);
                LearnedData rows = source.Draw(training.Settings.Seed);
                RunPlots.Write("", PlotInputs.Of(rows, training.Parameters, training.Settings, training.Losses, source.Evaluation(rows), TrainingFolder.ReadHistory(folder)), Write);
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

        Picture.Write(way, Write);
        PopulationReport.Line(output, "pictures", $"{count} files in {folder}");
        PopulationReport.WriteUnfinished(output, unfinished);
        return ExitCode.Done;
    }

    private static Picture[] WayOf(string folder, int number, string? data) => HistoryPlots.OfMember(folder, number, data, $"Member {number}") is { Count: > 0 } pictures
        ? [.. pictures]
        : throw new FileContentException(folder, $"has no way of member {number}: its members are trained with --history N, or are not finished");
}
