using ILGPU.Runtime;

namespace GpuGan.Kernels.Devices;

/// <summary>An accelerator that has been opened for training.</summary>
public sealed class Device : IDisposable
{
    /// <summary>The option's spelling, such as <c>cpu</c> or <c>cuda:0</c>.</summary>
    public string Word => throw new NotImplementedException();

    /// <summary>The hardware's name.</summary>
    public string Name => throw new NotImplementedException();

    internal Accelerator Accelerator => throw new NotImplementedException();

    /// <summary>Opens an accelerator.</summary>
    /// <param name="word"><c>auto</c>, <c>cpu</c>, <c>cuda</c>, <c>cuda:N</c>, <c>opencl</c> or <c>opencl:N</c>.</param>
    /// <param name="threads">Most threads that the CPU accelerator may use; 0 for one for each core.</param>
    /// <exception cref="ArgumentException">The word is none of these, or the number of threads is negative.</exception>
    /// <exception cref="DeviceNotFoundException">There is no such device here.</exception>
    public static Device Open(string word, int threads = 0) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}

/// <summary>The machine has no such device, or not enough memory on it.</summary>
/// <param name="message">What was asked for, and what there is.</param>
public sealed class DeviceNotFoundException(string message) : Exception(message);
