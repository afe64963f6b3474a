using System.CommandLine;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Trajectories;

namespace GpuGan.Runner.Trainings;

/// <summary>The options of a sweep, in the order of the help. Those of a training take lists, ranges and distributions here.</summary>
internal sealed class SweepOptions
{
    private readonly Option<string?> spec = Options.Path("--spec", "FILE", "The same as JSON, lr_d for --lr-d and so on; options that are given come first");
    private readonly DataOptions data = new("CSV file with rows of numbers, for all members [default: rows of --distribution, drawn from each seed]");
    private readonly IReadOnlyList<Option<string?>> settings;
    private readonly IReadOnlyList<(Setting Setting, Option<bool> Option)> switches =
        [.. from setting in SettingTable.All where setting.Type == typeof(bool) select (setting, (Option<bool>)Options.Of(setting))];
    private readonly Option<string?> seed = Values("--seed", "N", "The first seed; shared data and what is drawn at random have it too [default: 0]");
    private readonly Option<string?> seeds = Values("--seeds", "N", "Members of each combination, with the seeds from --seed on [default: 1]");
    private readonly Option<bool> zip = Options.Switch("--zip", "The first values of all lists, the second values, and so on, instead of every value with every other");
    private readonly Option<string?> random = Values("--random", "N", "N combinations, drawn from lists and from uniform:FROM:TO or loguniform:FROM:TO");
    private readonly Option<bool> sharedData = Options.Switch("--shared-data", "One data set for all members, that of --seed");
    private readonly ShuffleOptions order = new();
    private readonly Option<bool> fastMath = Options.Switch("--fast-math", "Let a GPU take its own functions: quicker, but no longer the same bits everywhere");
    private readonly Option<string?> accuracy = Values("--accuracy", "N", "Fresh rows, real ones and as many generated, on which each discriminator is tried [default: none]");
    private readonly Option<string?> history = Values("--history", "N", HistoryRequest.Description);
    private readonly Option<bool> historyParameters = Options.Switch("--history-parameters", HistoryRequest.BothDescription);
    private readonly Option<bool> standardize = Options.Switch("--standardize", TrainOptions.StandardizeDescription);
    private readonly Option<string?> evaluationRows = Values("--evaluation-rows", "N", $"{TrainOptions.EvaluationRowsDescription} [default: {Moments.GeneratorSamples}]");
    private readonly Option<string?> klLimit = Values("--kl-limit", "NUMBER", FormattableString.Invariant($"{TrainOptions.KlLimitDescription} [default: {VerdictLimits.DefaultKlDivergence}]"));
    private readonly Option<string?> neighborLimit = Values("--neighbor-limit", "NUMBER", TrainOptions.NeighborLimitDescription);
    private readonly Option<string> device = Options.Free("--device", "auto|all|cpu|cuda[:n]|opencl[:n],…", "Accelerators that work on the sweep together", "auto");
    private readonly Option<int> threads = DeviceOptions.Threads();
    private readonly Option<string?> shard = Values("--shard", "I/N", "Do the I-th of N parts, I from 1; found by itself in a Slurm array");
    private readonly Option<int?> shards = Options.OptionalCount("--shards", "Number of parts, for a Kubernetes Indexed Job, or for some tasks of a Slurm array", least: 1, most: Shard.MostShards);
    private readonly Option<int> chunk = Options.Count("--chunk", "Most members that are trained at once; changes no result", ChunkFile.MostMembers, least: 1, most: ChunkFile.MostMembers);
    private readonly Option<string?> output = Options.Path("--out", "DIR", "Folder for the results [default: runs/sweep-HASH, the same for the same sweep]");
    private readonly Option<bool> fresh = Options.Switch("--fresh", "Start over: delete the finished members in the folder, instead of going on with them");
    private readonly Option<bool> csv = Options.Switch("--csv", "Write members.csv beside members.parquet");
    private readonly Option<bool> noPlots = Options.Switch("--no-plots", "Draw no pictures");
    private readonly Option<bool> plan = Options.Switch("--plan", "Print members, memory, launches and the expected time, and train nothing");
    private readonly Option<bool> printSpec = Options.Switch("--print-spec", "Print the whole specification as JSON, and train nothing");
    private readonly Option<bool> quiet = Options.Switch("--quiet", "Show no progress");
    private readonly Option<bool> json = Options.Switch("--json", "Print one JSON document instead of the report");

    public SweepOptions()
    {
        settings = [.. new TrainOptions().Swept.Where(option => option is not Option<bool>).Select(ValuesOf)];
        device.CompletionSources.Add("auto", "all", "cpu", "cuda", "opencl");
    }

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        Option[] all =
        [
            spec, .. data.All, .. settings, .. switches.Select(pair => pair.Option), seed, seeds, zip, random, sharedData, .. order.All, fastMath, accuracy, history, historyParameters,
            standardize, evaluationRows, klLimit, neighborLimit, device, threads,
            shard, shards, chunk, output, fresh, csv, noPlots, plan, printSpec, quiet, json,
        ];
        foreach (Option option in all)
        {
            command.Add(option);
        }

        command.Validators.Add(order.RefuseBoth);
    }

    /// <summary>Collects what was given.</summary>
    /// <exception cref="FileContentException">The file of <c>--spec</c> is none.</exception>
    public SweepArguments Bind(ParseResult parsed)
    {
        Dictionary<string, IReadOnlyList<string>> texts = [];
        foreach (Option<string?> option in (Option<string?>[])[.. settings, seed, seeds, random, accuracy, history, evaluationRows, klLimit, neighborLimit])
        {
            if (parsed.GetValue(option) is string text)
            {
                texts[NameOf(option)] = SweepRequest.Split(NameOf(option), text);
            }
        }

        if (parsed.GetValue(data.File) is string file)
        {
            texts[NameOf(data.File)] = [file];
        }

        foreach ((string name, string text) in data.Texts(parsed))
        {
            texts[name] = [text];
        }

        foreach (Option<bool> option in (Option<bool>[])[zip, sharedData, fastMath, historyParameters, standardize])
        {
            if (parsed.GetValue(option))
            {
                texts[NameOf(option)] = ["true"];
            }
        }

        foreach ((Setting setting, Option<bool> option) in switches.Where(pair => parsed.GetValue(pair.Option)))
        {
            texts[setting.Name] = [option.Name == Options.NameOf(setting.Name) ? "true" : "false"];
        }

        if (order.Bind(parsed) is bool shuffle)
        {
            texts["shuffle"] = [shuffle ? "true" : "false"];
        }

        SweepRequest request = new(null, texts);
        return new SweepArguments
        {
            Request = parsed.GetValue(spec) is string path ? SweepRequest.Read(path).With(request) : request,
            Devices = new SweepDevices(parsed.GetValue(device)!, parsed.GetValue(threads)),
            Shard = parsed.GetValue(shard),
            Shards = parsed.GetValue(shards),
            Chunk = parsed.GetValue(chunk),
            Out = parsed.GetValue(output),
            Fresh = parsed.GetValue(fresh),
            Csv = parsed.GetValue(csv),
            Plots = !parsed.GetValue(noPlots),
            Plan = parsed.GetValue(plan),
            PrintSpec = parsed.GetValue(printSpec),
            Quiet = parsed.GetValue(quiet),
            Json = parsed.GetValue(json),
        };
    }

    private static string NameOf(Option option) => option.Name[2..].Replace('-', '_');

    private static Option<string?> Values(string name, string helpName, string description) => Options.Path(name, helpName, description, "give a value");

    private static Option<string?> ValuesOf(Option option)
    {
        Option<string?> values = Values(option.Name, "VALUES", Describe(option));
        foreach (string alias in option.Aliases)
        {
            values.Aliases.Add(alias);
        }

        return values;
    }

    private static string Describe(Option option) =>
        option.HasDefaultValue ? $"{option.Description} [default: {FormattableString.Invariant($"{option.GetDefaultValue()}")}]" : option.Description!;
}
