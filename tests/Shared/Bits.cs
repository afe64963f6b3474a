using GpuGan.Kernels.Training;

namespace GpuGan.Tests;

/// <summary>Numbers as their bits, to hold them equal: to NUnit -0 is 0. Any NaN is any other, as devices differ in its sign and payload.</summary>
internal static class Bits
{
    public static uint Of(float number) => BitConverter.SingleToUInt32Bits(float.IsNaN(number) ? float.NaN : number);

    public static uint[] Of(IEnumerable<float> numbers) => [.. numbers.Select(Of)];

    /// <summary>The number of the epoch, and the bits of its losses.</summary>
    public static uint[] Of(EpochLosses losses) => [(uint)losses.Epoch, .. Of([losses.LossD, losses.LossG, losses.LastLossD, losses.LastLossG])];

    public static uint[][] Of(IEnumerable<EpochLosses> losses) => [.. losses.Select(Of)];
}
