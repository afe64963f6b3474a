using ILGPU.Runtime.Cuda;

namespace GpuGan.Kernels.Devices;

/// <summary>The CUDA devices of the machine.</summary>
internal static class CudaAccelerators
{
    /// <summary>All devices; one entry that says why where there is none.</summary>
    public static IReadOnlyList<AcceleratorEntry> List()
    {
        DriverLibraryState library = DriverLibrary.Cuda.Find();
        if (library != DriverLibraryState.Found)
        {
            return [None(Judge(library))];
        }

        List<AcceleratorEntry> entries = [];
        foreach (CudaDevice device in CudaDevice.GetDevices(_ => true).Cast<CudaDevice>())
        {
            Obstacle? obstacle = Judge(CudaCapabilities.Of(device));
            entries.Add(new AcceleratorEntry(AcceleratorApi.Cuda)
            {
                Device = obstacle is null ? $"cuda:{entries.Count(entry => entry.IsUsable)}" : null,
                Name = device.Name,
                Kind = AcceleratorKind.Gpu,
                Memory = device.MemorySize,
                KeepsDenormals = true,
                Division = DivisionRounding.Exact,
                Obstacle = obstacle,
            });
        }

        return entries is [] ? [None(Judge(library))] : entries;
    }

    /// <summary>Whether a device can be used; the devices that can are numbered.</summary>
    public static bool IsUsable(CudaDevice device) => Judge(CudaCapabilities.Of(device)) is null;

    /// <summary>Why a device cannot be used; null where it can.</summary>
    public static Obstacle? Judge(CudaCapabilities device) => device.HasInstructionSet
        ? null
        : new Obstacle(
            $"its driver runs CUDA up to {device.Driver}, which is too old: {device.LeastDriver} is the least for this GPU",
            "install a newer NVIDIA driver");

    /// <summary>Why there is no device.</summary>
    public static Obstacle Judge(DriverLibraryState library) => library switch
    {
        DriverLibraryState.Missing => new(
            $"there is no {DriverLibrary.Cuda.File}, so no NVIDIA driver",
            "where there is an NVIDIA GPU, install the NVIDIA driver"),
        DriverLibraryState.LinkMissing => new(
            $"{DriverLibrary.Cuda.File}.1 is here, but not the link {DriverLibrary.Cuda.File} that is loaded",
            $"beside it, ln -s {DriverLibrary.Cuda.File}.1 {DriverLibrary.Cuda.File}"),
        _ => new(
            "the NVIDIA driver is here, but shows no GPU that can be used",
            "see whether nvidia-smi lists a GPU, of compute capability 3.0 or later"),
    };

    private static AcceleratorEntry None(Obstacle obstacle) => new(AcceleratorApi.Cuda) { Obstacle = obstacle };
}
