using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Training;

/// <summary>Rows drawn from a generator.</summary>
public static class GeneratedSamples
{
    /// <summary>Passes latent rows of the seed's evaluation stream through a generator.</summary>
    public static DataSet Draw(GanParameters parameters, Activation activation, ulong seed, int rows) => throw new NotImplementedException();

    /// <summary>Latent rows of the seed's evaluation stream: standard normal.</summary>
    public static DataSet Prior(ulong seed, int rows, int latentWidth) => throw new NotImplementedException();
}
