using ILGPU.Runtime.OpenCL;

namespace GpuGan.Kernels.Devices;

/// <summary>The OpenCL devices of the machine.</summary>
internal static class OpenCLAccelerators
{
    /// <summary>All devices; one entry that says why where there is none.</summary>
    public static IReadOnlyList<AcceleratorEntry> List()
    {
        DriverLibraryState library = DriverLibrary.OpenCL.Find();
        if (library != DriverLibraryState.Found)
        {
            return [None(Judge(library))];
        }

        List<AcceleratorEntry> entries = [];
        foreach (CLDevice device in CLDevice.GetDevices(_ => true).Cast<CLDevice>())
        {
            OpenCLCapabilities capabilities = OpenCLCapabilities.Of(device);
            Obstacle? obstacle = Judge(capabilities);
            entries.Add(new AcceleratorEntry(AcceleratorApi.Opencl)
            {
                Device = obstacle is null ? $"opencl:{entries.Count(entry => entry.IsUsable)}" : null,
                Name = device.Name,
                Kind = KindOf(device.DeviceType),
                Memory = device.MemorySize,
                KeepsDenormals = capabilities.FloatingPoint.KeepsDenormals,
                Division = capabilities.FloatingPoint.CanRoundDivision ? DivisionRounding.ExactIfAsked : DivisionRounding.Approximate,
                Obstacle = obstacle,
            });
        }

        return entries is [] ? [None(Judge(library))] : entries;
    }

    /// <summary>Whether a device can be used; the devices that can are numbered.</summary>
    public static bool IsUsable(CLDevice device) => Judge(OpenCLCapabilities.Of(device)) is null;

    /// <summary>Why a device cannot be used; null where it can.</summary>
    public static Obstacle? Judge(OpenCLCapabilities device)
    {
        string? missing = device switch
        {
            { HasLanguage: false } => $"its OpenCL C is {device.Language}; 2.0 is the least",
            { HasGenericAddressSpace: false } => "its driver lacks the generic address space of OpenCL C 2.0",
            _ => null,
        };
        if (missing is not null)
        {
            return new Obstacle(missing, device.Driver switch
            {
                OpenCLDriver.Pocl => "install a newer PoCL; that of Debian 13, 6.0, has it",
                OpenCLDriver.Nvidia => "use the GPU by CUDA, as the device cuda",
                _ => "install a newer driver of the device",
            });
        }

        string? inexact = device.FloatingPoint switch
        {
            { KeepsDenormals: false } => "it makes denormal numbers zero",
            { HasInfinityAndNaN: false } => "it has no infinities and NaN",
            { RoundsToNearest: false } => "it does not round to nearest",
            { HasFusedMultiplyAdd: false } => "it has no fused multiply-add",
            _ => null,
        };
        return inexact is null ? null : new Obstacle($"{inexact}, so it would not give the bits of the others", "train on another device");
    }

    /// <summary>Why there is no device.</summary>
    public static Obstacle Judge(DriverLibraryState library) => library switch
    {
        DriverLibraryState.Missing => new(
            $"there is no {DriverLibrary.OpenCL.File}, so no OpenCL",
            OperatingSystem.IsWindows()
                ? "where there is an OpenCL device, install its driver"
                : "where there is an OpenCL device, install its driver and the loader (Debian: ocl-icd-opencl-dev)"),
        DriverLibraryState.LinkMissing => new(
            $"{DriverLibrary.OpenCL.File}.1 is here, but not the link {DriverLibrary.OpenCL.File} that is loaded",
            "install the loader's development package (Debian: ocl-icd-opencl-dev)"),
        _ => new(
            "the OpenCL loader is here, but no driver shows it a device",
            "install the device's driver (Debian: mesa-opencl-icd, intel-opencl-icd; for a CPU pocl-opencl-icd)"),
    };

    private static AcceleratorKind KindOf(CLDeviceType type) => type switch
    {
        _ when type.HasFlag(CLDeviceType.CL_DEVICE_TYPE_GPU) => AcceleratorKind.Gpu,
        _ when type.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU) => AcceleratorKind.Cpu,
        _ => AcceleratorKind.Other,
    };

    private static AcceleratorEntry None(Obstacle obstacle) => new(AcceleratorApi.Opencl) { Obstacle = obstacle };
}
