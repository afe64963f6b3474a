using System.Text.Json;
using System.Text.Json.Nodes;
using GpuGan.Runner.Files;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Folders;

/// <summary>What the files of a folder tell, to be compared with those of others; nothing is trained or judged again.</summary>
/// <param name="Letter">What it is called in the comparison, from A on.</param>
/// <param name="Path">The folder as it was given.</param>
/// <param name="Kind">What it holds the results of.</param>
/// <param name="Settings">How it was trained, by the names of files; no device and no version.</param>
/// <param name="Results">Its <c>metrics.json</c> or <c>summary.json</c>; null where it is not finished.</param>
/// <param name="Problems">What could not be found.</param>
internal sealed record ComparedFolder(
    char Letter, string Path, RunKind Kind, JsonObject Settings, JsonObject? Results, IReadOnlyList<string> Problems)
{
    // What changes no result.
    private static readonly string[] LeftOut = ["engine", "device", "device_name", "threads", "checkpoint_every", "version"];

    /// <summary>The training of a single GAN, to be drawn; null of other kinds, or where its files are missing.</summary>
    public ComparedTraining? Training { get; init; }

    /// <summary>The name of the folder itself.</summary>
    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));

    /// <summary>Reads a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="letter">What it is called.</param>
    /// <param name="data">A file whose rows it may have learnt, if those are not found; else null.</param>
    /// <exception cref="FileContentException">It is no run's, or a file is malformed.</exception>
    public static ComparedFolder Read(string path, char letter, string? data)
    {
        RunKind kind = RunKinds.Of(path);
        JsonObject settings = SettingsFile.Read(path, "a run", root => JsonNode.Parse(root.GetRawText())!.AsObject());
        settings = settings["sweep"]?.DeepClone().AsObject() ?? settings;
        foreach (string name in LeftOut)
        {
            settings.Remove(name);
        }

        List<string> problems = [];
        string file = System.IO.Path.Join(path, kind == RunKind.Training ? RunFolder.MetricsName : RunFolder.SummaryName);
        JsonObject? results = File.Exists(file) ? ReadJson(file) : null;
        if (results is null)
        {
            problems.Add($"has no {System.IO.Path.GetFileName(file)} yet, and so no verdict");
        }

        ComparedTraining? training = kind == RunKind.Training ? ComparedTraining.Read(path, data, problems) : null;
        return new ComparedFolder(letter, path, kind, settings, results, problems) { Training = training };
    }

    /// <summary>A share of the members and its 95 % interval; null where the folder has none.</summary>
    public Share? Share(string name) =>
        Results?["members"]?.GetValue<int>() is > 0 and int members && Results[name] is JsonValue count && count.GetValueKind() == JsonValueKind.Number
            ? new Share(count.GetValue<int>(), members)
            : null;

    private static JsonObject ReadJson(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? throw new FileContentException(file, "is no JSON object");
        }
        catch (JsonException exception)
        {
            throw new FileContentException(file, $"is not valid JSON: {exception.Message}");
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(file, exception);
        }
    }
}
