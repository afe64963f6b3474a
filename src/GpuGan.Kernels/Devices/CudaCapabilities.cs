using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace GpuGan.Kernels.Devices;

/// <summary>What decides whether ILGPU can use a CUDA device.</summary>
/// <param name="Driver">The newest CUDA version that the driver runs.</param>
/// <param name="LeastDriver">The least that ILGPU needs for this GPU.</param>
/// <param name="HasInstructionSet">Whether the two have an instruction set in common.</param>
internal readonly record struct CudaCapabilities(string Driver, string LeastDriver, bool HasInstructionSet)
{
    /// <summary>Asks a device.</summary>
    public static CudaCapabilities Of(CudaDevice device)
    {
        CudaDriverVersion least = default;
        bool found = device.Architecture is CudaArchitecture architecture &&
            CudaAccelerator.TryGetInstructionSet(architecture, device.DriverVersion, out least, out CudaInstructionSet set) &&
            PTXCodeGenerator.SupportedInstructionSets.Contains(set);
        return new CudaCapabilities(Text(device.DriverVersion), Text(least), found);
    }

    private static string Text(CudaDriverVersion version) => $"{version.Major}.{version.Minor}";
}
