using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Reproductions;
using GpuGan.Runner.Wording;
using Spectre.Console;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan reproduce</c>: trains what papers trained, and puts their numbers beside ours.</summary>
internal static class ReproduceCommand
{
    // More seeds than a reproduction needs to tell any two shares apart.
    private const int MostSeeds = 1_000_000;

    /// <summary>What the help calls an argument: a name, for which no file is completed.</summary>
    public const string NameOfNames = "NAME";

    public static Command Create()
    {
        Argument<string[]> names = new("names") { HelpName = NameOfNames, Description = "What to reproduce, as --list names it", Arity = ArgumentArity.ZeroOrMore };
        names.CompletionSources.Add([.. ReproductionTable.All.Select(one => one.Name)]);
        Option<bool> all = Options.Switch("--all", "Reproduce all but what is for a GPU");
        Option<bool> list = Options.Switch("--list", "List what can be reproduced, and from where, and train nothing");
        Option<int?> seeds = Options.OptionalCount("--seeds", "Trainings of each setting whose numbers differ from seed to seed [default: the reproduction's]", least: 1, most: MostSeeds);
        Option<double> minutes = Options.NumberFrom0("--minutes", "The longest that one for a GPU may train; it then tells what it has", 60);
        Option<string> engine = Options.Word("--engine", "What trains; the bits are the same", Engine.Auto);
        DeviceOptions device = new();
        Option<string?> output = Options.Path("--out", "DIR", "Folder for pictures of the trainings [default: no pictures]");
        Option<bool> json = Options.Switch("--json", "Print the numbers as one JSON document");
        Verb command = new(
            "reproduce",
            "Trains what papers and their notebooks trained, and prints their numbers beside ours, with the commands that train the same. A number that is the " +
            "same in each training has to agree to the digits that are printed, another with an interval over seeds. Exits with 4 when one is missed. Without a name it lists what there is.",
            "gpugan reproduce",
            "gpugan reproduce dirac-gan bilinear --out pictures",
            "gpugan reproduce numerics-of-gans --seeds 16",
            "gpugan reproduce --all --json") { names, all, list, seeds, minutes, engine };
        foreach (Option option in (Option[])[.. device.All, output, json])
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            TextWriter results = parsed.InvocationConfiguration.Output, error = parsed.InvocationConfiguration.Error;
            string[] given = parsed.GetValue(names) ?? [];
            bool isJson = parsed.GetValue(json);
            IReadOnlyList<Reproduction> wanted = Wanted(given, parsed.GetValue(all));
            Engine word = Words.Parse<Engine>(parsed.GetRequiredValue(engine));
            if (word == Engine.Stepwise && wanted.FirstOrDefault(one => one.IsOfMany) is Reproduction many)
            {
                throw new CommandException(ExitCode.Usage, $"reproduce: --engine stepwise trains one GAN at a time, {many.Name} many; leave one of them out");
            }

            if (parsed.GetValue(list) || wanted.Count == 0)
            {
                List(results, isJson);
                return (int)ExitCode.Done;
            }

            using Device opened = device.Bind(parsed).Open();
            Laboratory laboratory = new(opened) { Engine = word, Seeds = parsed.GetValue(seeds), Time = TimeSpan.FromMinutes(parsed.GetValue(minutes)) };
            Reproduction[] leftOut = [.. ReproductionTable.All.Where(one => one.IsForGpu && parsed.GetValue(all))];
            return (int)Run(wanted, leftOut, laboratory, isJson, parsed.GetValue(output), results, error);
        });
        return command;
    }

    /// <summary>Reproduces one after the other.</summary>
    /// <param name="wanted">At least one.</param>
    /// <param name="leftOut">What is said to be left out.</param>
    /// <param name="laboratory">Where they train.</param>
    /// <param name="json">Whether to print JSON.</param>
    /// <param name="folder">Takes the pictures; null for none.</param>
    /// <param name="output">Takes the numbers.</param>
    /// <param name="error">Takes the progress, where it is a terminal.</param>
    internal static ExitCode Run(
        IReadOnlyList<Reproduction> wanted, IReadOnlyList<Reproduction> leftOut, Laboratory laboratory, bool json, string? folder, TextWriter output, TextWriter error)
    {
        long begun = Stopwatch.GetTimestamp();
        List<Finding> findings = [];
        JsonArray documents = [];
        foreach (Reproduction one in wanted)
        {
            long start = Stopwatch.GetTimestamp();
            Reproduced reproduced = Watch(error, one, laboratory);
            TimeSpan time = Stopwatch.GetElapsedTime(start);
            findings.AddRange(reproduced.Trials.SelectMany(trial => trial.Findings));
            if (json)
            {
                documents.Add(ReproductionReport.ToJson(one, reproduced, time));
            }
            else
            {
                ReproductionReport.Write(output, one, reproduced, time);
            }

            if (folder is not null)
            {
                Draw(folder, reproduced.Pictures);
            }
        }

        bool holds = findings.All(finding => finding.Holds != false);
        if (json)
        {
            output.Write(Json.Document(new JsonObject
            {
                ["reproduced"] = holds,
                ["left_out"] = new JsonArray([.. leftOut.Select(one => JsonValue.Create(one.Name))]),
                ["device"] = laboratory.Device.Word,
                ["reproductions"] = documents,
                ["times"] = new JsonObject { ["reproduce"] = Stopwatch.GetElapsedTime(begun).TotalSeconds },
            }));
        }
        else
        {
            ReproductionReport.WriteVerdict(output, findings, leftOut);
        }

        return holds ? ExitCode.Done : ExitCode.Disagreed;
    }

    private static IReadOnlyList<Reproduction> Wanted(string[] names, bool all)
    {
        if (all && names.Length > 0)
        {
            throw new CommandException(ExitCode.Usage, $"reproduce: --all and the name {OneLine.Quote(names[0])} contradict each other; leave one of them out");
        }

        string? unknown = names.FirstOrDefault(name => ReproductionTable.All.All(one => one.Name != name));
        return unknown is not null
            ? throw new CommandException(
                ExitCode.Usage, $"reproduce: unknown name {OneLine.Quote(unknown)}; there are {string.Join(", ", ReproductionTable.All.Select(one => one.Name))}")
            : [.. ReproductionTable.All.Where(one => all ? !one.IsForGpu : names.Contains(one.Name))];
    }

    private static void List(TextWriter output, bool json)
    {
        if (json)
        {
            output.Write(Json.Document(ReproductionReport.ListToJson()));
        }
        else
        {
            ReproductionReport.WriteList(output);
        }
    }

    // Tells on a terminal what is trained.
    private static Reproduced Watch(TextWriter error, Reproduction reproduction, Laboratory laboratory)
    {
        return !Terminal.IsTerminal(error)
            ? reproduction.Run(laboratory)
            : Terminal.ConsoleOf(error).Status().Start(reproduction.Name, status => reproduction.Run(laboratory with
            {
                Tell = done => status.Status($"{Markup.Escape(reproduction.Name)}: {Markup.Escape(done)}"),
            }));
    }

    private static void Draw(string folder, IReadOnlyList<Picture> pictures)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(folder, exception);
        }

        Picture.Write(pictures, (name, bytes) => AtomicFile.Write(Path.Join(folder, name), stream => stream.Write(bytes)));
    }
}
