using System.Buffers.Binary;
using System.Globalization;
using GpuGan.Kernels.Metrics;

namespace GpuGan.Runner.Settings;

/// <summary>How the rows of a generator meet the modes of a mixture, as tables and chunk files keep it; see <see cref="MixtureQuality"/>.</summary>
/// <param name="HighQuality">Share of the rows that lie within 3 standard deviations of a centre.</param>
/// <param name="Modes">Centres that some of these are nearest to.</param>
/// <param name="Centers">How many centres there are.</param>
/// <param name="LeastShare">Rows of the centre that has fewest, in parts of what each should have.</param>
/// <param name="ReverseKl">Divergence of the rows over the centres from equal shares, in nats; NaN where there are none.</param>
internal readonly record struct MixtureFigures(double HighQuality, int Modes, int Centers, double LeastShare, double ReverseKl)
{
    /// <summary>Bytes in a file.</summary>
    public const int Size = 32;

    /// <summary>The names of the numbers in files, in the order in which they stand.</summary>
    public static readonly IReadOnlyList<string> Names = ["high_quality", "modes", "centers", "least_share", "reverse_kl"];

    /// <summary>Keeps what tables need; null where the target is no mixture.</summary>
    public static MixtureFigures? Of(MixtureQuality? quality) => quality is null ? null
        : new MixtureFigures(quality.HighQuality, quality.Modes, quality.Centers, quality.LeastShare, quality.ReverseKl);

    /// <summary>Whether every mode is met.</summary>
    public bool HasAllModes => Modes == Centers;

    /// <summary>The numbers of a table's line, those of no mixture included.</summary>
    public static string ToCsv(MixtureFigures? figures) => figures is { } there
        ? string.Create(CultureInfo.InvariantCulture, $"{there.HighQuality:R},{there.Modes},{there.Centers},{there.LeastShare:R},{there.ReverseKl:R}")
        : "NaN,,,NaN,NaN";

    /// <summary>Reads what <see cref="ToCsv"/> wrote.</summary>
    /// <param name="fields">As many as there are <see cref="Names"/>.</param>
    /// <exception cref="FormatException">One is malformed.</exception>
    public static MixtureFigures? Parse(ReadOnlySpan<string> fields) => fields[1].Length == 0 ? null : new MixtureFigures(
        Number(fields[0]), int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[2], CultureInfo.InvariantCulture), Number(fields[3]), Number(fields[4]));

    /// <summary>Writes the bytes, little-endian.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, HighQuality);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[8..], LeastShare);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[16..], ReverseKl);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], Modes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[28..], Centers);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static MixtureFigures Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[28..]),
        BinaryPrimitives.ReadDoubleLittleEndian(bytes[8..]),
        BinaryPrimitives.ReadDoubleLittleEndian(bytes[16..]));

    private static double Number(string field) => double.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture);
}
