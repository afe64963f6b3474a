using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>The rows that the discriminator sees.</summary>
internal static class RowOperations
{
    /// <summary>A real row, with its noise.</summary>
    public static void Real(int row, Operation op, Gan gan)
    {
        int place = gan.Step.FirstRow + row;
        int number = gan.ShuffledRows == 0
            ? place
            : (int)RowOrder.RowAt((uint)place, (uint)gan.ShuffledRows, gan.Member.SeedLow, gan.Member.SeedHigh, gan.Step.Epoch, default(DeviceOperations));
        for (int column = 0; column < op.Width; column++)
        {
            Write(row, column, gan.Data[(number * op.Width) + column], op, gan);
        }
    }

    /// <summary>A row that the generator made, with its noise.</summary>
    public static void Fake(int row, Operation op, Gan gan)
    {
        for (int column = 0; column < op.Width; column++)
        {
            Write(row, column, gan.Memory[op.Source.Row(row, gan.Step.Batch) + column], op, gan);
        }
    }

    /// <summary>A row between a real and a fake one, <c>u x + (1-u) G(z)</c>, as the discriminator saw both.</summary>
    public static void Mixed(int row, Operation op, Gan gan)
    {
        DeviceOperations o = default;
        float share = gan.Memory[op.Added.Row(row, gan.Step.Batch)];
        for (int column = 0; column < op.Width; column++)
        {
            float real = gan.Memory[op.Source.Row(row, gan.Step.Batch) + column];
            float fake = gan.Memory[op.Values.Row(row, gan.Step.Batch) + column];
            gan.Memory[op.Target.Row(row, gan.Step.Batch) + column] = o.Fma(share, o.Subtract(real, fake), fake);
        }
    }

    private static void Write(int row, int column, float value, Operation op, Gan gan)
    {
        DeviceOperations o = default;
        int target = op.Target.Row(row, gan.Step.Batch) + column;
        gan.Memory[target] = op.IsNoisy == 0
            ? value
            : o.Fma(gan.Member.Deviation, gan.Memory[op.Added.Row(row, gan.Step.Batch) + column], value);
    }
}
