using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.OpenCL;

namespace GpuGan.Kernels.Devices;

/// <summary>What decides whether an OpenCL device can be used.</summary>
/// <param name="Language">The version of OpenCL C that it is built for.</param>
/// <param name="HasLanguage">Whether that version is one that ILGPU writes.</param>
/// <param name="HasGenericAddressSpace">Whether a pointer may point into any memory, as ILGPU's do.</param>
/// <param name="FloatingPoint">Its arithmetic.</param>
/// <param name="Driver">Whose driver it is.</param>
internal readonly record struct OpenCLCapabilities(
    string Language, bool HasLanguage, bool HasGenericAddressSpace, FloatingPointCapabilities FloatingPoint, OpenCLDriver Driver)
{
    /// <summary>Asks a device.</summary>
    public static OpenCLCapabilities Of(CLDevice device) => new(
        $"{device.CLStdVersion.Major}.{device.CLStdVersion.Minor}",
        device.CLStdVersion >= CLBackend.MinimumVersion,
        device.Capabilities.GenericAddressSpace,
        FloatingPointCapabilities.Of(device),
        device.PlatformName.Contains("Portable Computing Language", StringComparison.Ordinal) ? OpenCLDriver.Pocl
            : device.Vendor == CLDeviceVendor.Nvidia ? OpenCLDriver.Nvidia
            : OpenCLDriver.Other);
}
