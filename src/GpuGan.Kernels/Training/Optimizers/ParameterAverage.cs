using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>The exponential moving average of a generator's parameters (Yazici et al., "The Unusual Effectiveness of Averaging in GAN Training", 2019).</summary>
internal static class ParameterAverage
{
    /// <summary><c>average + (1 - beta) (parameter - average)</c>, which is beta average + (1 - beta) parameter.</summary>
    /// <param name="average">So far; before the first update the parameter itself.</param>
    /// <param name="parameter">After the update.</param>
    /// <param name="taken">1 - beta.</param>
    /// <param name="o">The operations.</param>
    public static T Next<T, TOps>(T average, T parameter, T taken, TOps o)
        where TOps : struct, IOperations<T> => o.Fma(taken, o.Subtract(parameter, average), average);
}
