using System.Globalization;

namespace GpuGan.Runner.Files;

/// <summary>
/// The folder of a run's results. It holds <c>settings.json</c> from its first moment, so that it can be recognised,
/// and <c>metrics.json</c>, a population's <c>summary.json</c>, as its last file, so that a folder with it is complete.
/// </summary>
internal sealed class RunFolder
{
    public const string SettingsName = "settings.json";
    public const string LossesName = "losses.csv";
    public const string MetricsName = "metrics.json";
    public const string WeightsName = "weights.safetensors";
    public const string CheckpointName = "checkpoint.safetensors";
    public const string MembersName = "members.csv";
    public const string SummaryName = "summary.json";
    public const string ReportName = "report.html";

    // Metrics and summary first: a folder from which something is missing must not look complete.
    private static readonly string[] OwnFiles =
    [
        MetricsName, SummaryName, ReportName, CheckpointName, LossesName, WeightsName, MembersName, Trajectories.HistoryParquet.FileName, InitialNetworks.FileName,
        .. from plot in (string[])["prior", "data", "losses", "samples", "decision", .. PictureNames.Population, .. PictureNames.History]
           from type in (string[])["png", "svg"]
           select $"{plot}.{type}",
    ];

    private RunFolder(string path) => Path = path;

    /// <summary>The folder as it was given, never made absolute.</summary>
    public string Path { get; }

    /// <summary>Makes the folder <c>runs/TIME-seedSEED</c>, or another name where a run has this one.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="now">The local time.</param>
    /// <param name="settings">Contents of <c>settings.json</c>.</param>
    /// <param name="kind">What the name ends with.</param>
    /// <exception cref="FileContentException">The folder cannot be made.</exception>
    public static RunFolder CreateNamed(ulong seed, DateTime now, string settings, string kind = "")
    {
        string name = System.IO.Path.Join("runs", $"{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-seed{seed}{kind}");
        for (int attempt = 1; ; attempt++)
        {
            string path = attempt == 1 ? name : $"{name}-{attempt}";
            if (TryCreate(path, settings))
            {
                return new RunFolder(path);
            }
        }
    }

    /// <summary>Makes the folder that the user names.</summary>
    /// <param name="path">The folder; it must not exist.</param>
    /// <param name="force">Whether it may exist if it is empty or a run's; then the files of the earlier run are deleted, others stay.</param>
    /// <param name="settings">Contents of <c>settings.json</c>.</param>
    /// <exception cref="FileContentException">The folder exists, or cannot be made.</exception>
    public static RunFolder Create(string path, bool force, string settings)
    {
        if (!AtomicFolder.Exists(path))
        {
            return TryCreate(path, settings) ? new RunFolder(path) : throw new FileContentException(path, "exists; name another folder");
        }

        RequireReplaceable(path, force);
        AtomicFile.Tidy(path);
        try
        {
            foreach (string file in OwnFiles)
            {
                File.Delete(System.IO.Path.Join(path, file));
            }

            PyTorchFolder.Delete(System.IO.Path.Join(path, PyTorchFolder.Name));
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }

        RunFolder folder = new(path);
        folder.Write(SettingsName, settings);
        return folder;
    }

    /// <summary>Goes on in the folder of a training: it no longer looks complete, its page is gone, and all else stays until it is replaced.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="settings">Contents of <c>settings.json</c>.</param>
    /// <exception cref="FileContentException">The folder cannot be written.</exception>
    public static RunFolder Continue(string path, string settings)
    {
        try
        {
            File.Delete(System.IO.Path.Join(path, MetricsName));
            File.Delete(System.IO.Path.Join(path, ReportName));
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }

        AtomicFile.Tidy(path);
        RunFolder folder = new(path);
        folder.Write(SettingsName, settings);
        return folder;
    }

    /// <summary>Refuses a folder that <see cref="Create"/> would refuse because of what it holds.</summary>
    /// <exception cref="FileContentException">The folder exists and may not be replaced.</exception>
    public static void RequireReplaceable(string path, bool force)
    {
        try
        {
            if (File.Exists(path))
            {
                throw new FileContentException(path, "is a file; name a folder");
            }

            if (!Directory.Exists(path))
            {
                return;
            }

            if (!force)
            {
                throw new FileContentException(path, "exists; name another folder, or --force, which deletes the run in it");
            }

            if (Directory.EnumerateFileSystemEntries(path).Any() && !File.Exists(System.IO.Path.Join(path, SettingsName)))
            {
                throw new FileContentException(path, $"holds other things than a run (no {SettingsName}); --force does not replace it");
            }
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
    }

    /// <summary>Writes a file, complete or not at all.</summary>
    public void Write(string name, string text) => AtomicFile.Write(System.IO.Path.Join(Path, name), text);

    /// <summary>Writes a file, complete or not at all.</summary>
    public void Write(string name, Action<Stream> write) => AtomicFile.Write(System.IO.Path.Join(Path, name), write);

    private static bool TryCreate(string path, string settings) =>
        AtomicFolder.TryCreate(path, beside => AtomicFile.Write(System.IO.Path.Join(beside, SettingsName), settings));
}
