namespace GpuGan.Kernels.Devices;

/// <summary>Every accelerator of the machine, also those that cannot be used, and which one is best.</summary>
internal static class AcceleratorCatalog
{
    /// <summary>Looks for accelerators; nothing is opened.</summary>
    /// <returns>
    /// The CPU, then CUDA, then OpenCL devices. An API that reaches none has an entry that says why.
    /// </returns>
    public static IReadOnlyList<AcceleratorEntry> List() => [Cpu(), .. CudaAccelerators.List(), .. OpenCLAccelerators.List()];

    /// <summary>
    /// What <c>auto</c> takes: the first CUDA device, else the first OpenCL GPU, else the CPU. An OpenCL device of another kind
    /// is taken only by its name: mostly it is the CPU again.
    /// </summary>
    /// <param name="entries">As <see cref="List"/> gives them.</param>
    /// <exception cref="ArgumentException">The CPU is not among them.</exception>
    public static AcceleratorEntry Best(IReadOnlyList<AcceleratorEntry> entries)
    {
        IEnumerable<AcceleratorEntry> usable = entries.Where(entry => entry.IsUsable);
        return usable.FirstOrDefault(entry => entry is { Api: AcceleratorApi.Cuda })
            ?? usable.FirstOrDefault(entry => entry is { Api: AcceleratorApi.Opencl, Kind: AcceleratorKind.Gpu })
            ?? usable.FirstOrDefault(entry => entry.Api == AcceleratorApi.Cpu)
            ?? throw new ArgumentException("the CPU is not among the accelerators");
    }

    internal static string CpuName(int threads) => threads == 1 ? "1 CPU thread" : $"{threads} CPU threads";

    private static AcceleratorEntry Cpu() => new(AcceleratorApi.Cpu)
    {
        Device = "cpu",
        Name = CpuName(Environment.ProcessorCount),
        Kind = AcceleratorKind.Cpu,
        Memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        KeepsDenormals = true,
        Division = DivisionRounding.Exact,
    };
}
