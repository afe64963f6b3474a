using System.Buffers.Binary;
using System.Text;

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
}
