using System.Globalization;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Trainings;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Lab;

/// <summary>
/// An experiment as addresses have it, <c>loss=hinge&amp;lr_d=.05&amp;seed=3</c>: names of settings and texts of their values. It means what the
/// options of <c>gpugan train</c> mean, as it is read by them.
/// </summary>
internal sealed record LabRequest
{
    /// <summary>The name of rows that were drawn by hand: <c>x,y;x,y</c>.</summary>
    public const string PointsName = "points";

    /// <summary>What the file of those rows is called in commands.</summary>
    public const string PointsFile = "drawn.csv";

    private const string SeedName = "seed";

    // What a page shows in a moment, or in a minute; whatever is larger is for the command line.
    private const int MostRows = 20_000, MostEpochs = 20_000, MostColumns = 16, MostParameters = 20_000, MostText = 200;
    private const long MostSteps = 2_000_000;
    private static readonly UInt128 MostCost = 20_000_000_000;

    private static readonly IReadOnlyList<string> Names =
    [
        .. SweepSetting.All.Select(setting => setting.Name), SettingsJson.ShuffleName, SeedName, "standardize",
        LimitsJson.EvaluationRows, LimitsJson.KlLimit, LimitsJson.NeighborLimit, PointsName,
    ];

    private readonly IReadOnlyList<(string Name, string Text)> texts;

    private LabRequest(IReadOnlyList<(string Name, string Text)> texts, Table? points) => (this.texts, Points) = (texts, points);

    /// <summary>Rows that were drawn by hand; null where a distribution gives them.</summary>
    public Table? Points { get; }

    /// <summary>Reads an address' text.</summary>
    /// <exception cref="CommandException">It names what there is not.</exception>
    public static LabRequest Parse(string address)
    {
        List<(string Name, string Text)> texts = [];
        Table? points = null;
        foreach (string part in address.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2);
            string name = Uri.UnescapeDataString(pair[0]), text = pair.Length < 2 ? "" : Uri.UnescapeDataString(pair[1]);
            if (!Names.Contains(name))
            {
                throw Problem($"there is no setting {OneLine.Quote(Short(name))}");
            }

            if (texts.Any(one => one.Name == name) || (name == PointsName && points is not null))
            {
                throw Problem($"{name} is given twice");
            }

            if (name == PointsName)
            {
                points = PointsOf(text);
                continue;
            }

            // An option would be taken for the next one.
            texts.Add(text.Length is > 0 and <= MostText && !text.StartsWith("--", StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace)
                ? (name, text)
                : throw Problem($"{name} {OneLine.Quote(Short(text))} is no value"));
        }

        return new LabRequest([.. texts.OrderBy(one => Names.ToList().IndexOf(one.Name))], points);
    }

    /// <summary>The words of a command line that trains the same.</summary>
    /// <param name="command"><c>train</c> or <c>sweep</c>.</param>
    /// <param name="axes">Settings that are given lists instead.</param>
    public IReadOnlyList<string> CommandWords(string command, params IReadOnlyList<(string Name, string List)> axes) =>
    [
        "gpugan",
        command,
        .. Points is null ? (string[])[] : ["--data", PointsFile],
        .. texts.Where(one => !axes.Any(axis => axis.Name == one.Name)).Concat(axes.Select(axis => (axis.Name, Text: axis.List))).SelectMany(one => OptionOf(one.Name, one.Text)),
    ];

    /// <summary>What the experiment is, checked.</summary>
    /// <exception cref="CommandException">A value is none, or is more than a page is for.</exception>
    public LabExperiment Read()
    {
        TrainArguments arguments = TrainOptions.Parse(CommandWords("train"));
        int columns = Points?.Columns ?? arguments.Distribution.Columns, rows = Points?.Rows ?? arguments.Rows;
        TrainingSettings settings = arguments.Validate(columns, ExitCode.Usage);
        RequireAtMost("rows", rows, MostRows);
        RequireAtMost("columns", columns, MostColumns);
        RequireAtMost("epochs", settings.Epochs, MostEpochs);
        RequireAtMost(LimitsJson.EvaluationRows, arguments.Limits.EvaluationRows, MostRows);
        RequireAtMost("parameters", (long)settings.Generator.ParameterCount + settings.Discriminator.ParameterCount, MostParameters);
        MemberSettings member = new MemberSettings(settings, rows) { Distribution = arguments.Distribution }.ForRows();
        RequireAtMost("steps", member.Steps * Math.Max(settings.DSteps, settings.GSteps), MostSteps);
        if (member.Cost * (ulong)settings.GSteps > MostCost)
        {
            throw Problem("so many steps of such networks are more than a page is for; 'gpugan train' has no limit");
        }

        try
        {
            LearnedData learned = Points is null ? LearnedData.Drawn(arguments.Distribution, settings.Seed, rows) : LearnedData.Of(Points, arguments.Standardize);
            return new LabExperiment(this, arguments, member.Training, learned, LearnedData.Evaluation(learned, arguments.Distribution, arguments.Limits));
        }
        catch (ArgumentException exception)
        {
            throw Problem(exception.Message);
        }
    }

    /// <summary>What a sweep of it over some settings is asked for.</summary>
    /// <param name="axes">The settings, and lists of their values.</param>
    /// <param name="seeds">Members of each point.</param>
    public SweepRequest Swept(IReadOnlyList<(string Name, string List)> axes, int seeds)
    {
        Dictionary<string, IReadOnlyList<string>> all = texts.ToDictionary(one => one.Name, one => (IReadOnlyList<string>)[one.Text]);
        foreach ((string name, string list) in axes)
        {
            all[name] = SweepRequest.Split(name, list);
        }

        all["seeds"] = [seeds.ToString(CultureInfo.InvariantCulture)];
        if (Points is not null)
        {
            all["data"] = [PointsFile];
        }

        return new SweepRequest(null, all);
    }

    /// <summary>The rows as the file has them that commands name.</summary>
    public static string Csv(Table points)
    {
        IEnumerable<string> lines = Enumerable.Range(0, points.Rows)
            .Select(row => string.Join(',', Enumerable.Range(0, points.Columns).Select(column => points[row, column].ToString("R", CultureInfo.InvariantCulture))));
        return string.Concat(lines.Select(line => $"{line}\n"));
    }

    /// <summary>Refuses what is more than a page is for.</summary>
    /// <exception cref="CommandException">It is more.</exception>
    public static void RequireAtMost(string name, long value, long most)
    {
        if (value > most)
        {
            throw Problem(string.Create(CultureInfo.InvariantCulture, $"{name} {value} are more than a page is for, at most {most}; commands have no limit"));
        }
    }

    // A switch has an option for what is not usual, and none for what is.
    private static IEnumerable<string> OptionOf(string name, string text) =>
        text is not ("true" or "false") ? [Options.NameOf(name), text]
        : text == UsualSwitch(name) ? []
        : [Options.SwitchOf(name, text == "true")];

    private static string? UsualSwitch(string name) =>
        name == SettingsJson.ShuffleName ? null : SettingTable.Find(name)?.TextOf(new TrainingSettings()) ?? "false";

    private static Table PointsOf(string text)
    {
        string[][] rows = [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Take(MostRows + 1).Select(row => row.Split(','))];
        RequireAtMost("rows", rows.Length, MostRows);
        double[] values = [.. rows.SelectMany(row => row).Select(number => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && float.IsFinite((float)value)
            ? value
            : throw Problem($"{PointsName}: {OneLine.Quote(Short(number))} is no number"))];
        return rows.Length >= 2 && rows.All(row => row.Length == rows[0].Length)
            ? new Table(values, rows[0].Length)
            : throw Problem($"{PointsName}: two rows at least, of equally many numbers");
    }

    private static string Short(string text) => text.Length <= MostText ? text : text[..MostText];

    private static CommandException Problem(string problem) => new(ExitCode.Usage, problem);
}
