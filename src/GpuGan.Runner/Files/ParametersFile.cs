using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Files;

/// <summary>Reads back what <see cref="GanParameters.Tensors"/> names, layers numbered alone.</summary>
internal static class ParametersFile
{
    /// <summary>The parameters of both networks.</summary>
    /// <param name="file">Has all of their tensors, maybe others too.</param>
    /// <param name="generator">Shape of the generator.</param>
    /// <param name="discriminator">Shape of the discriminator.</param>
    /// <param name="prefix">What stands before each name.</param>
    /// <exception cref="FileContentException">A tensor is missing, or has another type or shape.</exception>
    public static GanParameters Read(SafetensorsFile file, Network generator, Network discriminator, string prefix = "")
    {
        GanParameters parameters = new(generator, discriminator, new float[generator.ParameterCount + discriminator.ParameterCount]);
        int start = 0;
        foreach (Tensor tensor in parameters.Tensors(LayerNumbering.Layers))
        {
            file.Floats(prefix + tensor.Name, tensor.Shape).CopyTo(parameters.Values, start);
            start += tensor.Values.Length;
        }

        return parameters;
    }
}
