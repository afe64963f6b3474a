using System.Buffers.Binary;
using System.Text;
using GpuGan.Kernels.Networks;

namespace GpuGan.Runner.Tests.Files;

/// <summary>Bytes of safetensors files, right and wrong ones.</summary>
internal static class SafetensorsBytes
{
    /// <summary>A file of a header and as many zero bytes.</summary>
    public static byte[] Of(string header, int dataBytes = 0)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[sizeof(ulong) + json.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)json.Length);
        json.CopyTo(file.AsSpan(sizeof(ulong)));
        return file;
    }

    /// <summary>A file of float32 tensors, whose values count from 1.</summary>
    /// <param name="metadata">Keys and values, <c>key=value</c>.</param>
    /// <param name="tensors">Names and shapes, <c>0.weight:5x2</c>.</param>
    public static byte[] Counting(string[] metadata, params string[] tensors)
    {
        (string Name, int[] Shape)[] parts = [.. tensors.Select(tensor => (tensor.Split(':')[0], Array.ConvertAll(tensor.Split(':')[1].Split('x'), int.Parse)))];
        int count = 0;
        using MemoryStream stream = new();
        SafetensorsWriter.Write(
            stream,
            metadata.Select(one => KeyValuePair.Create(one.Split('=')[0], one.Split('=')[1])),
            [.. parts.Select(part => new Tensor(part.Name, part.Shape, Enumerable.Range(0, part.Shape.Aggregate(1, (a, b) => a * b)).Select(_ => (float)++count).ToArray()))]);
        return stream.ToArray();
    }
}
