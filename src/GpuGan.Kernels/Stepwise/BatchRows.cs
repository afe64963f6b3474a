using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Stepwise;

/// <summary>Which rows of the data a batch has: those that follow each other, or those that <see cref="RowOrder"/> puts there.</summary>
/// <param name="first">The place of the first one in the epoch.</param>
/// <param name="shuffledRows">How many rows are shuffled; 0 where they keep their order.</param>
/// <param name="seedLow">The seed's low half.</param>
/// <param name="seedHigh">The seed's high half.</param>
/// <param name="epoch">Which epoch, from 0.</param>
internal readonly struct BatchRows(int first, int shuffledRows, uint seedLow, uint seedHigh, uint epoch)
{
    /// <summary>The number of one of its rows.</summary>
    /// <param name="row">Which, from 0.</param>
    public int Number(int row) => shuffledRows == 0
        ? first + row
        : (int)RowOrder.RowAt((uint)(first + row), (uint)shuffledRows, seedLow, seedHigh, epoch, default(DeviceOperations));
}
