using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Stepwise;

/// <summary>The losses and penalties of a game in float64, written as the textbooks have them: the judge of the kernels.</summary>
internal sealed class ReferenceGan(TrainingSettings settings)
{
    // Truncation grows with the square of the width, rounding with its inverse; here both are below 1e-9.
    private const double Width = 1e-6;

    /// <summary>What the discriminator minimises, without penalties.</summary>
    public double LossD(double[] ofGenerator, double[] ofDiscriminator, double[][] real, double[][] latent)
    {
        double[] a = [.. real.Select(x => Logit(ofDiscriminator, x))], b = [.. latent.Select(z => Logit(ofDiscriminator, Generate(ofGenerator, z)))];
        double smoothing = settings.LabelSmoothing;
        return settings.Loss.Word switch
        {
            "non-saturating" or "minimax" or "boundary-seeking" => (a.Average(one => ((1 - smoothing) * Softplus(-one)) + (smoothing * Softplus(one))) + b.Average(Softplus)) / 2,
            "least-squares" => (a.Average(one => (one - 1) * (one - 1)) + b.Average(one => one * one)) / 2,
            "wasserstein" => b.Average() - a.Average(),
            "hinge" => a.Average(one => Math.Max(0, 1 - one)) + b.Average(one => Math.Max(0, 1 + one)),
            "relativistic" => a.Zip(b, (one, other) => Softplus(other - one)).Average(),
            string word => throw new NotSupportedException(word),
        };
    }

    /// <summary>What is added to it.</summary>
    public double Penalty(double[] ofGenerator, double[] ofDiscriminator, double[][] real, double[][] latent, double[] mix)
    {
        double[][] fake = [.. latent.Select(z => Generate(ofGenerator, z))];
        double r1 = real.Average(x => Math.Pow(Slope(ofDiscriminator, x), 2)), r2 = fake.Average(x => Math.Pow(Slope(ofDiscriminator, x), 2));
        double between = mix.Select((u, i) => Math.Pow(Slope(ofDiscriminator, [.. real[i].Zip(fake[i], (x, y) => (u * x) + ((1 - u) * y))]) - 1, 2)).DefaultIfEmpty().Average();
        return (settings.R1 / 2 * r1) + (settings.R2 / 2 * r2) + (settings.GradientPenalty * between);
    }

    /// <summary>What the generator minimises.</summary>
    public double LossG(double[] ofGenerator, double[] ofDiscriminator, double[][] real, double[][] latent)
    {
        double[] b = [.. latent.Select(z => Logit(ofDiscriminator, Generate(ofGenerator, z)))];
        return settings.Loss.Word switch
        {
            "non-saturating" => b.Average(one => Softplus(-one)),
            "minimax" => -b.Average(Softplus),
            "boundary-seeking" => b.Average(one => one * one) / 2,
            "least-squares" => b.Average(one => (one - 1) * (one - 1)) / 2,
            "wasserstein" or "hinge" => -b.Average(),
            "relativistic" => real.Select(x => Logit(ofDiscriminator, x)).Zip(b, (one, other) => Softplus(one - other)).Average(),
            string word => throw new NotSupportedException(word),
        };
    }

    /// <summary>The derivative with respect to each parameter, by central differences.</summary>
    public static double[] Gradient(double[] parameters, Func<double[], double> loss)
    {
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

    /// <summary>The norm of the logit's gradient with respect to a row, by the chain rule.</summary>
    private double Slope(double[] parameters, double[] x)
    {
        Network network = settings.Discriminator;
        List<double[]> preactivations = [];
        foreach (Layer layer in network.Layers)
        {
            double[] sums = Sums(layer, parameters, x);
            preactivations.Add(sums);
            x = Array.ConvertAll(sums, sum => Activate(network.Hidden.Word, sum));
        }

        double[] slopes = [1];
        for (int i = network.Layers.Count - 1; i >= 0; i--)
        {
            Layer layer = network.Layers[i];
            double[] below = new double[layer.Inputs];
            for (int input = 0; input < layer.Inputs; input++)
            {
                for (int unit = 0; unit < layer.Outputs; unit++)
                {
                    below[input] += parameters[layer.WeightOffset + (unit * layer.Inputs) + input] * slopes[unit];
                }

                below[input] *= i == 0 ? 1 : Derivative(network.Hidden.Word, preactivations[i - 1][input]);
            }

            slopes = below;
        }

        return Math.Sqrt(slopes.Sum(slope => slope * slope));
    }

    private double Logit(double[] parameters, double[] x) => Pass(settings.Discriminator, parameters, x)[0];

    private double[] Generate(double[] parameters, double[] z) => Pass(settings.Generator, parameters, z);

    private static double[] Pass(Network network, double[] parameters, double[] x)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            string word = network.Behind(i).Word;
            x = Array.ConvertAll(Sums(network.Layers[i], parameters, x), sum => Activate(word, sum));
        }

        return x;
    }

    private static double[] Sums(Layer layer, double[] parameters, double[] x)
    {
        double[] y = new double[layer.Outputs];
        for (int unit = 0; unit < layer.Outputs; unit++)
        {
            y[unit] = layer.HasBias ? parameters[layer.BiasOffset + unit] : 0;
            for (int input = 0; input < layer.Inputs; input++)
            {
                y[unit] += parameters[layer.WeightOffset + (unit * layer.Inputs) + input] * x[input];
            }
        }

        return y;
    }

    private static double Activate(string word, double x) => word switch
    {
        "tanh" => Math.Tanh(x),
        "relu" => Math.Max(0, x),
        "leaky-relu" => x > 0 ? x : 0.01 * x,
        "leaky-relu:0.2" => x > 0 ? x : 0.2 * x,
        "sigmoid" => 1 / (1 + Math.Exp(-x)),
        "identity" => x,
        _ => throw new NotSupportedException(word),
    };

    private static double Derivative(string word, double x) => word switch
    {
        "tanh" => 1 - Math.Pow(Math.Tanh(x), 2),
        "relu" => x > 0 ? 1 : 0,
        "leaky-relu" => x > 0 ? 1 : 0.01,
        "leaky-relu:0.2" => x > 0 ? 1 : 0.2,
        "sigmoid" => Activate(word, x) * (1 - Activate(word, x)),
        "identity" => 1,
        _ => throw new NotSupportedException(word),
    };

    private static double Softplus(double x) => Math.Max(0, x) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
