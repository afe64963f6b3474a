namespace GpuGan.Kernels.Devices;

/// <summary>What became of looking for a driver's library.</summary>
internal enum DriverLibraryState
{
    /// <summary>Neither it nor a version of it is here.</summary>
    Missing,

    /// <summary>A version is here, but not the link without a version that ILGPU loads.</summary>
    LinkMissing,

    /// <summary>It can be loaded.</summary>
    Found,
}
