using GpuGan.Kernels.Random;
using GpuGan.Kernels.Stepwise;
using ILGPU.Runtime;

namespace GpuGan.Parity.Tests;

/// <summary>The kernel that draws the latent rows.</summary>
public sealed class NoiseParityTests(string accelerator) : KernelFixture(accelerator)
{
    // Drawn once for all accelerators.
    private static readonly Lazy<float[]> Million = new(() =>
    {
        float[] expected = new float[1 << 20];
        Streams.Fill(3, StreamId.Noise, 5, expected);
        return expected;
    });

    [Test]
    public void Noise_has_the_hosts_bits(
        [Values(1, 3, 4, 5, 1000)] int count, [Values(0ul, 7ul, 1ul << 32, ulong.MaxValue)] ulong seed, [Values(0u, 1u, uint.MaxValue)] uint step)
    {
        var kernel = Device.Load<StepwiseKernels.NoiseLauncher>(typeof(Noise), nameof(Noise.Kernel), typeof(NormalNumbers));
        float[] expected = new float[count];
        Streams.Fill(seed, StreamId.Noise, step, expected);
        using var noise = Device.Accelerator.Allocate1D<float>(count);
        kernel(
            Device.Accelerator.DefaultStream, (count + Streams.BlockSize - 1) / Streams.BlockSize, noise.View, (uint)seed, (uint)(seed >> 32), (uint)StreamId.Noise, step);
        SameBits.Assert(noise.GetAsArray1D(), expected, "noise");
    }

    [Test]
    public void Uniform_numbers_have_the_hosts_bits([Values(1, 5, 1000)] int count, [Values(0ul, ulong.MaxValue)] ulong seed)
    {
        var kernel = Device.Load<StepwiseKernels.NoiseLauncher>(typeof(Noise), nameof(Noise.Kernel), typeof(SignedUniformNumbers));
        float[] expected = new float[count];
        Streams.Fill(seed, StreamId.Noise, step: 2, expected, isUniform: true);
        using var noise = Device.Accelerator.Allocate1D<float>(count);
        kernel(
            Device.Accelerator.DefaultStream, (count + Streams.BlockSize - 1) / Streams.BlockSize, noise.View, (uint)seed, (uint)(seed >> 32), (uint)StreamId.Noise, 2);
        SameBits.Assert(noise.GetAsArray1D(), expected, "uniform numbers");
    }

    [Test]
    public void A_million_variates_have_the_hosts_bits()
    {
        var kernel = Device.Load<StepwiseKernels.NoiseLauncher>(typeof(Noise), nameof(Noise.Kernel), typeof(NormalNumbers));
        using var noise = Device.Accelerator.Allocate1D<float>(Million.Value.Length);
        kernel(Device.Accelerator.DefaultStream, Million.Value.Length / Streams.BlockSize, noise.View, 3, 0, (uint)StreamId.Noise, 5);
        SameBits.Assert(noise.GetAsArray1D(), Million.Value, "noise");
    }
}
