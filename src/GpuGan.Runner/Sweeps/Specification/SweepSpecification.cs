using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Trajectories;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Sweeps.Specification;

/// <summary>How the values of the axes become points.</summary>
internal enum SweepKind
{
    /// <summary>Every value with every other.</summary>
    Cross,

    /// <summary>The first values of all lists, the second values, and so on.</summary>
    Zip,

    /// <summary>As many points as one likes, each drawn.</summary>
    Random,
}

/// <summary>Everything that decides the members of a sweep and what becomes of them; no device, no time.</summary>
/// <param name="Settings">
/// What each setting is set to, in the order of <see cref="SweepSetting.All"/>; without those that older sweeps do not have and this one leaves at their defaults.
/// </param>
/// <param name="Kind">How the values become points.</param>
/// <param name="Draws">Number of points of <see cref="SweepKind.Random"/>; else 0.</param>
/// <param name="Seed">The first seed; shared data and the draws have it too.</param>
/// <param name="Seeds">How many members each point has.</param>
/// <param name="SharedData">Whether all members have the same data.</param>
/// <param name="Shuffle">Whether each epoch has an order of the rows of its own.</param>
/// <param name="FastMath">Whether a GPU may take its own functions.</param>
/// <param name="Data">The file of the data as it was given, a remark; null where they are drawn.</param>
/// <param name="Csv">How that file is read, a remark too.</param>
/// <param name="DataSha256">Of the rows that were read, which decide.</param>
/// <param name="AccuracyRows">Fresh rows on which the discriminators are tried; null where they are not.</param>
/// <param name="Standardize">Whether the columns of the file are brought to mean 0 and standard deviation 1.</param>
/// <param name="Limits">Of the verdict.</param>
/// <param name="History">Which points of the trainings are kept; null for none.</param>
internal sealed record SweepSpecification(
    IReadOnlyList<SweepAxis> Settings,
    SweepKind Kind,
    int Draws,
    ulong Seed,
    int Seeds,
    bool SharedData,
    bool Shuffle,
    bool FastMath,
    string? Data,
    CsvOptions Csv,
    string? DataSha256,
    int? AccuracyRows,
    bool Standardize,
    VerdictLimits Limits,
    HistoryRequest? History = null)
{
    /// <summary>What a specification says of the points and seeds; all else is common to its members.</summary>
    public static readonly IReadOnlyList<string> Own = [.. SweepSetting.All.SelectMany(setting => setting.Names), "seed", "seeds", "zip", "random"];

    /// <summary>The most members of a sweep.</summary>
    public const int MostMembers = 100_000_000;

    /// <summary>What was swept: settings of several values, or of a distribution.</summary>
    public IReadOnlyList<SweepAxis> Axes => [.. Settings.Where(IsSwept)];

    /// <summary>The settings that its members' tables have a column for.</summary>
    public IReadOnlyList<SweepSetting> Columns => [.. Settings.Select(axis => axis.Setting)];

    /// <summary>Whether rows are drawn from a mixture, whose modes are counted.</summary>
    public bool HasMixture => Settings.Where(axis => axis.Name == DistributionWord.Name).SelectMany(axis => axis.Values).Any(text => DistributionWord.Parse(text).Mixture is not null);

    /// <summary>Twelve digits that tell sweeps apart.</summary>
    public string Hash => Convert.ToHexStringLower(Digest)[..12];

    /// <summary>SHA-256 of what decides.</summary>
    public byte[] Digest => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Identity().ToJsonString()));

    /// <summary>The settings of a point whose axes all have their first values; a distribution's first value is its least.</summary>
    public MemberSettings First => Settings.Aggregate(
        Defaults(Gaussian.Chapter.Columns, Shuffle),
        (settings, axis) => axis.Setting.Set(settings, Distribution.Is(axis.Values[0])
            ? SweepValues.TextOf(axis.Setting.Round(Distribution.Parse(axis.Values[0]).From))
            : axis.Values[0])).ForRows();

    /// <summary>Makes a specification of what was asked for.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="columns">Columns of the data.</param>
    /// <param name="dataSha256">Of the file of the data; null where they are drawn.</param>
    /// <param name="rows">Rows of the file of the data; null where the request says how many.</param>
    /// <exception cref="CommandException">Arguments are wrong.</exception>
    /// <exception cref="FileContentException">A file is wrong.</exception>
    public static SweepSpecification Of(SweepRequest request, int columns, string? dataSha256, int? rows = null)
    {
        MemberSettings defaults = Defaults(columns);
        string? data = request.Word("data");
        int draws = (int)(request.Whole("random", 1, MostMembers) ?? 0);
        int seeds = (int)(request.Whole("seeds", 1, MostMembers) ?? 1);
        SweepKind kind = draws > 0 ? SweepKind.Random : request.Switch("zip") ? SweepKind.Zip : SweepKind.Cross;
        RequireFewEnough(request, kind, draws, seeds);
        List<SweepAxis> settings = [];
        foreach (SweepSetting setting in SweepSetting.All)
        {
            if (setting.Property == nameof(MemberSettings.Rows) && rows is int count)
            {
                settings.Add(new SweepAxis(setting.Name, [$"{count}"]));
                continue;
            }

            try
            {
                if (request.Texts.TryGetValue(setting.Name, out IReadOnlyList<string>? texts))
                {
                    SweepAxis axis = SweepValues.Parse(setting, texts, defaults, columns);
                    if (axis.Values is not [string only] || only != setting.Missing || setting.Follows is not null)
                    {
                        settings.Add(axis);
                    }
                }
                else if (setting.Missing is null)
                {
                    settings.Add(new SweepAxis(setting.Name, [setting.TextOf(defaults)]));
                }
            }
            catch (FormatException exception)
            {
                throw request.Problem(setting.Name, exception.Message);
            }
        }

        SweepSpecification specification = new(
            settings,
            kind,
            draws,
            request.Whole("seed", 0, ulong.MaxValue) ?? 0,
            seeds,
            request.Switch("shared_data") || data is not null,
            request.OrElse("shuffle", data is null ? "false" : "true").Switch("shuffle"),
            request.Switch("fast_math"),
            data,
            request.Csv(),
            dataSha256,
            (int?)request.Whole("accuracy", 1, TrainArguments.MostFreshRows),
            request.Switch("standardize"),
            new VerdictLimits(
                request.NumberFrom0(LimitsJson.KlLimit) ?? VerdictLimits.DefaultKlDivergence,
                request.NumberFrom0(LimitsJson.NeighborLimit, most: 1),
                (int)(request.Whole(LimitsJson.EvaluationRows, 1, TrainArguments.MostFreshRows) ?? Moments.GeneratorSamples)),
            request.Whole(HistoryRequest.Name, 1, int.MaxValue) is ulong every ? new HistoryRequest((int)every, request.Switch(HistoryRequest.BothName)) : null);
        specification.Check(request, rows);
        return specification;
    }

    /// <summary>The specification as <c>--spec</c> reads it: lists where there are several values.</summary>
    public JsonObject ToJson() => ToJson(axis => axis.Name);

    private JsonObject ToJson(Func<SweepAxis, string> nameOf)
    {
        JsonObject json = new() { ["data"] = Data, ["data_sha256"] = DataSha256 };
        Csv.AddTo(json);
        foreach (SweepAxis axis in Settings)
        {
            json[nameOf(axis)] = axis.Values.Count == 1
                ? NodeOf(axis.Setting, axis.Values[0])
                : new JsonArray([.. axis.Values.Select(value => NodeOf(axis.Setting, value))]);
        }

        json["seed"] = Seed;
        json["seeds"] = Seeds;
        json["zip"] = Kind == SweepKind.Zip;
        json["random"] = Kind == SweepKind.Random ? Draws : null;
        json["shared_data"] = SharedData;
        json["fast_math"] = FastMath;
        json["standardize"] = Standardize;
        LimitsJson.AddTo(json, Limits);

        // These are named only where they are asked for: the hashes of all other sweeps are older. Rows of a file are shuffled by default.
        if (Shuffle || Data is not null)
        {
            json["shuffle"] = Shuffle;
        }

        if (AccuracyRows is not null)
        {
            json["accuracy"] = AccuracyRows;
        }

        History?.AddTo(json);
        return json;
    }

    /// <summary>
    /// The same without what is a remark: wherever the file of the data lies, however its path is written, and however its rows are spelt
    /// and read, they are told by their hash, and the sweep is the same.
    /// </summary>
    public JsonObject Identity()
    {
        // The names of before are those of the hashes of before.
        JsonObject json = ToJson(axis => axis.Setting.Names[^1]);

        // Null, and not left out: so it stands for data that are drawn.
        json["data"] = null;
        foreach (string name in CsvWords.Names)
        {
            json.Remove(name);
        }

        return json;
    }

    /// <summary>The first difference to another specification, in words, where there is one of those that an extension does not bridge; null where they are equal.</summary>
    /// <param name="other">The other.</param>
    /// <param name="there">Where the other is.</param>
    /// <param name="here">Where this one is.</param>
    public string? DifferenceTo(SweepSpecification other, string there, string here)
    {
        if (DataSha256 is string rows && other.DataSha256 is string otherRows && rows != otherRows)
        {
            return $"the rows of {OneLine.Quote(Data!)} have changed: SHA-256 {OneLine.Digits(otherRows)} {there}, {OneLine.Digits(rows)} {here}";
        }

        JsonObject mine = Identity(), others = other.Identity();
        return (from name in mine.Select(property => property.Key).Union(others.Select(property => property.Key))
                where !JsonNode.DeepEquals(mine[name], others[name])
                orderby Grows(name)
                select $"{name} is {Show(others[name])} {there} and {Show(mine[name])} {here}").FirstOrDefault();
    }

    /// <summary>Whether a name of a specification may mean more in a sweep that has the members of another.</summary>
    public static bool Grows(string name) => Own.Contains(name);

    /// <summary>Whether a setting is swept.</summary>
    public static bool IsSwept(SweepAxis axis) => axis.Values.Count > 1 || Distribution.Is(axis.Values[0]);

    private static MemberSettings Defaults(int columns, bool shuffle = false) => new(
        new TrainingSettings { Generator = new Network(columns, columns), Discriminator = new Network(columns, 5, 3, 1), Shuffle = shuffle }, 1000);

    private static JsonValue NodeOf(SweepSetting setting, string value) =>
        setting.Type == typeof(string) || Distribution.Is(value) ? JsonValue.Create(value)
        : setting.Type == typeof(bool) ? JsonValue.Create(value == "true")
        : setting.Type == typeof(int) ? int.TryParse(value, CultureInfo.InvariantCulture, out int count) ? JsonValue.Create(count) : JsonValue.Create(value)
        : JsonValue.Create(double.Parse(value, CultureInfo.InvariantCulture));

    private static string Show(JsonNode? node) => OneLine.Quote(node switch
    {
        null => "null",
        JsonArray list => string.Join(", ", list.Select(value => value!.ToString())),
        _ => node.ToString(),
    }).Trim('\'');

    private static void RequireFewEnough(SweepRequest request, SweepKind kind, int draws, int seeds)
    {
        int[] values = [.. SweepSetting.All.Select(setting => request.Texts.TryGetValue(setting.Name, out IReadOnlyList<string>? texts) ? SweepValues.Count(texts) : 1)];
        BigInteger members = seeds * kind switch
        {
            SweepKind.Random => draws,
            SweepKind.Zip => values.Max(),
            _ => values.Aggregate(BigInteger.One, (product, count) => product * count),
        };
        if (members > MostMembers)
        {
            string many = members < BigInteger.Pow(10, 30) ? members.ToString("n0", CultureInfo.InvariantCulture) : "10^30 or more";
            throw request.Problem("seeds", string.Create(CultureInfo.InvariantCulture, $"{seeds} would make a sweep of {many} members; at most {MostMembers:n0}"));
        }
    }

    private void Check(SweepRequest request, int? rows)
    {
        SweepAxis? drawn = Settings.FirstOrDefault(axis => Distribution.Is(axis.Values[0]));
        if (Kind != SweepKind.Random && drawn is not null)
        {
            throw request.Problem(drawn.Name, $"{OneLine.Quote(drawn.Values[0])} is drawn from; add {request.Describe("random")} N, the number of points");
        }

        if (Kind == SweepKind.Random && request.Switch("zip"))
        {
            throw request.Problem("zip", "is for lists, random for distributions; leave one out");
        }

        if (Kind == SweepKind.Random && Axes.Count == 0)
        {
            throw request.Problem("random", $"has nothing to draw; give a distribution such as {request.Describe("lr_d")} loguniform:0.0001:1");
        }

        if (Kind == SweepKind.Zip && Axes.Count > 0 && Axes.FirstOrDefault(axis => axis.Values.Count != Axes[0].Values.Count) is SweepAxis odd)
        {
            throw request.Problem("zip", $"pairs lists of one length; {Axes[0].Name} has {Axes[0].Values.Count} values and {odd.Name} {odd.Values.Count}");
        }

        // A whole specification tells the rows of the file too.
        if (rows is int there && request.Texts.TryGetValue("rows", out IReadOnlyList<string>? told) && (request.SourceOf("rows") is null || told is not [string text] || text != $"{there}"))
        {
            throw request.Problem("rows", $"is for drawn data; {request.Describe("data")} trains on all rows of its file, {there}");
        }

        if (Data is not null && request.Texts.ContainsKey(DistributionWord.Name))
        {
            throw request.Problem(DistributionWord.Name, DistributionWord.NothingToDraw);
        }

        if (Data is null && Standardize)
        {
            throw request.Problem("standardize", TrainArguments.NothingToStandardize);
        }

        if (Data is not null && AccuracyRows is not null)
        {
            throw request.Problem("accuracy", TrainArguments.NoFreshRows);
        }

        if (History is null && request.Switch(HistoryRequest.BothName))
        {
            throw request.Problem(HistoryRequest.BothName, HistoryRequest.Nothing);
        }

        // Shorter members have their last epoch.
        double longest = Settings.Single(axis => axis.Name == "epochs").Numbers().Max();
        if (History?.ProblemOf(First.Training with { Epochs = (int)Math.Min(longest, int.MaxValue) }) is string problem)
        {
            throw request.Problem(HistoryRequest.Name, problem);
        }

        if (Seed > ulong.MaxValue - (ulong)(Seeds - 1))
        {
            throw request.Problem("seeds", $"{Seeds} from seed {Seed} on passes the last seed, {ulong.MaxValue}");
        }
    }
}
