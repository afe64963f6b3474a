using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using GpuGan.Runner.Files;

namespace GpuGan.Runner.Sweeps;

/// <summary>The results of some members that were trained together, in a file that proves whole and of its sweep.</summary>
/// <remarks>
/// Eight letters of format; the specification's SHA-256; then as 32-bit numbers, little-endian, the first place in the order of
/// work, the number of members, the shard and the number of shards; the results; the SHA-256 of all before.
/// </remarks>
/// <param name="Path">The file.</param>
/// <param name="Work">Whose results it has.</param>
/// <param name="Shard">What part of the sweep it was made for.</param>
internal sealed record ChunkFile(string Path, WorkRange Work, Shard Shard)
{
    private const int HeaderSize = 8 + SHA256.HashSizeInBytes + (4 * sizeof(int));

    /// <summary>The most members of a file: what a reader keeps in memory.</summary>
    public const int MostMembers = 1 << 17;

    private static ReadOnlySpan<byte> Magic => "GANCHNK2"u8;

    /// <summary>The name of a file; names sort in the order of work.</summary>
    public static string NameOf(WorkRange work) => string.Create(CultureInfo.InvariantCulture, $"{work.Start:d9}-{work.End:d9}.chunk");

    /// <summary>Writes a file, complete or not at all.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="digest">Of the specification.</param>
    /// <param name="start">The first place.</param>
    /// <param name="shard">What part of the sweep it is made for.</param>
    /// <param name="results">One for each place, at least one; all have an accuracy, or none has.</param>
    public static ChunkFile Write(string folder, byte[] digest, int start, Shard shard, ReadOnlySpan<MemberResult> results)
    {
        int size = MemberResult.SizeOf(results[0].DiscriminatorAccuracy is not null);
        byte[] bytes = new byte[HeaderSize + (results.Length * size) + SHA256.HashSizeInBytes];
        Magic.CopyTo(bytes);
        digest.CopyTo(bytes, Magic.Length);
        Span<byte> numbers = bytes.AsSpan(Magic.Length + digest.Length);
        BinaryPrimitives.WriteInt32LittleEndian(numbers, start);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[4..], results.Length);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[8..], shard.Index);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[12..], shard.Count);
        for (int i = 0; i < results.Length; i++)
        {
            results[i].Write(bytes.AsSpan(HeaderSize + (i * size), size));
        }

        int end = bytes.Length - SHA256.HashSizeInBytes;
        SHA256.HashData(bytes.AsSpan(0, end), bytes.AsSpan(end));
        WorkRange work = new(start, start + results.Length);
        string path = System.IO.Path.Join(folder, NameOf(work));
        AtomicFile.Write(path, stream => stream.Write(bytes));
        return new ChunkFile(path, work, shard);
    }

    /// <summary>Finds out what a file has; null where it is damaged, or another sweep's.</summary>
    public static ChunkFile? Open(string path, byte[] digest)
    {
        byte[] bytes = Bytes(path);
        int end = bytes.Length - SHA256.HashSizeInBytes;
        if (end < HeaderSize
            || !bytes.AsSpan().StartsWith(Magic)
            || !bytes.AsSpan(Magic.Length, digest.Length).SequenceEqual(digest)
            || !SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
        {
            return null;
        }

        ReadOnlySpan<byte> numbers = bytes.AsSpan(Magic.Length + digest.Length);
        int start = BinaryPrimitives.ReadInt32LittleEndian(numbers), count = BinaryPrimitives.ReadInt32LittleEndian(numbers[4..]);
        Shard shard = new(BinaryPrimitives.ReadInt32LittleEndian(numbers[8..]), BinaryPrimitives.ReadInt32LittleEndian(numbers[12..]));
        return new ChunkFile(path, new WorkRange(start, start + count), shard);
    }

    /// <summary>The results.</summary>
    public MemberResult[] Read()
    {
        byte[] bytes = Bytes(Path);
        var results = new MemberResult[Work.Count];
        int size = (bytes.Length - HeaderSize - SHA256.HashSizeInBytes) / results.Length;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = MemberResult.Read(bytes.AsSpan(HeaderSize + (i * size), size));
        }

        return results;
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
    }
}
