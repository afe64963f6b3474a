using System.Collections.Concurrent;
using System.Reflection;

namespace GpuGan.Kernels.Compiled.BackEnds;

/// <summary>
/// The kernels that this process emitted last. Whoever trains one shape after another - settings, seeds, devices - has each emitted,
/// and its vectors compiled by the JIT compiler, once.
/// </summary>
internal static class EmittedKernels
{
    // Some hundred kilobytes each; what is cleared too soon is emitted and compiled again.
    private const int Most = 256;

    private static readonly ConcurrentDictionary<object, Lazy<MethodInfo>> Kernels = new();

    /// <summary>The kernel that was emitted of these, or emits it.</summary>
    /// <param name="key">Equal where the kernels are.</param>
    /// <param name="emit">Makes it.</param>
    public static MethodInfo Get(object key, Func<MethodInfo> emit)
    {
        if (Kernels.Count >= Most && !Kernels.ContainsKey(key))
        {
            Kernels.Clear();
        }

        return Kernels.GetOrAdd(key, _ => new Lazy<MethodInfo>(emit)).Value;
    }
}
