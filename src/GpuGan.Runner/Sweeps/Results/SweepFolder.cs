using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GpuGan.Runner.Files;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Trajectories;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>
/// The folder of a sweep: <c>settings.json</c> with its specification from the first moment on, a file in <c>chunks</c> for whatever
/// is done, and in the end <c>members.parquet</c> and <c>summary.json</c>.
/// </summary>
/// <remarks>
/// Processes that work in a folder at the same time do different parts of one sweep: each holds the lock of its part. What changes the
/// folder itself is done by one after the other, by the lock of the setup.
/// </remarks>
internal sealed class SweepFolder : IDisposable
{
    public const string MembersName = "members.parquet";
    public const string CsvName = "members.csv";
    private const string ChunksName = "chunks";
    private const string LockExtension = ".lock";

    // Longer than an extension takes to translate whatever was done.
    private static readonly TimeSpan MostSetup = TimeSpan.FromMinutes(5);

    private readonly byte[] digest;
    private (string Path, FileLock Lock)? part;

    private SweepFolder(string path, SweepSpecification specification) => (Path, Specification, digest) = (path, specification, specification.Digest);

    /// <summary>The folder as it was given.</summary>
    public string Path { get; }

    public SweepSpecification Specification { get; }

    /// <summary>Members of the sweep that was extended to this one when it was begun; null where none was.</summary>
    public int? ExtendedFrom { get; private set; }

    private string Chunks => System.IO.Path.Join(Path, ChunksName);

    private string Settings => System.IO.Path.Join(Path, RunFolder.SettingsName);

    private string SetupLock => System.IO.Path.Join(Chunks, $"setup{LockExtension}");

    /// <summary>The name of the folder of a sweep whose user gives none: the same command finds it again.</summary>
    public static string DefaultPath(SweepSpecification specification) => System.IO.Path.Join("runs", $"sweep-{specification.Hash}");

    /// <summary>Opens the folder of a sweep that is there, to read it.</summary>
    /// <exception cref="FileContentException">There is none, or it is no sweep's.</exception>
    public static SweepFolder Open(string path)
    {
        string settings = System.IO.Path.Join(path, RunFolder.SettingsName);
        return new SweepFolder(path, Guarded(settings, () =>
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(settings));
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("sweep", out JsonElement sweep))
            {
                throw new FileContentException(settings, "has no sweep; name the folder of a sweep");
            }

            // A sweep that does not say so is older than shuffling.
            SweepRequest request = SweepRequest.Of(settings, sweep).OrElse("shuffle", "false");
            if (request.Word(LimitsJson.KlLimit) is null)
            {
                throw new FileContentException(settings, "is of an earlier version of this program, whose verdict was another; train the sweep again, in another folder");
            }

            int columns = request.Texts.TryGetValue("generator", out IReadOnlyList<string>? generator)
                ? Kernels.Networks.Network.Parse(generator[0]).Outputs
                : throw new FileContentException(settings, "names no generator");
            return SweepSpecification.Of(request, columns, request.Word("data_sha256"));
        }));
    }

    /// <summary>Makes a folder that takes the results of a sweep, or opens it where it is there.</summary>
    /// <exception cref="FileContentException">It holds something else.</exception>
    public static SweepFolder Make(string path, SweepSpecification specification)
    {
        SweepFolder folder = Prepare(path, specification);
        using FileLock setup = FileLock.Take(folder.SetupLock, MostSetup);
        if (!File.Exists(folder.Settings))
        {
            folder.WriteSettings();
        }
        else if (specification.DifferenceTo(Open(path).Specification, "there", "here") is string difference)
        {
            throw new FileContentException(path, $"holds another sweep: {difference}; name another folder");
        }

        return folder;
    }

    /// <summary>
    /// Begins or goes on with a part of a sweep in a folder, which is made where there is none. A sweep that is there and whose members are
    /// all among these is extended: what is done of it stays done.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="plan">The sweep's.</param>
    /// <param name="own">The part; no other process does any of it until the folder is disposed.</param>
    /// <param name="fresh">Whether another sweep, or what is done of the part, is deleted.</param>
    /// <param name="warn">Told what is deleted, before it is.</param>
    /// <exception cref="FileContentException">It holds something else, or another process works in it.</exception>
    public static SweepFolder Begin(string path, SweepPlan plan, WorkRange own, bool fresh, Action<string> warn)
    {
        SweepFolder folder = Prepare(path, plan.Specification);
        using FileLock setup = FileLock.Take(folder.SetupLock, MostSetup);
        if (!File.Exists(folder.Settings))
        {
            folder.WriteSettings();
        }
        else
        {
            folder.GoOn(Open(path).Specification, plan, own, fresh, warn);
        }

        folder.Claim(own);
        return folder;
    }

    /// <summary>What is done, in the order of work.</summary>
    /// <param name="damaged">Told of each file that is damaged.</param>
    public IReadOnlyList<ChunkFile> ReadChunks(Action<string> damaged) => [.. ReadAll(damaged).Where(IsOwn)];

    /// <summary>Keeps what is done.</summary>
    public ChunkFile WriteChunk(WorkSet work, Shard shard, ReadOnlySpan<MemberResult> results) => ChunkFile.Write(Chunks, digest, work, shard, results);

    /// <summary>Takes a chunk of another folder, if it is not here.</summary>
    public void Copy(ChunkFile chunk)
    {
        string path = System.IO.Path.Join(Chunks, ChunkFile.NameOf(digest, chunk.Work));
        if (!File.Exists(path) || ChunkFile.Open(path) is null)
        {
            AtomicFile.Write(path, stream =>
            {
                using FileStream source = File.OpenRead(chunk.Path);
                source.CopyTo(stream);
            });
        }
    }

    /// <summary>Deletes the page, which shows an earlier state.</summary>
    public void DeleteReport() => Delete([System.IO.Path.Join(Path, RunFolder.ReportName)]);

    /// <summary>Deletes what kills left behind while they wrote.</summary>
    public void Tidy()
    {
        AtomicFile.Tidy(Path);
        AtomicFile.Tidy(Chunks);
    }

    /// <summary>Writes a file, complete or not at all.</summary>
    public void Write(string name, string text) => AtomicFile.Write(System.IO.Path.Join(Path, name), text);

    /// <summary>Writes a file, complete or not at all.</summary>
    public void Write(string name, Action<Stream> write) => AtomicFile.Write(System.IO.Path.Join(Path, name), write);

    /// <summary>Lets other processes have the part.</summary>
    public void Dispose()
    {
        if (part is not { } held)
        {
            return;
        }

        // Where somebody is about to take it, its file is not deleted.
        using FileLock? setup = Directory.Exists(Chunks) ? FileLock.TryTake(SetupLock) : null;
        held.Lock.Dispose();
        Delete(setup is null ? [] : [held.Path]);
    }

    // Nothing is made in a folder of something else.
    private static SweepFolder Prepare(string path, SweepSpecification specification)
    {
        SweepFolder folder = new(path, specification);
        if (File.Exists(path))
        {
            throw new FileContentException(path, "is a file; name a folder");
        }

        if (File.Exists(folder.Settings))
        {
            _ = Open(path);
        }
        else if (Directory.Exists(path))
        {
            RequireNothingElse(path);
        }

        Guarded(path, () => Directory.CreateDirectory(folder.Chunks));
        return folder;
    }

    // Other shards may be making the folder at this moment.
    private static void RequireNothingElse(string path)
    {
        foreach (string entry in Guarded(path, () => Directory.GetFileSystemEntries(path)))
        {
            string name = System.IO.Path.GetFileName(entry);
            if (name is not (ChunksName or RunFolder.SettingsName) && !name.EndsWith(".tmp", StringComparison.Ordinal))
            {
                throw new FileContentException(path, $"holds other things than a sweep (no {RunFolder.SettingsName}); name another folder");
            }
        }
    }

    private void GoOn(SweepSpecification there, SweepPlan plan, WorkRange own, bool fresh, Action<string> warn)
    {
        string? difference = Specification.DifferenceTo(there, "there", "here");
        SweepExtension? extension = difference is null || fresh ? null : SweepExtension.Of(there, plan);
        if (difference is not null && extension is null && !fresh)
        {
            string done = Finished(ReadAll(_ => { }));
            throw new FileContentException(Path, SweepExtension.Of(Specification, new SweepPlan(there)) is null
                ? $"holds another sweep: {difference}; name another folder (--fresh would delete {done} there)"
                : $"holds a larger sweep, which has all of these members: {difference}; ask for all of it, or name another folder");
        }

        // Other parts of the same sweep may be other machines' work; whoever makes another sweep of it has to be alone.
        RequireFree(difference is null ? own : new WorkRange(0, int.MaxValue));
        if (extension is not null)
        {
            Extend(extension, there.Digest);
        }
        else if (fresh)
        {
            Clear(chunk => difference is not null || !IsOwn(chunk) || chunk.Work.Touches(own), warn);
            WriteSettings();
        }
    }

    // Translates what is done. Until the settings say otherwise it is the older sweep's folder, and loses nothing.
    private void Extend(SweepExtension extension, byte[] older)
    {
        ChunkFile[] chunks = [.. ReadAll(_ => { }).Where(chunk => chunk.IsOf(older))];
        foreach (ChunkFile chunk in chunks)
        {
            (WorkSet work, IReadOnlyList<int> indices) = extension.Translate(chunk.Work);
            MemberResult[] results = chunk.Read();
            WriteChunk(work, Shard.Whole, [.. indices.Select(index => results[index])]);
        }

        WriteSettings();
        DeleteResults();
        Delete(chunks.Select(chunk => chunk.Path));
        ExtendedFrom = extension.Members;
    }

    private void Clear(Func<ChunkFile, bool> isDeleted, Action<string> warn)
    {
        List<string> damaged = [];
        ChunkFile[] chunks = [.. ReadAll(damaged.Add).Where(isDeleted)];
        if (chunks.Length > 0)
        {
            warn($"--fresh deletes {Finished(chunks)} in {Path}");
        }

        DeleteResults();
        Delete(chunks.Select(chunk => chunk.Path).Concat(damaged));
    }

    // Parts may be cut differently, so their places tell whether they overlap.
    private void RequireFree(WorkRange range)
    {
        foreach (string path in Guarded(Chunks, () => Directory.GetFiles(Chunks, $"*{LockExtension}")).Where(path => PartOf(path).Intersect(range).Count > 0))
        {
            using FileLock? free = FileLock.TryTake(path);
            if (free is null)
            {
                throw new FileContentException(Path, string.Create(
                    CultureInfo.InvariantCulture, $"another process works in it, on {PartOf(path).Count:n0} of the members; wait until it ends, or end it"));
            }

            Delete([path]);
        }
    }

    // A part without members is nobody's.
    private void Claim(WorkRange own)
    {
        string path = System.IO.Path.Join(Chunks, string.Create(CultureInfo.InvariantCulture, $"{own.Start:d9}-{own.End:d9}{LockExtension}"));
        if (own.Count > 0 && FileLock.TryTake(path) is FileLock taken)
        {
            part = (path, taken);
        }
    }

    private static WorkRange PartOf(string path) =>
        System.IO.Path.GetFileNameWithoutExtension(path).Split('-') is [string start, string end]
            && int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out int last)
            ? new WorkRange(first, last)
            : default;

    private List<ChunkFile> ReadAll(Action<string> damaged)
    {
        List<ChunkFile> chunks = [];
        string[] paths = Directory.Exists(Chunks) ? Guarded(Chunks, () => Directory.GetFiles(Chunks, $"*{ChunkFile.Extension}")) : [];
        foreach (string path in paths.Order(StringComparer.Ordinal))
        {
            if (ChunkFile.Open(path) is ChunkFile chunk)
            {
                chunks.Add(chunk);
            }
            else
            {
                damaged(path);
            }
        }

        return chunks;
    }

    private bool IsOwn(ChunkFile chunk) => chunk.IsOf(digest);

    private void WriteSettings() => Write(RunFolder.SettingsName, Json.Document(new JsonObject
    {
        ["sweep"] = Specification.ToJson(),
        ["version"] = typeof(SweepFolder).Assembly.GetName().Version?.ToString(fieldCount: 3),
    }));

    // The summary first: a folder from which something is missing must not look complete.
    private void DeleteResults() => Delete(
    [
        .. ((string[])[RunFolder.SummaryName, MembersName, HistoryParquet.FileName, CsvName, RunFolder.ReportName]).Select(name => System.IO.Path.Join(Path, name)),
        .. PictureNames.SweepFiles.Concat(PictureNames.History.SelectMany(name => (string[])[$"{name}.png", $"{name}.svg"])).SelectMany(pattern => Guarded(Path, () => Directory.GetFiles(Path, pattern))),
    ]);

    private static void Delete(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            Guarded(path, () =>
            {
                File.Delete(path);
                return true;
            });
        }
    }

    // Chunks may overlap.
    private static string Finished(IEnumerable<ChunkFile> chunks)
    {
        WorkRange all = new(0, SweepSpecification.MostMembers);
        return Words.Counted(
            chunks.GroupBy(chunk => Convert.ToHexString(chunk.Digest))
                .Sum(group => all.Count - all.Without(group.SelectMany(chunk => chunk.Work.Ranges)).Sum(range => range.Count)),
            "finished member");
    }

    private static T Guarded<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (JsonException exception)
        {
            throw new FileContentException(path, $"is not valid JSON: {exception.Message}");
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
    }
}
