namespace GpuGan.Kernels.Devices;

/// <summary>The device is there, and has not enough memory.</summary>
/// <param name="message">Which device, what did not fit, and what would need less.</param>
public sealed class DeviceMemoryException(string message) : Exception(message);
