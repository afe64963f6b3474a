using System.Text.Json;
using System.Text.Json.Nodes;
using GpuGan.Runner.Files;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Sweeps;

/// <summary>
/// The folder of a sweep: <c>settings.json</c> with its specification from the first moment on, a file in <c>chunks</c> for whatever
/// is done, and in the end <c>members.parquet</c> and <c>summary.json</c>.
/// </summary>
internal sealed class SweepFolder
{
    public const string MembersName = "members.parquet";
    public const string CsvName = "members.csv";
    private const string ChunksName = "chunks";

    private readonly byte[] digest;

    private SweepFolder(string path, SweepSpecification specification) => (Path, Specification, digest) = (path, specification, specification.Digest);

    /// <summary>The folder as it was given.</summary>
    public string Path { get; }

    public SweepSpecification Specification { get; }

    private string Chunks => System.IO.Path.Join(Path, ChunksName);

    /// <summary>The name of the folder of a sweep whose user gives none: the same command finds it again.</summary>
    public static string DefaultPath(SweepSpecification specification) => System.IO.Path.Join("runs", $"sweep-{specification.Hash}");

    /// <summary>Opens the folder of a sweep that is there.</summary>
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
                throw new FileContentException(settings, "is of a version whose verdict was another; name another folder and train again");
            }

            int columns = request.Texts.TryGetValue("generator", out IReadOnlyList<string>? generator)
                ? Kernels.Networks.NetworkShape.Parse(generator[0]).Outputs
                : throw new FileContentException(settings, "names no generator");
            return SweepSpecification.Of(request, columns, request.Word("data_sha256"));
        }));
    }

    /// <summary>Makes the folder of a sweep, or opens it where it is there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="specification">The sweep's.</param>
    /// <param name="fresh">Whether what another sweep, or an earlier run of this one, left there is deleted.</param>
    /// <param name="own">What is begun again if <paramref name="fresh"/>: other parts of the same sweep may be other machines' work.</param>
    /// <exception cref="FileContentException">It holds something else.</exception>
    public static SweepFolder Make(string path, SweepSpecification specification, bool fresh, WorkRange own)
    {
        SweepFolder folder = new(path, specification);
        string settings = System.IO.Path.Join(path, RunFolder.SettingsName);
        if (File.Exists(path))
        {
            throw new FileContentException(path, "is a file; name a folder");
        }

        Guarded(path, () => Directory.CreateDirectory(path));
        if (!File.Exists(settings))
        {
            RequireNothingElse(path);
        }
        else
        {
            // Nothing is made or cleared in a folder of something else.
            _ = Open(path);
            if (fresh)
            {
                Guarded(path, () => folder.Clear(own));
            }
        }

        Guarded(path, () => Directory.CreateDirectory(folder.Chunks));
        if (fresh || !File.Exists(settings))
        {
            folder.Write(RunFolder.SettingsName, Json.Document(new JsonObject
            {
                ["sweep"] = specification.ToJson(),
                ["version"] = typeof(SweepFolder).Assembly.GetName().Version?.ToString(fieldCount: 3),
            }));
        }

        // Also where another shard has just made the folder.
        if (specification.DifferenceTo(Open(path).Specification, "there", "here") is string difference)
        {
            throw new FileContentException(path, $"holds another sweep: {difference}; name another folder, or start over with gpugan sweep --fresh");
        }

        return folder;
    }

    /// <summary>What is done, in the order of work.</summary>
    /// <param name="damaged">Told of each file that is damaged or another sweep's.</param>
    public IReadOnlyList<ChunkFile> ReadChunks(Action<string> damaged)
    {
        List<ChunkFile> chunks = [];
        if (!Directory.Exists(Chunks))
        {
            return chunks;
        }

        foreach (string path in Guarded(Chunks, () => Directory.GetFiles(Chunks, "*.chunk")).Order(StringComparer.Ordinal))
        {
            if (ChunkFile.Open(path, digest) is ChunkFile chunk)
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

    /// <summary>Keeps what is done.</summary>
    public ChunkFile WriteChunk(int start, Shard shard, ReadOnlySpan<MemberResult> results) => ChunkFile.Write(Chunks, digest, start, shard, results);

    /// <summary>Takes a chunk of another folder, if it is not here.</summary>
    public void Copy(ChunkFile chunk)
    {
        string path = System.IO.Path.Join(Chunks, ChunkFile.NameOf(chunk.Work));
        if (!File.Exists(path) || ChunkFile.Open(path, digest) is null)
        {
            AtomicFile.Write(path, stream =>
            {
                using FileStream source = File.OpenRead(chunk.Path);
                source.CopyTo(stream);
            });
        }
    }

    /// <summary>Deletes what kills left behind while they wrote; only where no other process works in the folder.</summary>
    public void Tidy()
    {
        AtomicFile.Tidy(Path);
        AtomicFile.Tidy(Chunks);
    }

    /// <summary>Writes a file, complete or not at all.</summary>
    public void Write(string name, string text) => AtomicFile.Write(System.IO.Path.Join(Path, name), text);

    /// <summary>Writes a file, complete or not at all.</summary>
    public void Write(string name, Action<Stream> write) => AtomicFile.Write(System.IO.Path.Join(Path, name), write);

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

    private bool Clear(WorkRange own)
    {
        if (!Directory.Exists(Chunks))
        {
            return true;
        }

        foreach (string name in (string[])[RunFolder.SummaryName, MembersName, CsvName])
        {
            File.Delete(System.IO.Path.Join(Path, name));
        }

        foreach (string path in Directory.GetFiles(Chunks, "*.chunk"))
        {
            if (ChunkFile.Open(path, digest) is not ChunkFile chunk || chunk.Work.Intersect(own).Count > 0)
            {
                File.Delete(path);
            }
        }

        return true;
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
