using GpuGan.Kernels.Training;
using GpuGan.Runner.Plots;

namespace GpuGan.Runner.Reproductions;

/// <summary>The linear Wasserstein GAN of which gradient descent circles the solution, and optimistic mirror descent finds it.</summary>
internal sealed class OptimisticWgan() : Reproduction(
    "optimistic-wgan",
    "a linear Wasserstein GAN: gradient descent circles the mean of the data, optimistic steps find it",
    "Daskalakis, Ilyas, Syrgkanis, Zeng, Training GANs with Optimism, arXiv 1711.00141, Simple_GAN_example.ipynb")
{
    /// <inheritdoc/>
    public override Reproduced Run(Laboratory laboratory)
    {
        string clipped = Command("--optimizer sgd --weight-clip 1", steps: 999), optimistic = Command("--optimizer optimistic-sgd", steps: 998);
        double[][] circling = [.. laboratory.Orbit(clipped).Select(ThetaOf)], settling = [.. laboratory.Orbit(optimistic).Select(ThetaOf)];

        // There the first state stands twice in the list of optimistic ones.
        return new Reproduced(
            [
                new Trial("gradient descent, w clipped to [-1, 1]", clipped, Compare(circling, ["3.01224287", "3.98588748"], ["3.48000545", "5.07760794"])),
                new Trial("optimistic", optimistic, Compare([settling[0], .. settling], ["3.01131623", "4.00931959"], ["2.99125639", "3.98489638"])),
            ],
            [
                new Picture(Name, "θ of both over 1,000 states", () => OrbitPicture.Draw(
                    "A linear Wasserstein GAN on data at (3, 4): 1,000 states of θ", "θ1", "θ2", [new OrbitPanel("gradient descent, clipped", circling), new OrbitPanel("optimistic", settling)], (3, 4))),
            ]);
    }

    // The states before each step and the one after the last: one more than steps.
    private static string Command(string options, int steps) =>
        $"gpugan train --distribution point:3,4 --rows 1 --batch-size 1 --epochs {steps} --latent zero --generator 1-2 --discriminator 2-1 --no-discriminator-bias " +
        $"--loss wasserstein {options} --updates simultaneous --lr-d 0.1 --lr-g 0.1 --init-std 0 --init-offset 0,0,1.7,1.7,1.4,1.4";

    private static Finding[] Compare(double[][] states, string[] means, string[] last) =>
    [
        .. means.Index().Select(one => Finding.Exact($"mean of θ{one.Index + 1}", Published.Number(one.Item), states.Average(state => state[one.Index]))),
        .. last.Index().Select(one => Finding.Exact($"last θ{one.Index + 1}", Published.Number(one.Item), states[^1][one.Index])),
    ];

    private static double[] ThetaOf(GanParameters parameters) => [parameters.GeneratorValues[2], parameters.GeneratorValues[3]];
}
