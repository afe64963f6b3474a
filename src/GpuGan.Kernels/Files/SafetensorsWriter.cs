using System.Buffers.Binary;
using System.Text.Json;
using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Files;

/// <summary>Writes float32 tensors in the safetensors format.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes a whole file.</summary>
    /// <param name="stream">Takes the bytes.</param>
    /// <param name="metadata">Free text by its key.</param>
    /// <param name="tensors">The tensors, in the order in which they are stored.</param>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyList<Tensor> tensors)
    {
        byte[] header = Header(metadata, tensors);
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(number, (ulong)header.Length);
        stream.Write(number);
        stream.Write(header);
        foreach (Tensor tensor in tensors)
        {
            foreach (float value in tensor.Values.Span)
            {
                BinaryPrimitives.WriteSingleLittleEndian(number, value);
                stream.Write(number[..sizeof(float)]);
            }
        }
    }

    private static byte[] Header(IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyList<Tensor> tensors)
    {
        using MemoryStream header = new();
        using (Utf8JsonWriter json = new(header))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long begin = 0;
            foreach (Tensor tensor in tensors)
            {
                long end = begin + ((long)tensor.Values.Length * sizeof(float));
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", begin, end);
                json.WriteEndObject();
                begin = end;
            }

            json.WriteEndObject();
        }

        // Spaces after the header let the values begin at a multiple of 8, so that they can be mapped into memory.
        while (header.Length % sizeof(ulong) != 0)
        {
            header.WriteByte((byte)' ');
        }

        return header.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, int[] values) =>
        WriteNumbers(json, name, Array.ConvertAll(values, value => (long)value));

    private static void WriteNumbers(Utf8JsonWriter json, string name, params ReadOnlySpan<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
