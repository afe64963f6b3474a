using System.Text.Json.Nodes;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Files;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.HtmlReport;

/// <summary>The command that trains something again.</summary>
internal static class TrainingOptions
{
    private const int DefaultRows = 1000;

    /// <summary>The command; only what differs from the defaults is named.</summary>
    /// <param name="settings">How to train.</param>
    /// <param name="data">What to learn.</param>
    /// <returns>Null where no command draws such data: those of another seed.</returns>
    public static string? Command(TrainingSettings settings, MemberData data)
    {
        if (data.SharedSeed is ulong seed && seed != settings.Seed)
        {
            return null;
        }

        JsonObject defaults = SettingsJson.Of(new TrainingSettings(), DefaultRows), own = SettingsJson.Of(settings, data.File is null ? data.Rows : DefaultRows);
        IEnumerable<string> options = own
            .Where(one => !JsonNode.DeepEquals(one.Value, defaults[one.Key]))
            .Select(one => $" --{one.Key.Replace('_', '-')} {one.Value}");
        return $"gpugan train{(data.File is null ? "" : $" --data {data.Found}")}{string.Concat(options)}";
    }
}
