using GpuGan.Kernels.Devices;
using ILGPU.Runtime.CPU;

namespace GpuGan.Parity.Tests;

/// <summary>The accelerators whose bits are compared: the CPU's in several shapes, and every GPU that is here.</summary>
internal static class Accelerators
{
    /// <summary>What all others must equal.</summary>
    public const string Reference = "cpu 2x1x1";

    // Threads of a warp, warps of a multiprocessor, multiprocessors; the default device of ILGPU is 4x4x1. Their product is the number
    // of threads, all of which wait for each other at every launch: large numbers stand beside small ones.
    private static readonly (int Warp, int Warps, int Multiprocessors)[] CpuShapes = [(2, 1, 1), (2, 1, 2), (4, 4, 1), (2, 2, 3), (16, 1, 2)];

    /// <summary>Every accelerator but the reference.</summary>
    public static IEnumerable<string> Others => All.Where(name => name != Reference);

    /// <summary>The reference and the GPUs of this machine, for kernels whose threads wait for each other: the CPU's shapes are slow at that.</summary>
    public static IEnumerable<string> ReferenceAndGpus => All.Where(name => name == Reference || !name.StartsWith("cpu", StringComparison.Ordinal));

    /// <summary>Every accelerator that must be on any machine, and those of this one.</summary>
    public static IReadOnlyList<string> All { get; } = [.. CpuShapes.Select(Name), .. Gpus()];

    /// <summary>Opens one of <see cref="All"/>.</summary>
    public static Device Open(string name)
    {
        foreach (var shape in CpuShapes)
        {
            if (Name(shape) == name)
            {
                return Device.OpenCpu(new CPUDevice(shape.Warp, shape.Warps, shape.Multiprocessors));
            }
        }

        return Device.Open(name);
    }

    private static string Name((int Warp, int Warps, int Multiprocessors) shape) => $"cpu {shape.Warp}x{shape.Warps}x{shape.Multiprocessors}";

    private static IEnumerable<string> Gpus() =>
        AcceleratorCatalog.List().Where(entry => entry is { IsUsable: true, Api: not AcceleratorApi.Cpu }).Select(entry => entry.Device!);
}
