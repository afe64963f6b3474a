using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using ILGPU.Runtime;

namespace GpuGan.Parity.Tests.Compiled;

/// <summary>The devices' own functions: other bits on a GPU, the same on the CPU, and as many seeds that converge.</summary>
public sealed class FastMathTests(string accelerator) : KernelFixture(accelerator)
{
    private static readonly Evaluation Target = Evaluation.Of(Gaussian.Chapter);

    [Test]
    public void Only_a_GPU_takes_its_own_functions()
    {
        TrainingSettings settings = new() { Discriminator = new Network(2, 2, 1) };
        string[] exact = Weights(fastMath: false), fast = Weights(fastMath: true);
        Assert.That(fast, Device.HasVectors ? Is.EqualTo(exact) : Is.Not.EqualTo(exact));

        string[] Weights(bool fastMath) => [.. Train(settings, rows: 27, members: 3, fastMath).Select(member => member.Parameters.Sha256)];
    }

    /// <summary>Of 4,096 seeds where there is CUDA; others would take minutes.</summary>
    [Test]
    [Category("Slow")]
    public void As_many_seeds_converge_as_with_exact_functions()
    {
        int seeds = Device.Accelerator.AcceleratorType == AcceleratorType.Cuda ? 4096 : 512;
        double exact = Share(fastMath: false), fast = Share(fastMath: true);
        TestContext.Out.WriteLine(FormattableString.Invariant($"{seeds} seeds: {exact:P2} converged, with fast math {fast:P2}"));
        Assert.That(exact, Is.InRange(0.5, 0.8));
        Assert.That(fast, Is.EqualTo(exact).Within(3 * Math.Sqrt(2 * exact * (1 - exact) / seeds)), "three standard errors of the difference");

        double Share(bool fastMath) => Train(new TrainingSettings(), rows: 1000, seeds, fastMath).Average(member => member.Verdict.Converged ? 1.0 : 0);
    }

    private TrainedMember[] Train(TrainingSettings settings, int rows, int members, bool fastMath)
    {
        CompiledKernels kernels = new(Device, settings, Gaussian.Chapter, rows, fastMath: fastMath);
        return [.. new Population(kernels, members, i => settings with { Seed = (ulong)i }).Train(Target)];
    }
}
