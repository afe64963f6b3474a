using System.Runtime.InteropServices;
using ILGPU;

namespace GpuGan.Kernels.Devices;

/// <summary>A driver's shared library, looked for as ILGPU does: by its name without a version.</summary>
/// <param name="Name">As ILGPU imports it, such as <c>OpenCL</c>.</param>
internal sealed record DriverLibrary(string Name)
{
    public static readonly DriverLibrary Cuda = new(OperatingSystem.IsWindows() ? "nvcuda" : "cuda");
    public static readonly DriverLibrary OpenCL = new("OpenCL");

    /// <summary>The name of its file.</summary>
    public string File => OperatingSystem.IsWindows() ? $"{Name}.dll" : $"lib{Name}.so";

    /// <summary>Looks for it; a library that is not there costs a fraction of a millisecond.</summary>
    public DriverLibraryState Find()
    {
        if (IsLoadable(Name))
        {
            return DriverLibraryState.Found;
        }

        return OperatingSystem.IsLinux() && IsLoadable($"{File}.1") ? DriverLibraryState.LinkMissing : DriverLibraryState.Missing;
    }

    private static bool IsLoadable(string name)
    {
        bool loaded = NativeLibrary.TryLoad(name, typeof(Context).Assembly, searchPath: null, out nint handle);
        if (loaded)
        {
            NativeLibrary.Free(handle);
        }

        return loaded;
    }
}
