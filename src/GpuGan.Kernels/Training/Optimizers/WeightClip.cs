using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>What keeps a critic's slope in bounds: its parameters stay within a box (Arjovsky et al., "Wasserstein GAN", 2017, algorithm 1).</summary>
internal static class WeightClip
{
    /// <summary>The nearest number from -bound to bound; NaN stays NaN.</summary>
    public static T Clamp<T, TOps>(T parameter, T bound, TOps o)
        where TOps : struct, IOperations<T>
    {
        T least = o.Negate(bound);
        return o.SelectLess(parameter, least, least, o.SelectLess(bound, parameter, bound, parameter));
    }
}
