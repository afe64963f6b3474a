using System.CommandLine;
using System.CommandLine.Parsing;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Files;
using GpuGan.Runner.Folders;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Trajectories;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Trainings;

/// <summary>The options of a training, in the order of the help.</summary>
internal sealed class TrainOptions
{
    // What is kept of a member for the report takes some 50 bytes.
    private const int MostMembers = 100_000_000;

    /// <summary>What the verdict asks, for the help.</summary>
    public static readonly string Converged = FormattableString.Invariant(
        $"Converged means: the KL divergence of the generator's Gaussian from that of the data is at most {VerdictLimits.DefaultKlDivergence} nats (--kl-limit); and where the ") +
        FormattableString.Invariant(
        $"data or the generator are not Gaussian, nearest neighbours tell real rows from generated ones in at most {100 * VerdictLimits.DefaultNearestNeighborAccuracy:0} % (--neighbor-limit {VerdictLimits.DefaultNearestNeighborAccuracy}).");

    public const string StandardizeDescription = "Bring each column of --data to mean 0 and standard deviation 1 for the training; undone in all that is shown";
    public const string EvaluationRowsDescription = "Rows by which a generator is judged whose moments do not follow from its weights";
    public const string KlLimitDescription = "Converged: the largest KL divergence from the data's Gaussian, in nats";
    public const string NeighborLimitDescription = "Converged: the largest accuracy of nearest neighbours, real rows against generated ones [default: 0.6 where data or generator are not Gaussian, as the divergence tells all where both are]";

    private readonly DataOptions data = new("CSV file with rows of numbers [default: rows of --distribution, drawn from the seed]");
    private readonly Option<string?> distribution = DataOptions.Distribution();
    private readonly Option<int> rows = Options.Count("--rows", "Rows to draw", 1000, least: 1, most: Array.MaxLength / 2);
    private readonly IReadOnlyList<(Setting Setting, Option Option)> settings = [.. SettingTable.All.Select(setting => (setting, Options.Of(setting)))];
    private readonly ShuffleOptions order = new();
    private readonly Option<ulong> seed = Options.Seed("--seed", "Decides data, initial weights and noise");
    private readonly Option<int?> population = Options.OptionalCount("--population", "GANs to train at once, with the seeds from --seed on", least: 1, most: MostMembers);
    private readonly Option<bool> sharedData = Options.Switch("--shared-data", "One data set for the whole population, that of --seed");
    private readonly Option<string?> initFrom = Options.Path("--init-from", "FILE", "Weights to begin with, of both networks or of one [default: drawn, see --init]");
    private readonly Option<string?> initOffset = Options.Checked("--init-offset", "NUMBERS", "Added to the initial parameters, the generator's first, each layer's weights before its biases; may end before the last [default: nothing]", text => InitialNetworks.ParseOffset(text));
    private readonly Option<string?> from = Options.Path("--from", "DIR", "The folder of a population or a sweep, to train a member of it again alone");
    private readonly Option<int?> member = Options.OptionalCount("--member", "Which member of --from, counted from 0", least: 0, most: MostMembers - 1);
    private readonly Option<string> engine = Options.Word("--engine", "What trains; the bits are the same", Engine.Auto);
    private readonly Option<bool> fastMath = Options.Switch("--fast-math", "Let a GPU take its own functions: quicker, but no longer the same bits everywhere");
    private readonly Option<int?> checkpointEvery = Options.OptionalCount("--checkpoint-every", "Epochs from one checkpoint to the next, for 'gpugan resume' [default: only the last]", least: 1, most: int.MaxValue);
    private readonly Option<bool> noCheckpoint = Options.Switch("--no-checkpoint", "Write no checkpoint, not even the last: 'gpugan resume' cannot go on");
    private readonly Option<int?> history = Options.OptionalCount("--history", HistoryRequest.Description, least: 1, most: int.MaxValue);
    private readonly Option<bool> historyParameters = Options.Switch("--history-parameters", HistoryRequest.BothDescription);
    private readonly Option<int?> accuracy = Options.OptionalCount("--accuracy", "Fresh rows, real ones and as many generated, on which the discriminator is tried [default: none]", least: 1, most: TrainArguments.MostFreshRows);
    private readonly Option<bool> energy = Options.Switch("--energy", $"Measure the energy distance of {Evaluation.NeighborRows} generated rows from real ones, and how often chance gives as much");
    private readonly Option<bool> standardize = Options.Switch("--standardize", StandardizeDescription);
    private readonly Option<int> evaluationRows = Options.Count("--evaluation-rows", EvaluationRowsDescription, Moments.GeneratorSamples, least: 1, most: TrainArguments.MostFreshRows);
    private readonly Option<double> klLimit = Options.NumberFrom0("--kl-limit", KlLimitDescription, VerdictLimits.DefaultKlDivergence);
    private readonly Option<double?> neighborLimit = Options.OptionalNumberFrom0("--neighbor-limit", NeighborLimitDescription, most: 1);
    private readonly DeviceOptions device = new();
    private readonly Option<string?> output = Options.Path("--out", "DIR", "Folder for the results [default: runs/TIME-seedSEED]");
    private readonly Option<bool> force = Options.Switch("--force", "Replace the results of a run in --out");
    private readonly Option<bool> noPlots = Options.Switch("--no-plots", "Draw no pictures");
    private readonly Option<bool> quiet = Options.Switch("--quiet", "Show no progress");
    private readonly Option<bool> json = Options.Switch("--json", "Print one JSON document instead of the report");
    private readonly Option<bool> requireConverged = Options.Switch("--require-converged", "Exit with 4 when the verdict is: not converged");

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        Option[] all =
        [
            .. Trainings, .. order.All, initFrom, initOffset, population, sharedData, from, member, engine, fastMath, checkpointEvery, noCheckpoint, history, historyParameters, accuracy, energy,
            standardize, evaluationRows, klLimit, neighborLimit, .. device.All,
            output, force, noPlots, quiet, json, requireConverged,
        ];
        foreach (Option option in all)
        {
            command.Add(option);
        }

        command.Validators.Add(RefuseContradictions);
        command.Validators.Add(order.RefuseBoth);
    }

    /// <summary>What a sweep may have several values of, in the order of the help.</summary>
    public IEnumerable<Option> Swept => [distribution, rows, .. settings.Select(pair => pair.Option)];

    // What decides the weights.
    private Option[] Trainings =>
    [
        .. data.All, distribution, rows, .. settings.Select(pair => pair.Option), seed,
    ];

    /// <summary>What a command asks for that this program writes down itself.</summary>
    /// <param name="words">The first are <c>gpugan</c> and <c>train</c>.</param>
    /// <exception cref="CommandException">It is refused.</exception>
    public static TrainArguments Parse(IReadOnlyList<string> words)
    {
        TrainOptions options = new();
        Command train = new("train");
        options.AddTo(train);
        if (words is not ["gpugan", "train", ..])
        {
            throw new CommandException(ExitCode.Usage, "does not begin with gpugan train");
        }

        ParseResult parsed = train.Parse([.. words.Skip(2)]);
        if (parsed.Errors is [var error, ..])
        {
            throw new CommandException(ExitCode.Usage, error.Message);
        }

        TrainArguments arguments = options.Bind(parsed);
        arguments.Check(arguments.Data is null ? arguments.Distribution.Columns : null);
        return arguments;
    }

    /// <summary>Collects what was given.</summary>
    /// <exception cref="FileContentException">The folder of <c>--from</c> is no population's and no sweep's, or has no such member.</exception>
    public TrainArguments Bind(ParseResult parsed)
    {
        TrainArguments arguments = BindAll(parsed);
        if (parsed.GetValue(from) is not string folder)
        {
            return arguments;
        }

        FolderMember again = FolderMember.Read(folder, parsed.GetValue(member)!.Value, arguments.Data);
        if (again.FastMath && arguments.Engine is Engine.Stepwise or Engine.Tiled)
        {
            throw new FileContentException(folder, $"was trained with --fast-math, which only the compiled engine has; leave --engine {Words.Of(arguments.Engine)} out");
        }

        VerdictLimits limits = again.Data.Limits;
        return arguments with
        {
            Data = again.Data.Found,
            Csv = again.Data.FoundCsv,
            Earlier = again.Data,
            Initial = again.Data.Initial,
            Distribution = again.Data.Distribution,
            Rows = again.Data.Rows,
            DataSeed = again.Data.SharedSeed,
            Generator = again.Settings.Generator,
            Discriminator = again.Settings.Discriminator,
            Settings = again.Settings,
            FastMath = arguments.FastMath || again.FastMath,
            Standardize = again.Data.Standardize,
            Limits = arguments.Limits with
            {
                KlDivergence = Given(klLimit) ? arguments.Limits.KlDivergence : limits.KlDivergence,
                NeighborLimit = arguments.Limits.NeighborLimit ?? limits.NeighborLimit,
                EvaluationRows = Given(evaluationRows) ? arguments.Limits.EvaluationRows : limits.EvaluationRows,
            },
        };

        bool Given(Option option) => parsed.GetResult(option) is { Implicit: false };
    }

    private TrainArguments BindAll(ParseResult parsed) => new()
    {
        Data = parsed.GetValue(data.File),
        Csv = data.Bind(parsed),
        Distribution = parsed.GetValue(distribution) is string word ? DistributionWord.Parse(word) : Gaussian.Chapter,
        Rows = parsed.GetValue(rows),
        Generator = Widths(parsed, nameof(TrainingSettings.Generator)),
        Discriminator = Widths(parsed, nameof(TrainingSettings.Discriminator)),
        Settings = settings.Aggregate(new TrainingSettings(), (bound, pair) => Bind(parsed, bound, pair.Setting, pair.Option)) with
        {
            Shuffle = order.Bind(parsed) ?? parsed.GetValue(data.File) is not null,
            Seed = parsed.GetValue(seed),
        },
        Population = parsed.GetValue(population),
        SharedData = parsed.GetValue(sharedData) || parsed.GetValue(data.File) is not null,
        Engine = Words.Parse<Engine>(parsed.GetRequiredValue(engine)),
        FastMath = parsed.GetValue(fastMath),
        CheckpointEvery = parsed.GetValue(checkpointEvery),
        Checkpoint = !parsed.GetValue(noCheckpoint),
        Initial = InitialOf(parsed.GetValue(initFrom), parsed.GetValue(initOffset)),
        History = parsed.GetValue(history) is int points ? new HistoryRequest(points, parsed.GetValue(historyParameters)) : null,
        AccuracyRows = parsed.GetValue(accuracy),
        Energy = parsed.GetValue(energy),
        Standardize = parsed.GetValue(standardize),
        Limits = new VerdictLimits(parsed.GetValue(klLimit), parsed.GetValue(neighborLimit), parsed.GetValue(evaluationRows)),
        Device = device.Bind(parsed),
        Out = parsed.GetValue(output),
        Force = parsed.GetValue(force),
        Plots = !parsed.GetValue(noPlots),
        Quiet = parsed.GetValue(quiet),
        Json = parsed.GetValue(json),
        RequireConverged = parsed.GetValue(requireConverged),
    };

    private static InitialNetworks? InitialOf(string? file, string? offset)
    {
        InitialNetworks? networks = file is null ? null : InitialNetworks.Read(file);
        return offset is null ? networks : (networks ?? new InitialNetworks(null, null, null)) with { Offset = InitialNetworks.ParseOffset(offset) };
    }

    private static TrainingSettings Bind(ParseResult parsed, TrainingSettings settings, Setting setting, Option option) => option switch
    {
        Option<bool> on => parsed.GetValue(on) ? setting.Apply(settings, (bool)setting.Read(settings) ? "false" : "true") : settings,
        Option<string?> text => parsed.GetValue(text) is string given ? setting.Apply(settings, given) : settings,
        _ => settings,
    };

    // Null where the columns of the data decide.
    private Network? Widths(ParseResult parsed, string property)
    {
        (Setting _, Option option) = settings.Single(pair => pair.Setting.Property == property);
        return parsed.GetValue((Option<string?>)option) is string widths ? Network.Parse(widths) : null;
    }

    private void RefuseContradictions(CommandResult result)
    {
        bool Given(Option option) => result.GetResult(option) is { Implicit: false };

        // As it was written: asking for the value would throw where it is wrong, which is told later.
        string? Word(Option option) => result.GetResult(option) is { Implicit: false, Tokens: [var token, ..] } ? token.Value : null;
        string? unfit = Word(engine) is string word && (word == Words.Of(Engine.Stepwise) || word == Words.Of(Engine.Tiled)) ? word : null;
        string? problem =
            Given(data.File) && Given(distribution) ? $"{distribution.Name} {DistributionWord.NothingToDraw}"
            : Given(data.File) && Given(rows) ? "--rows is for drawn data; --data trains on all rows of its file"
            : Given(standardize) && !Given(data.File) && !Given(from) ? $"--standardize {TrainArguments.NothingToStandardize}"
            : Given(sharedData) && !Given(population) ? "--shared-data is for a population; add --population N"
            : Given(from) && !Given(member) ? "--from needs --member N, which member to train again"
            : Given(member) && !Given(from) ? "--member needs --from DIR, the folder of its population or sweep"
            : Given(from) && ((Option[])[.. Trainings.Except([data.File]), .. order.All, initFrom, initOffset, population, standardize]).FirstOrDefault(Given) is Option other ? $"--from takes the settings of its folder; leave {other.Name} out"
            : data.Contradiction(result) is string alone ? alone
            : IsSameFolder(Word(from), Word(output)) ? $"--out {Word(output)} is the folder of all members; name another for one of them"
            : ((Option[])[checkpointEvery, noCheckpoint]).FirstOrDefault(Given) is Option checkpoint && Given(population) ? $"{checkpoint.Name} is for one training; leave --population out"
            : Given(historyParameters) && !Given(history) ? $"{historyParameters.Name} {HistoryRequest.Nothing}"
            : Given(energy) && Given(population) ? "--energy is for one training; leave --population out"
            : Given(checkpointEvery) && Given(noCheckpoint) ? "--checkpoint-every and --no-checkpoint contradict each other; leave one of them out"
            : Given(fastMath) && unfit is not null ? $"--fast-math is for the compiled engine; leave --engine {unfit} out"
            : Given(population) && unfit == Words.Of(Engine.Stepwise) ? $"--population is trained by the compiled or the tiled engine; leave --engine {unfit} out"
            : null;
        if (problem is not null)
        {
            result.AddError(problem);
        }
    }

    private static bool IsSameFolder(string? one, string? other) =>
        !string.IsNullOrEmpty(one) && !string.IsNullOrEmpty(other) && FullPath(one) == FullPath(other);

    private static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
