using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using GpuGan.Kernels.Files;

namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>Makes text of the bytes of a data file.</summary>
internal static class DataText
{
    private const int WindowsLatin = 1252;

    /// <summary>Unpacks what gzip has packed; gives other bytes back as they are.</summary>
    /// <exception cref="FileContentException">The packed bytes are damaged.</exception>
    public static byte[] Unpack(string path, byte[] bytes)
    {
        if (bytes is not [0x1f, 0x8b, ..])
        {
            return bytes;
        }

        try
        {
            using GZipStream gzip = new(new MemoryStream(bytes), CompressionMode.Decompress);
            using MemoryStream unpacked = new();
            gzip.CopyTo(unpacked);

            // A file that was cut off is unpacked as far as it goes; its last bytes are not the length then.
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(Math.Max(0, bytes.Length - sizeof(uint)))) <= unpacked.Length)
            {
                return unpacked.ToArray();
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentOutOfRangeException)
        {
            // Told below.
        }

        throw new FileContentException(path, "is compressed by gzip, and damaged; fetch it again");
    }

    /// <summary>Decodes bytes as their byte-order mark says, else as UTF-8, and as Windows-1252 where they are not UTF-8.</summary>
    /// <exception cref="FileContentException">The bytes are no text.</exception>
    public static string Decode(string path, byte[] bytes)
    {
        ForeignFormat.Refuse(path, bytes);
        string text;
        try
        {
            using StreamReader reader = new(
                new MemoryStream(bytes), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            text = reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            // All of Latin-1 that is written, and the signs that Windows has in place of its control characters.
            text = CodePagesEncodingProvider.Instance.GetEncoding(WindowsLatin)!.GetString(bytes);
        }

        // Old programs end a text with this sign.
        text = text.TrimEnd('\u001a');
        return text.Contains('\0') ? throw new FileContentException(path, "is no text; save it as CSV in UTF-8") : text;
    }
}
