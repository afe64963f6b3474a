using System.Text.Json;

namespace GpuGan.Runner.Files;

/// <summary>What a folder holds the results of.</summary>
internal enum RunKind
{
    /// <summary>The training of one GAN.</summary>
    Training,

    /// <summary>Many seeds.</summary>
    Population,

    /// <summary>Many settings.</summary>
    Sweep,
}

/// <summary>Tells the kinds of folders apart.</summary>
internal static class RunKinds
{
    private const string SweptMembersName = "members.parquet";

    /// <summary>The kind of a folder.</summary>
    /// <exception cref="FileContentException">The folder is no run's.</exception>
    public static RunKind Of(string folder) =>
        File.Exists(Path.Join(folder, SweptMembersName))
            ? RunKind.Sweep
            : SettingsFile.Read(folder, "a run", root => root.TryGetProperty("population", out JsonElement population) ? RunKind.Population : RunKind.Training);
}
