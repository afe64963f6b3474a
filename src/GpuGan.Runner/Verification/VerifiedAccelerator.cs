using GpuGan.Kernels.Devices;

namespace GpuGan.Runner.Verification;

/// <summary>An accelerator to be verified.</summary>
/// <param name="Name">Such as <c>opencl:0</c> or <c>cpu 4x4x1</c>.</param>
/// <param name="Open">Opens it.</param>
/// <param name="IsSlow">Whether it is spared long and recorded trainings.</param>
internal sealed record VerifiedAccelerator(string Name, Func<Device> Open, bool IsSlow = false)
{
    // Threads of a warp, warps of a multiprocessor, multiprocessors: one as GPUs are, one that no GPU has.
    private static readonly (int WarpSize, int Warps, int Multiprocessors)[] CpuShapes = [(4, 4, 1), (8, 2, 3)];

    /// <summary>The reference of all others.</summary>
    public static VerifiedAccelerator Cpu { get; } = OfCpu(threads: 0);

    /// <summary>The CPU in shapes that cut the work in other ways.</summary>
    public static IReadOnlyList<VerifiedAccelerator> OtherCpus { get; } =
    [
        .. CpuShapes.Select(shape => new VerifiedAccelerator(
            $"cpu {shape.WarpSize}x{shape.Warps}x{shape.Multiprocessors}",
            () => Device.OpenCpu(shape.WarpSize, shape.Warps, shape.Multiprocessors),
            IsSlow: true)),
    ];

    /// <summary>Every accelerator of this machine that can be used, the reference first.</summary>
    /// <param name="threads">Most threads of the reference; 0 for one for each core. The other CPUs have those of their shapes.</param>
    public static IReadOnlyList<VerifiedAccelerator> All(int threads = 0) =>
    [
        OfCpu(threads),
        .. OtherCpus,
        .. AcceleratorCatalog.List()
            .Where(entry => entry is { IsUsable: true, Api: not AcceleratorApi.Cpu })
            .Select(entry => Of(entry.Device!)),
    ];

    /// <summary>One accelerator beside the reference.</summary>
    /// <param name="word">As <see cref="Device.Word"/> has it.</param>
    /// <param name="threads">As <see cref="All"/> takes them.</param>
    public static IReadOnlyList<VerifiedAccelerator> Only(string word, int threads) =>
        word == Cpu.Name ? [OfCpu(threads), .. OtherCpus] : [OfCpu(threads), Of(word)];

    private static VerifiedAccelerator Of(string word) => new(word, () => Device.Open(word));

    private static VerifiedAccelerator OfCpu(int threads) => new("cpu", () => Device.Open("cpu", threads));
}
