namespace GpuGan.Kernels.Devices;

/// <summary>The machine has no such device, or its driver does not work.</summary>
/// <param name="message">What was asked for, and what there is.</param>
public sealed class DeviceNotFoundException(string message) : Exception(message);
