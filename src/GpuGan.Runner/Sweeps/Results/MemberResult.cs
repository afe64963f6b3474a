using System.Buffers.Binary;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Settings;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>What became of a member, as chunk files keep it.</summary>
/// <param name="LossD">Of its last epoch; NaN after a divergence, as all numbers.</param>
/// <param name="LossG">Of its last epoch.</param>
/// <param name="KlDivergence">Of its generator.</param>
/// <param name="NearestNeighborAccuracy">Of its generator's rows; null where the moments tell all.</param>
/// <param name="MeanError">Of its generator.</param>
/// <param name="CovarianceError">Of its generator.</param>
/// <param name="Wasserstein2">Of its generator.</param>
/// <param name="Converged">By the verdict.</param>
/// <param name="Runaway">Whether it is finite and far from the target.</param>
/// <param name="DivergedAt">The first step after which a parameter was not finite; 0 where all are.</param>
/// <param name="DiscriminatorAccuracy">On fresh rows; null where the sweep does not ask for it.</param>
/// <param name="Mixture">How its generator meets modes; null where there are none, and after a divergence.</param>
internal readonly record struct MemberResult(
    float LossD,
    float LossG,
    double KlDivergence,
    double? NearestNeighborAccuracy,
    double MeanError,
    double CovarianceError,
    double Wasserstein2,
    bool Converged,
    bool Runaway,
    int DivergedAt,
    double? DiscriminatorAccuracy = null,
    MixtureFigures? Mixture = null)
{
    private const int SizeWithoutAccuracy = 56;

    // What is true of a member, as bits.
    private const int ConvergedBit = 1, RunawayBit = 2, ComparedBit = 4, MixtureBit = 8, PointsBit = 16;

    /// <summary>The points of its training that the sweep keeps; null where it keeps none.</summary>
    public IReadOnlyList<HistoryPoint>? Points { get; init; }

    /// <summary>Bytes of a member in a file, but for its points.</summary>
    public static int SizeOf(bool withAccuracy, bool withMixture) => SizeWithoutAccuracy + (withAccuracy ? sizeof(double) : 0) + (withMixture ? MixtureFigures.Size : 0);

    /// <summary>Keeps what a row needs.</summary>
    public static MemberResult Of(TrainedMember member) => Of(member.Losses.LossD, member.Losses.LossG, member.Verdict, member.DivergedAt, member.DiscriminatorAccuracy) with
    {
        Points = member.History.Count > 0 ? member.History : null,
    };

    /// <summary>Keeps what a row needs.</summary>
    public static MemberResult Of(float lossD, float lossG, Verdict verdict, int? divergedAt, double? accuracy) => new(
        lossD,
        lossG,
        verdict.KlDivergence,
        verdict.NearestNeighborAccuracy,
        verdict.MeanError,
        verdict.CovarianceError,
        verdict.Wasserstein2,
        verdict.Converged,
        verdict.Runaway,
        divergedAt ?? 0,
        accuracy,
        MixtureFigures.Of(verdict.Mixture));

    /// <summary>Writes the bytes, little-endian.</summary>
    public void Write(Span<byte> bytes)
    {
        if (Points is not null)
        {
            int size = PointBytes.SizeOf(Points.Count, Points[0].Parameters.Count);
            PointBytes.Write(bytes[^size..], Points);
            bytes = bytes[..^size];
        }

        BinaryPrimitives.WriteSingleLittleEndian(bytes, LossD);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[4..], LossG);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[8..], MeanError);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[16..], CovarianceError);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[24..], Wasserstein2);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[32..], DivergedAt);
        BinaryPrimitives.WriteInt32LittleEndian(
            bytes[36..], (Converged ? ConvergedBit : 0) | (Runaway ? RunawayBit : 0) | (NearestNeighborAccuracy is null ? 0 : ComparedBit) | (Mixture is null ? 0 : MixtureBit) | (Points is null ? 0 : PointsBit));
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[40..], KlDivergence);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[48..], NearestNeighborAccuracy ?? 0);
        if (DiscriminatorAccuracy is double accuracy)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[SizeWithoutAccuracy..], accuracy);
        }

        Mixture?.Write(bytes[^MixtureFigures.Size..]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">Of one member.</param>
    public static MemberResult Read(ReadOnlySpan<byte> bytes)
    {
        int bits = BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]);
        HistoryPoint[]? points = null;
        if ((bits & PointsBit) != 0)
        {
            points = PointBytes.Read(bytes, out int size);
            bytes = bytes[..^size];
        }

        return new MemberResult(
            BinaryPrimitives.ReadSingleLittleEndian(bytes),
            BinaryPrimitives.ReadSingleLittleEndian(bytes[4..]),
            BinaryPrimitives.ReadDoubleLittleEndian(bytes[40..]),
            (bits & ComparedBit) != 0 ? BinaryPrimitives.ReadDoubleLittleEndian(bytes[48..]) : null,
            BinaryPrimitives.ReadDoubleLittleEndian(bytes[8..]),
            BinaryPrimitives.ReadDoubleLittleEndian(bytes[16..]),
            BinaryPrimitives.ReadDoubleLittleEndian(bytes[24..]),
            (bits & ConvergedBit) != 0,
            (bits & RunawayBit) != 0,
            BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]),
            bytes.Length == SizeOf(true, false) || bytes.Length == SizeOf(true, true) ? BinaryPrimitives.ReadDoubleLittleEndian(bytes[SizeWithoutAccuracy..]) : null,
            (bits & MixtureBit) != 0 ? MixtureFigures.Read(bytes[^MixtureFigures.Size..]) : null)
        {
            Points = points,
        };
    }
}
