namespace GpuGan.Kernels.Devices;

/// <summary>The machine has no such device, or not enough memory on it.</summary>
/// <param name="message">What was asked for, and what there is.</param>
public sealed class DeviceNotFoundException(string message) : Exception(message);
