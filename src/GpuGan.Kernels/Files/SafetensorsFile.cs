using System.Buffers.Binary;
using System.Text.Json;

namespace GpuGan.Kernels.Files;

/// <summary>
/// Named tensors of a file in the safetensors format: eight bytes of header length (little-endian), a JSON header
/// that gives each tensor's type, shape and place, then the values.
/// </summary>
/// <remarks>
/// Nothing in the file is trusted. As in the format's reference implementation the tensors must cover the values
/// without a gap or an overlap, so that a length that lies cannot go unnoticed.
/// </remarks>
internal sealed class SafetensorsFile
{
    private const int LengthSize = sizeof(ulong);

    // What surely holds the name of an archive's first entry.
    private const int StartOfArchive = 512;

    private readonly string path;
    private readonly byte[] bytes;
    private readonly Dictionary<string, Entry> tensors = [];
    private readonly Dictionary<string, string> metadata = [];

    private SafetensorsFile(string path, byte[] bytes)
    {
        this.path = path;
        this.bytes = bytes;
        int dataStart = ReadHeader();
        RequireCovered(bytes.Length - dataStart);
        DataStart = dataStart;
    }

    /// <summary>Free text by its key, as the file's <c>__metadata__</c> gives it.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>The names of the tensors, in the order of the header.</summary>
    public IReadOnlyCollection<string> Names => tensors.Keys;

    private int DataStart { get; }

    // Of PyTorch since 1.6 a zip archive whose first entry is the pickle, before that the pickle itself, of protocol 2.
    private bool IsPickle => bytes is [0x80, >= 2 and <= 5, ..]
        || (bytes.AsSpan().StartsWith("PK\u0003\u0004"u8) && bytes.AsSpan(..Math.Min(bytes.Length, StartOfArchive)).IndexOf("/data.pkl"u8) > 0);

    /// <summary>Opens and checks a file.</summary>
    /// <param name="path">The file, which is named in every error.</param>
    /// <exception cref="FileContentException">The file cannot be read or is not in the format.</exception>
    public static SafetensorsFile Read(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (!stream.CanSeek || stream.Length > Array.MaxLength)
            {
                throw new FileContentException(path, stream.CanSeek ? "is larger than 2 GiB" : "is no regular file");
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Parse(path, bytes);
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
    }

    /// <summary>Checks the bytes of a file.</summary>
    public static SafetensorsFile Parse(string path, byte[] bytes) => new(path, bytes);

    /// <summary>Whether there is a tensor of this name.</summary>
    public bool Contains(string name) => tensors.ContainsKey(name);

    /// <summary>The values of a float32 tensor.</summary>
    /// <exception cref="FileContentException">There is none, or it has another type or shape.</exception>
    public float[] Floats(string name, params ReadOnlySpan<int> shape) => Values(Find(name, shape, "F32"), BinaryPrimitives.ReadSingleLittleEndian);

    /// <summary>The values of a tensor of any type of floating-point numbers, each of which is a double.</summary>
    /// <exception cref="FileContentException">There is none, or it has another type or shape.</exception>
    public double[] Doubles(string name, params ReadOnlySpan<int> shape)
    {
        Entry entry = Find(name, shape, "F32", "F64", "F16", "BF16");
        return Values<double>(entry, entry.Type switch
        {
            "F32" => raw => BinaryPrimitives.ReadSingleLittleEndian(raw),
            "F64" => BinaryPrimitives.ReadDoubleLittleEndian,
            "F16" => raw => (double)BinaryPrimitives.ReadHalfLittleEndian(raw),

            // The upper half of a float32.
            _ => raw => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(raw) << 16),
        });
    }

    /// <summary>The shape of a tensor; null where there is none of this name.</summary>
    public IReadOnlyList<int>? ShapeOf(string name) => tensors.GetValueOrDefault(name)?.Shape;

    /// <summary>Says what is wrong with the file.</summary>
    public FileContentException Problem(string problem) => new(path, problem);

    private static string Show(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";

    // Bytes of a value; null for a type that the format does not know.
    private static int? SizeOf(string? type) => type switch
    {
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" => 1,
        "U16" or "I16" or "F16" or "BF16" => 2,
        "U32" or "I32" or "F32" => 4,
        "U64" or "I64" or "F64" => 8,
        _ => null,
    };

    private T[] Values<T>(Entry entry, Func<ReadOnlySpan<byte>, T> read)
    {
        ReadOnlySpan<byte> raw = bytes.AsSpan(DataStart + entry.Begin, entry.End - entry.Begin);
        int size = SizeOf(entry.Type)!.Value;
        T[] values = new T[raw.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = read(raw[(i * size)..]);
        }

        return values;
    }

    private Entry Find(string name, ReadOnlySpan<int> shape, params ReadOnlySpan<string> types)
    {
        if (!tensors.TryGetValue(name, out Entry? entry))
        {
            throw Problem($"has no tensor {OneLine.Quote(name)}");
        }

        if (!types.Contains(entry.Type))
        {
            throw Problem($"tensor {OneLine.Quote(name)} is of type {entry.Type}, not {string.Join(", ", types)}");
        }

        return shape.SequenceEqual(entry.Shape)
            ? entry
            : throw Problem($"tensor {OneLine.Quote(name)} has the shape {Show(entry.Shape)}, not {Show(shape.ToArray())}");
    }

    private int ReadHeader()
    {
        if (bytes.Length < LengthSize)
        {
            throw Problem($"{bytes.Length} bytes are too few for a safetensors file");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > (ulong)(bytes.Length - LengthSize))
        {
            throw Problem(IsPickle
                ? "is a pickle, as torch.save writes it; safetensors.torch.save_file(module.state_dict(), \"weights.safetensors\") writes what is read here"
                : $"is truncated or no safetensors file: its header claims {length} bytes, {bytes.Length - LengthSize} follow");
        }

        try
        {
            using JsonDocument header = JsonDocument.Parse(
                bytes.AsMemory(LengthSize, (int)length), new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (header.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Problem("its header is no JSON object");
            }

            foreach (JsonProperty property in header.RootElement.EnumerateObject())
            {
                if (property.Name == "__metadata__")
                {
                    ReadMetadata(property.Value);
                }
                else
                {
                    tensors.Add(property.Name, ReadEntry(property));
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is thrown for text that is no valid Unicode.
            throw Problem($"its header is not valid JSON: {exception.Message}");
        }

        return LengthSize + (int)length;
    }

    private void ReadMetadata(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Problem("its __metadata__ is no JSON object");
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            metadata.Add(property.Name, property.Value.ValueKind == JsonValueKind.String
                ? property.Value.GetString()!
                : throw Problem($"its metadata {OneLine.Quote(property.Name)} is no string"));
        }
    }

    private Entry ReadEntry(JsonProperty property)
    {
        string name = OneLine.Quote(property.Name);
        if (property.Value.ValueKind != JsonValueKind.Object)
        {
            throw Problem($"tensor {name} is described by no JSON object");
        }

        string? type = property.Value.TryGetProperty("dtype", out JsonElement dtype) && dtype.ValueKind == JsonValueKind.String
            ? dtype.GetString()
            : null;
        int size = SizeOf(type) ?? throw Problem($"tensor {name} has an unknown dtype");
        int[] shape = Integers(property.Value, "shape") ?? throw Problem($"tensor {name} has no shape of whole numbers from 0 to {int.MaxValue}");
        if (Integers(property.Value, "data_offsets") is not [int begin, int end] || end < begin)
        {
            throw Problem($"tensor {name} has no data_offsets [begin, end] within the file");
        }

        // The product stays below 2^62: it is checked after each factor, and factors are below 2^31.
        long expected = size;
        foreach (int length in shape)
        {
            expected = Math.Min(expected * length, int.MaxValue);
        }

        return expected == end - begin
            ? new Entry(property.Name, type!, shape, begin, end)
            : throw Problem($"tensor {name} of type {type} and shape {Show(shape)} does not fill its {end - begin} bytes");
    }

    private static int[]? Integers(JsonElement tensor, string key)
    {
        if (!tensor.TryGetProperty(key, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        int[] values = new int[list.GetArrayLength()];
        int i = 0;
        foreach (JsonElement element in list.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out values[i]) || values[i++] < 0)
            {
                return null;
            }
        }

        return values;
    }

    private void RequireCovered(int length)
    {
        int end = 0;
        foreach (Entry entry in tensors.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != end)
            {
                string what = entry.Begin < end ? "overlaps another" : "leaves a gap before it";
                throw Problem($"tensor {OneLine.Quote(entry.Name)} {what}");
            }

            end = entry.End;
        }

        if (end != length)
        {
            throw Problem(end > length
                ? $"is truncated: its tensors take {end} bytes, {length} are there"
                : $"{length - end} bytes after its tensors belong to none");
        }
    }

    // Begin and End count from the end of the header.
    private sealed record Entry(string Name, string Type, int[] Shape, int Begin, int End);
}
