using ILGPU;
using ILGPU.Runtime;

namespace GpuGan.Parity.Tests;

/// <summary>The quotients of tanh, which CUDA computes from an approximate inverse, have the bits of the host's division.</summary>
public sealed class TanhQuotientParityTests(string accelerator) : KernelFixture(accelerator)
{
    // From here on tanh is 1.
    private const float Saturated = 9.2f;
    private const int Batch = 1 << 22;

    private delegate void Launcher(AcceleratorStream stream, Index1D count, uint first, uint stride, ArrayView<uint> results);

    [Test]
    public void Spread_quotients_have_the_hosts_bits() => AssertSame(stride: 4099);

    /// <summary>All 1.09e9 on CUDA, whose inverse is the hardware's own; elsewhere every 257th.</summary>
    [Test]
    [Category("Slow")]
    public void Quotients_have_the_hosts_bits() => AssertSame(stride: Device.Accelerator.AcceleratorType == AcceleratorType.Cuda ? 1 : 257);

    private void AssertSame(int stride)
    {
        Launcher launch = Device.Load<Launcher>(typeof(TanhQuotientKernel), nameof(TanhQuotientKernel.Kernel));
        long end = BitConverter.SingleToUInt32Bits(Saturated) + 1, all = (end + stride - 1) / stride;
        uint[] results = new uint[Math.Min(Batch, all)], expected = new uint[results.Length];
        using var resultsOnDevice = Device.Accelerator.Allocate1D(results);
        for (long batch = 0; batch < end; batch += (long)Batch * stride)
        {
            long first = batch;
            int count = (int)Math.Min(Batch, (end - first + stride - 1) / stride);
            launch(Device.Accelerator.DefaultStream, count, (uint)first, (uint)stride, resultsOnDevice.View);
            resultsOnDevice.CopyToCPU(results);

            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => expected[i] = TanhQuotientKernel.Expected(Bits(i)));
            SameBits.Assert(results.AsSpan(0, count), expected.AsSpan(0, count), areNumbers: true, i => $"the quotient of tanh of 0x{Bits(i):x8}");

            uint Bits(int i) => (uint)(first + ((long)i * stride));
        }
    }
}
