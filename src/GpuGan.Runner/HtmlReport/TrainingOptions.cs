using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Files;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Settings;

namespace GpuGan.Runner.HtmlReport;

/// <summary>The command that trains something again, to the same weights and the same verdict.</summary>
internal static partial class TrainingOptions
{
    private const int DefaultRows = 1000;

    /// <summary>The command; only what differs from the defaults is named.</summary>
    /// <param name="settings">How to train.</param>
    /// <param name="data">What to learn, and how it is judged.</param>
    /// <param name="fastMath">Whether a GPU may take its own functions.</param>
    /// <returns>Null where no command draws such data: those of another seed.</returns>
    public static string? Command(TrainingSettings settings, MemberData data, bool fastMath)
    {
        if (data.SharedSeed is ulong seed && seed != settings.Seed)
        {
            return null;
        }

        JsonObject defaults = SettingsJson.Of(new TrainingSettings(), DefaultRows, null, Gaussian.Chapter), own = data.File is null ? SettingsJson.Of(settings, data.Rows, null, data.Distribution) : SettingsJson.Of(settings, DefaultRows);
        LimitsJson.AddTo(defaults, VerdictLimits.Default);
        LimitsJson.AddTo(own, data.Limits);
        IEnumerable<string> options = own
            .Where(one => one.Key != SettingsJson.ShuffleName && !JsonNode.DeepEquals(one.Value, defaults[one.Key]) && !IsSaidByAnother(own, one.Key))
            .Select(one => one.Value is JsonValue value && value.TryGetValue(out bool isOn) ? $" {Options.SwitchOf(one.Key, isOn)}" : $" {Options.NameOf(one.Key)} {one.Value}");
        string order = settings.Shuffle == data.File is not null ? "" : settings.Shuffle ? " --shuffle" : " --no-shuffle";
        string standardize = data.Standardize ? " --standardize" : "", accuracy = data.AccuracyRows is int rows ? $" --accuracy {rows}" : "", fast = fastMath ? " --fast-math" : "";
        return $"gpugan train{(data.Found is string file ? $" --data {Quoted(file)}{ReadingOf(data.FoundCsv)}" : "")}{string.Concat(options)}{StartOf(data.Initial)}{order}{standardize}{accuracy}{(data.Energy ? " --energy" : "")}{fast}";
    }

    // A setting of one network or player that is as that of both.
    private static bool IsSaidByAnother(JsonObject own, string name) =>
        SettingTable.Find(name)?.Follows is string other && JsonNode.DeepEquals(own[name], own[other]);

    private static string StartOf(InitialNetworks? initial) => initial switch
    {
        null => "",
        { Generator: null, Discriminator: null } => $" --init-offset {initial.OffsetText}",
        _ => $" --init-from {Quoted(initial.Path!)}", // The copy has the numbers that are added, too.
    };

    private static string ReadingOf(CsvOptions csv) =>
        string.Concat(csv.Texts().Select(one => $" {Options.NameOf(one.Key)}{(one.Value == "true" ? "" : $" {Quoted(one.Value)}")}"));

    // As shells read it.
    private static string Quoted(string text) => Plain().IsMatch(text) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[\w./,:+-]+$")]
    private static partial Regex Plain();
}
