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
    /// <summary>The kind of a folder.</summary>
    /// <exception cref="FileContentException">The folder is no run's.</exception>
    public static RunKind Of(string folder) => SettingsFile.Read(folder, "a run", root =>
        root.TryGetProperty("sweep", out var sweep) ? RunKind.Sweep
        : root.TryGetProperty("population", out var count) ? RunKind.Population
        : RunKind.Training);
}
