namespace GpuGan.Kernels.Distributions;

/// <summary>Rows x = z A + b of standard normal z.</summary>
public sealed class Gaussian
{
    /// <summary>The chapter's: A = [[1, 2], [-0.1, 0.5]], b = [1, 2].</summary>
    public static Gaussian Chapter => throw new NotImplementedException();

    /// <summary>Draws rows from the data stream of a seed.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="rows">At least 1.</param>
    public DataSet Sample(ulong seed, int rows) => throw new NotImplementedException();
}
