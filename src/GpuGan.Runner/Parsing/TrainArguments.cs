using System.Text.Json.Nodes;
using GpuGan.Kernels;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Trajectories;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Parsing;

/// <summary>What <c>gpugan train</c> was asked for.</summary>
internal sealed record TrainArguments
{
    /// <summary>The most rows of <c>--accuracy</c>.</summary>
    public const int MostFreshRows = 1_000_000;

    /// <summary>Why <c>--accuracy</c> does not go with <c>--data</c>.</summary>
    public const string NoFreshRows = "tries discriminators on fresh rows of a known distribution, and of --data there are only the rows that they have learnt, where they would look better than they are; leave one of them out";

    /// <summary>Why <c>--standardize</c> needs <c>--data</c>.</summary>
    public const string NothingToStandardize = "is for the columns of --data; drawn rows are learnt as they are";

    /// <summary>The file of the data as it was given; null where they are drawn.</summary>
    public string? Data { get; init; }

    /// <summary>How that file is read.</summary>
    public CsvOptions Csv { get; init; } = new();

    /// <summary>What rows are drawn from where they are not a file's.</summary>
    public IDistribution Distribution { get; init; } = Gaussian.Chapter;

    public int Rows { get; init; }

    /// <summary>The seed of drawn data where it is another than that of the settings; else null.</summary>
    public ulong? DataSeed { get; init; }

    /// <summary>Null where the columns of the data decide.</summary>
    public Network? Generator { get; init; }

    /// <summary>Null where the columns of the data decide.</summary>
    public Network? Discriminator { get; init; }

    /// <summary>All settings but the shapes.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>Networks that trainings begin with; null where all are drawn.</summary>
    public InitialNetworks? Initial { get; init; }

    /// <summary>Whether the energy distance of the generator is asked for.</summary>
    public bool Energy { get; init; }

    /// <summary>The data of the folder whose training goes on, or one of whose members is trained again; else null.</summary>
    public MemberData? Earlier { get; init; }

    public Engine Engine { get; init; }

    /// <summary>Whether a GPU may take its own functions.</summary>
    public bool FastMath { get; init; }

    /// <summary>Number of members; null for one GAN.</summary>
    public int? Population { get; init; }

    /// <summary>Whether the members of a population have one data set; true where it is a file.</summary>
    public bool SharedData { get; init; }

    /// <summary>Epochs from one checkpoint to the next; null for none before the end.</summary>
    public int? CheckpointEvery { get; init; }

    /// <summary>Whether there are checkpoints; the last is then always written.</summary>
    public bool Checkpoint { get; init; } = true;

    /// <summary>Whether the training in <see cref="Out"/> goes on from its checkpoint.</summary>
    public bool Resumes { get; init; }

    /// <summary>Which points of the trainings are kept; null for none.</summary>
    public HistoryRequest? History { get; init; }

    /// <summary>Fresh rows on which discriminators are tried; null where they are not.</summary>
    public int? AccuracyRows { get; init; }

    /// <summary>How discriminators are tried on fresh rows; null where they are not.</summary>
    public DiscriminatorAccuracy? Accuracy => AccuracyRows is int fresh ? new DiscriminatorAccuracy(Distribution, fresh) : null;

    /// <summary>Whether the columns of the file are brought to mean 0 and standard deviation 1.</summary>
    public bool Standardize { get; init; }

    /// <summary>Of the verdict.</summary>
    public VerdictLimits Limits { get; init; } = VerdictLimits.Default;

    public required DeviceArguments Device { get; init; }

    public string? Out { get; init; }

    public bool Force { get; init; }

    public bool Plots { get; init; }

    public bool Quiet { get; init; }

    public bool Json { get; init; }

    public bool RequireConverged { get; init; }

    /// <summary>What <c>settings.json</c> holds.</summary>
    /// <param name="settings">All of the settings.</param>
    /// <param name="engine">What trains.</param>
    /// <param name="device">Where it trains.</param>
    /// <param name="rows">Rows of the data.</param>
    /// <param name="learned">The rows of the file; null where each member of a population draws its own.</param>
    public JsonObject ToJson(TrainingSettings settings, Engine engine, Device device, int rows, LearnedData? learned)
    {
        JsonObject json = SettingsJson.Of(settings, rows, DataSeed, Data is null ? Distribution : null);
        json.Insert(0, "data", Data);
        json.Insert(1, "data_sha256", Data is null ? null : learned?.Real.Sha256);
        Csv.AddTo(json);
        if (AccuracyRows is not null)
        {
            json["accuracy"] = AccuracyRows;
        }

        History?.AddTo(json);
        if (Energy)
        {
            json["energy"] = true;
        }

        if (Initial is not null)
        {
            json[InitialNetworks.Name] = Initial.Path;
            if (Initial.Offset.Count > 0)
            {
                json[InitialNetworks.OffsetName] = Initial.OffsetText;
            }
        }

        json["standardize"] = Standardize;
        LimitsJson.AddTo(json, Limits);
        json["engine"] = Words.Of(engine);
        json["fast_math"] = FastMath;
        json["device"] = device.Word;
        json["device_name"] = device.Name;
        json["threads"] = Device.Threads;
        json["version"] = typeof(TrainArguments).Assembly.GetName().Version?.ToString(fieldCount: 3);
        return json;
    }

    /// <summary>What a table of these trainings needs to be understood, and made again, when it has left its folder; no device, time or path.</summary>
    /// <param name="settings">All of the settings.</param>
    /// <param name="rows">Rows of the data.</param>
    /// <param name="learned">The rows of the file; null where each member of a population draws its own.</param>
    public Dictionary<string, string> TableMetadata(TrainingSettings settings, int rows, LearnedData? learned)
    {
        JsonObject json = SettingsJson.Of(settings, rows, DataSeed, Data is null ? Distribution : null);
        if (Population is not null)
        {
            json["population"] = Population;
            json["shared_data"] = SharedData;
        }

        json["fast_math"] = FastMath;
        json["standardize"] = Standardize;
        LimitsJson.AddTo(json, Limits);
        History?.AddTo(json);
        Dictionary<string, string> metadata = new()
        {
            ["gpugan_version"] = typeof(TrainArguments).Assembly.GetName().Version!.ToString(fieldCount: 3),
            ["specification"] = json.ToJsonString(),
        };
        if (Data is not null)
        {
            metadata["data_sha256"] = learned!.Real.Sha256;
        }

        return metadata;
    }

    /// <summary>Makes the folder of the results, with a copy of the networks that its trainings begin with.</summary>
    /// <param name="seed">The first seed.</param>
    /// <param name="settings">Contents of <c>settings.json</c>.</param>
    /// <param name="kind">What its name ends with, where none is given.</param>
    /// <exception cref="FileContentException">It cannot be made.</exception>
    public RunFolder MakeFolder(ulong seed, string settings, string kind = "")
    {
        RunFolder folder = Out is null ? RunFolder.CreateNamed(seed, DateTime.Now, settings, kind) : RunFolder.Create(Out, Force, settings);
        if (Initial is not null)
        {
            folder.Write(InitialNetworks.FileName, Initial.Write);
        }

        return folder;
    }

    /// <summary>The settings for data of so many columns.</summary>
    public TrainingSettings SettingsFor(int columns) => Settings with
    {
        Generator = Settings.Generator.WithWidths([.. (Generator ?? Initial?.Generator?.Shape)?.Widths ?? [columns, columns]]),
        Discriminator = Settings.Discriminator.WithWidths([.. (Discriminator ?? Initial?.Discriminator?.Shape)?.Widths ?? [columns, 5, 3, 1]]),
    };

    /// <summary>Refuses what no data could make right.</summary>
    /// <param name="columns">Columns of the data; null where only the file knows.</param>
    /// <exception cref="CommandException">Something is out of range, or the networks do not fit each other.</exception>
    public void Check(int? columns)
    {
        if (Generator is not null && Discriminator is not null && Generator.Outputs != Discriminator.Inputs)
        {
            throw new CommandException(
                ExitCode.Usage,
                $"--generator {Generator} makes {Generator.Outputs} columns and --discriminator {Discriminator} takes {Discriminator.Inputs}; they must be equal");
        }

        if (AccuracyRows is not null && Data is not null)
        {
            throw new CommandException(ExitCode.Usage, $"--accuracy {NoFreshRows}");
        }

        if (Population is int count && Settings.Seed > ulong.MaxValue - (ulong)(count - 1))
        {
            throw new CommandException(ExitCode.Usage, $"--population {count} from --seed {Settings.Seed} on passes the last seed, {ulong.MaxValue}");
        }

        Validate(columns ?? Generator?.Outputs ?? Discriminator?.Inputs ?? 2, ExitCode.Usage);
    }

    /// <summary>Refuses networks that do not fit the data.</summary>
    /// <exception cref="CommandException">They do not fit, or something is out of range.</exception>
    public TrainingSettings Validate(int columns, ExitCode exitCode)
    {
        TrainingSettings settings = SettingsFor(columns);
        try
        {
            settings.Validate(columns);
        }
        catch (InvalidSettingException exception)
        {
            throw new CommandException(exitCode, $"--{Words.Kebab(exception.Setting)} {exception.Problem}");
        }

        Initial?.RequireFits(settings);
        if (History?.ProblemOf(settings) is string tooMuch)
        {
            throw new CommandException(exitCode, $"--history {tooMuch}");
        }

        int parameters = settings.Generator.ParameterCount + settings.Discriminator.ParameterCount;
        if (Initial?.Offset.Count > parameters)
        {
            throw new CommandException(
                exitCode, $"--init-offset has {Initial.Offset.Count} numbers; --generator {settings.Generator} and --discriminator {settings.Discriminator} have {parameters} parameters");
        }

        if ((FastMath || Engine == Engine.Compiled) && !CompiledKernels.Fits(settings))
        {
            throw new CommandException(
                exitCode,
                $"--generator {settings.Generator} and --discriminator {settings.Discriminator} have " +
                $"{parameters} parameters, " +
                $"the compiled engine takes at most {CompiledKernels.MostParameters}; --engine auto trains them");
        }

        return settings;
    }
}
