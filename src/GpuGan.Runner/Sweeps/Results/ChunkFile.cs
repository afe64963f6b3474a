using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>The results of some members that were trained together, in a file that proves whole and of its sweep.</summary>
/// <remarks>
/// Eight letters of format; the specification's SHA-256; then as 32-bit numbers, little-endian, the shard and the number of shards, the
/// number of ranges, and of each range of places in the order of work the first and the one after the last; the results in the order of
/// the places; the SHA-256 of all before.
/// </remarks>
/// <param name="Path">The file.</param>
/// <param name="Digest">Of the specification whose order of work it means.</param>
/// <param name="Work">Whose results it has.</param>
/// <param name="Shard">What part of the sweep it was made for.</param>
internal sealed record ChunkFile(string Path, byte[] Digest, WorkSet Work, Shard Shard)
{
    /// <summary>The most members of a file: what a reader keeps in memory.</summary>
    public const int MostMembers = 1 << 17;

    /// <summary>How the names of all files end.</summary>
    public const string Extension = ".chunk";

    private static ReadOnlySpan<byte> Magic => "GANCHNK3"u8;

    /// <summary>
    /// The name of a file; names sort in the order of work. Its last digits tell specifications and sets of places apart, so that no file
    /// takes the place of one that holds something else.
    /// </summary>
    public static string NameOf(byte[] digest, WorkSet work)
    {
        byte[] header = Header(digest, work, Shard.Whole);
        string digits = Convert.ToHexStringLower(SHA256.HashData(header))[..8];
        return string.Create(CultureInfo.InvariantCulture, $"{work.Start:d9}-{work.End:d9}-{digits}{Extension}");
    }

    /// <summary>Writes a file, complete or not at all.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="digest">Of the specification.</param>
    /// <param name="work">The places.</param>
    /// <param name="shard">What part of the sweep it is made for.</param>
    /// <param name="results">One for each place; all have an accuracy, or none has; all have as many points.</param>
    public static ChunkFile Write(string folder, byte[] digest, WorkSet work, Shard shard, ReadOnlySpan<MemberResult> results)
    {
        bool withMixture = false;
        foreach (MemberResult result in results)
        {
            withMixture |= result.Mixture is not null;
        }

        int size = MemberResult.SizeOf(results[0].DiscriminatorAccuracy is not null, withMixture) +
            (results[0].Points is { } points ? PointBytes.SizeOf(points.Count, points[0].Parameters.Count) : 0);
        byte[] header = Header(digest, work, shard);
        byte[] bytes = [.. header, .. new byte[(results.Length * size) + SHA256.HashSizeInBytes]];
        for (int i = 0; i < results.Length; i++)
        {
            results[i].Write(bytes.AsSpan(header.Length + (i * size), size));
        }

        int end = bytes.Length - SHA256.HashSizeInBytes;
        SHA256.HashData(bytes.AsSpan(0, end), bytes.AsSpan(end));
        string path = System.IO.Path.Join(folder, NameOf(digest, work));
        AtomicFile.Write(path, stream => stream.Write(bytes));
        return new ChunkFile(path, digest, work, shard);
    }

    /// <summary>Finds out what a file has; null where it is damaged.</summary>
    public static ChunkFile? Open(string path)
    {
        byte[] bytes = Bytes(path);
        int end = bytes.Length - SHA256.HashSizeInBytes;
        if (end < HeaderSize(ranges: 1)
            || !bytes.AsSpan().StartsWith(Magic)
            || !SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
        {
            return null;
        }

        ReadOnlySpan<byte> numbers = bytes.AsSpan(Magic.Length + SHA256.HashSizeInBytes);
        WorkRange[] ranges = new WorkRange[Number(numbers, 2)];
        for (int i = 0; i < ranges.Length; i++)
        {
            ranges[i] = new WorkRange(Number(numbers, 3 + (2 * i)), Number(numbers, 4 + (2 * i)));
        }

        return new ChunkFile(
            path, bytes[Magic.Length..(Magic.Length + SHA256.HashSizeInBytes)], new WorkSet(ranges), new Shard(Number(numbers, 0), Number(numbers, 1)));
    }

    /// <summary>Whether it is of the sweep of a specification.</summary>
    /// <param name="specification">Its digest.</param>
    public bool IsOf(byte[] specification) => Digest.AsSpan().SequenceEqual(specification);

    /// <summary>The results, in the order of the places.</summary>
    public MemberResult[] Read()
    {
        byte[] bytes = Bytes(Path);
        var results = new MemberResult[Work.Count];
        int start = HeaderSize(Work.Ranges.Count), size = (bytes.Length - start - SHA256.HashSizeInBytes) / results.Length;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = MemberResult.Read(bytes.AsSpan(start + (i * size), size));
        }

        return results;
    }

    private static int HeaderSize(int ranges) => Magic.Length + SHA256.HashSizeInBytes + ((3 + (2 * ranges)) * sizeof(int));

    private static byte[] Header(byte[] digest, WorkSet work, Shard shard)
    {
        byte[] header = new byte[HeaderSize(work.Ranges.Count)];
        Magic.CopyTo(header);
        digest.CopyTo(header, Magic.Length);
        Span<byte> numbers = header.AsSpan(Magic.Length + digest.Length);
        foreach (int number in (int[])[shard.Index, shard.Count, work.Ranges.Count, .. work.Ranges.SelectMany(range => new[] { range.Start, range.End })])
        {
            BinaryPrimitives.WriteInt32LittleEndian(numbers, number);
            numbers = numbers[sizeof(int)..];
        }

        return header;
    }

    private static int Number(ReadOnlySpan<byte> numbers, int index) => BinaryPrimitives.ReadInt32LittleEndian(numbers[(index * sizeof(int))..]);

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
