using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Kernels.Tests.Stepwise;

/// <summary>The losses of a GAN in float64, written as the textbook has them: the judge of the kernels.</summary>
internal sealed class ReferenceGan(NetworkShape generator, NetworkShape discriminator, Activation activation, GeneratorLoss loss)
{
    /// <summary>(mean of -log D(x) + mean of -log(1 - D(G(z)))) / 2.</summary>
    public double LossD(double[] ofGenerator, double[] ofDiscriminator, double[][] real, double[][] latent) =>
        (real.Average(x => -LogSigmoid(Logit(ofDiscriminator, x)))
            + latent.Average(z => -LogSigmoid(-Logit(ofDiscriminator, Generate(ofGenerator, z))))) / 2;

    /// <summary>Mean of -log D(G(z)), or of log(1 - D(G(z))).</summary>
    public double LossG(double[] ofGenerator, double[] ofDiscriminator, double[][] latent) =>
        latent.Average(z =>
        {
            double logit = Logit(ofDiscriminator, Generate(ofGenerator, z));
            return loss == GeneratorLoss.NonSaturating ? -LogSigmoid(logit) : LogSigmoid(-logit);
        });

    /// <summary>The derivative with respect to each parameter, by central differences.</summary>
    public static double[] Gradient(double[] parameters, Func<double[], double> loss)
    {
        // Truncation grows with the square of the width, rounding with its inverse; here both are below 1e-9.
        const double Width = 1e-6;
        double[] gradient = new double[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            double[] up = [.. parameters], down = [.. parameters];
            up[i] += Width;
            down[i] -= Width;
            gradient[i] = (loss(up) - loss(down)) / (2 * Width);
        }

        return gradient;
    }

    private double Logit(double[] parameters, double[] x) => Pass(discriminator, parameters, x)[0];

    private double[] Generate(double[] parameters, double[] z) => Pass(generator, parameters, z);

    private double[] Pass(NetworkShape shape, double[] parameters, double[] x)
    {
        foreach (Layer layer in shape.Layers)
        {
            double[] y = new double[layer.Outputs];
            for (int unit = 0; unit < layer.Outputs; unit++)
            {
                y[unit] = parameters[layer.BiasOffset + unit];
                for (int input = 0; input < layer.Inputs; input++)
                {
                    y[unit] += parameters[layer.WeightOffset + (unit * layer.Inputs) + input] * x[input];
                }
            }

            bool last = layer.OutputOffset + layer.Outputs == shape.UnitCount;
            x = last ? y : Array.ConvertAll(y, Activate);
        }

        return x;
    }

    private double Activate(double x) => activation switch
    {
        Activation.Tanh => Math.Tanh(x),
        Activation.Relu => Math.Max(0, x),
        Activation.LeakyRelu => x > 0 ? x : 0.01 * x,
        Activation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        Activation.Identity => x,
        _ => throw new NotSupportedException($"{activation}"),
    };

    private static double LogSigmoid(double x) => Math.Min(0, x) - Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
