using ILGPU;
using ILGPU.Runtime;

namespace GpuGan.Parity.Tests;

/// <summary>
/// The quotients of tanh and the roots, which CUDA computes from an approximate inverse and inverse root, have the bits of the host's. The proofs
/// for each guess within the documented error are others' (<c>DivideNearOneTests</c>, <c>SquareRootTests</c>); these ask the hardware.
/// </summary>
public sealed class GuessParityTests(string accelerator) : KernelFixture(accelerator)
{
    // From here on tanh is 1.
    private const float Saturated = 9.2f;
    private const int Batch = 1 << 22;

    private delegate void Launcher(AcceleratorStream stream, Index1D count, uint first, uint stride, ArrayView<uint> results);

    [Test]
    public void Spread_quotients_have_the_hosts_bits() => AssertQuotients(stride: 4099);

    /// <summary>All 1.09e9 on CUDA, whose inverse is the hardware's own; elsewhere every 257th.</summary>
    [Test]
    [Category("Slow")]
    public void Quotients_have_the_hosts_bits() => AssertQuotients(Device.Accelerator.AcceleratorType == AcceleratorType.Cuda ? 1 : 257);

    [Test]
    public void Spread_roots_have_the_hosts_bits() => AssertRoots(stride: 4099);

    /// <summary>All 1.9e9 on CUDA; elsewhere every 257th.</summary>
    [Test]
    [Category("Slow")]
    public void Roots_have_the_hosts_bits() => AssertRoots(Device.Accelerator.AcceleratorType == AcceleratorType.Cuda ? 1 : 257);

    private void AssertQuotients(int stride) =>
        AssertSame(nameof(GuessKernels.TanhQuotient), GuessKernels.HostQuotient, 0, BitConverter.SingleToUInt32Bits(Saturated) + 1, stride, "quotient of tanh");

    // Roots begin at 2^-100.
    private void AssertRoots(int stride) => AssertSame(
        nameof(GuessKernels.SquareRoot), GuessKernels.HostRoot, BitConverter.SingleToUInt32Bits(MathF.ScaleB(1, -100)), BitConverter.SingleToUInt32Bits(float.PositiveInfinity), stride, "root");

    private void AssertSame(string kernel, Func<uint, uint> host, long begin, long end, int stride, string what)
    {
        Launcher launch = Device.Load<Launcher>(typeof(GuessKernels), kernel);
        uint[] results = new uint[Math.Min(Batch, (end - begin + stride - 1) / stride)], expected = new uint[results.Length];
        using var resultsOnDevice = Device.Accelerator.Allocate1D(results);
        for (long batch = begin; batch < end; batch += (long)Batch * stride)
        {
            long first = batch;
            int count = (int)Math.Min(Batch, (end - first + stride - 1) / stride);
            launch(Device.Accelerator.DefaultStream, count, (uint)first, (uint)stride, resultsOnDevice.View);
            resultsOnDevice.CopyToCPU(results);

            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => expected[i] = host(Bits(i)));
            SameBits.Assert(results.AsSpan(0, count), expected.AsSpan(0, count), areNumbers: true, i => $"the {what} of 0x{Bits(i):x8}");

            uint Bits(int i) => (uint)(first + ((long)i * stride));
        }
    }
}
