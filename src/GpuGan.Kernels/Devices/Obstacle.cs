namespace GpuGan.Kernels.Devices;

/// <summary>Why an accelerator cannot be used.</summary>
/// <param name="Reason">What is wrong, in words without a full stop.</param>
/// <param name="Remedy">What would help, likewise.</param>
internal sealed record Obstacle(string Reason, string Remedy);
