using GpuGan.Kernels.Training;
using GpuGan.Runner.Plots;

namespace GpuGan.Runner.Reproductions;

/// <summary>
/// The Dirac-GAN: a generator that is one number θ against a discriminator -ψ x, on data that are zero. The paper's step h is of summed losses, ours
/// halve the discriminator's: so lr_g = h, lr_d = 2 h, and half of its γ.
/// </summary>
internal sealed class DiracGan() : Reproduction(
    "dirac-gan",
    "the Dirac-GAN: of plain, non-saturating and R1-regularised GANs only the last converges linearly",
    "Mescheder, Geiger, Nowozin, Which Training Methods for GANs do actually Converge?, arXiv 1801.04406, notebooks/diracgan")
{
    private const string Simultaneous = "simultaneous", GeneratorFirst = "generator-first";

    // Final norms and, where they are printed, final positions (θ, ψ).
    private static readonly (string Name, string Options, string Updates, string[] Values)[] Runs =
    [
        ("GAN", "--loss minimax", Simultaneous, ["3.097", "-2.161611", "-2.217775"]),
        ("GAN", "--loss minimax", GeneratorFirst, ["1.421", "0.686834", "1.244007"]),
        ("non-saturating", "--loss non-saturating", Simultaneous, ["0.6402", "0.548337", "0.330441"]),
        ("non-saturating", "--loss non-saturating", GeneratorFirst, ["0.2839"]),
        ("R1, γ = 0.3", "--loss minimax --r1 0.15", Simultaneous, ["2.643e-6"]),
        ("R1, γ = 0.3", "--loss minimax --r1 0.15", GeneratorFirst, ["2.301e-7"]),
    ];

    // Of the update that is linearised at the equilibrium, with h = 0.2.
    private static readonly (string Name, string Options, string Updates, Published Radius)[] Linearised =
    [
        ("GAN", "--loss minimax", Simultaneous, Published.Number("1.004988")),
        ("GAN", "--loss minimax", GeneratorFirst, Published.Formula("1", 1)),
        ("R1, γ = 0.3", "--loss minimax --r1 0.15", Simultaneous, Published.Number("0.974679")),
        ("R1, γ = 0.3", "--loss minimax --r1 0.15", GeneratorFirst, Published.Number("0.969536")),
        ("R1, critical γ = 1", "--loss minimax --r1 0.5", Simultaneous, Published.Formula("0.9", 0.9)),
    ];

    /// <inheritdoc/>
    public override Reproduced Run(Laboratory laboratory)
    {
        List<Trial> trials = [];
        List<OrbitPanel> panels = [];
        foreach ((string name, string options, string updates, string[] values) in Runs)
        {
            string command = Command($"{options} --updates {updates}", epochs: 500, start: "1,-1");
            double[][] orbit = [.. laboratory.Orbit(command).Select(PointOf)];
            double[] ours = [Math.Sqrt(orbit[^1].Sum(number => number * number)), .. orbit[^1]];
            trials.Add(new Trial(
                $"{name}, {updates}",
                command,
                [.. ((string[])["norm after 500 steps", "θ", "ψ"]).Zip(values, ours).Select(one => Finding.Exact(one.First, Published.Number(one.Second), one.Third))]));
            panels.Add(new OrbitPanel($"{name}, {updates}", orbit));
        }

        foreach ((string name, string options, string updates, Published radius) in Linearised)
        {
            // So near to the equilibrium that the update is linear in float32. From θ = ψ the critical orbit would be a line, of which no map can be told.
            string command = Command($"{options} --updates {updates}", epochs: 100, start: "1e-4");
            double[][] orbit = [.. laboratory.Orbit(command).Select(PointOf)];
            trials.Add(new Trial($"{name}, {updates}, linearised", command, [Finding.Exact("radius of a step", radius, LinearOrbit.Radius(orbit, order: 1))]));
        }

        return new Reproduced(
            trials,
            [new Picture(Name, "Orbits of the Dirac-GAN over 500 steps", () => OrbitPicture.Draw("The Dirac-GAN: 500 steps of h = 0.2 from (1, 1)", "θ, the generator", "ψ, the discriminator", panels))]);
    }

    private static string Command(string options, int epochs, string start) =>
        $"gpugan train --distribution point:0 --rows 1 --batch-size 1 --epochs {epochs} --latent zero --generator 1-1 --discriminator 1-1 --no-discriminator-bias " +
        $"{options} --optimizer sgd --lr-d 0.4 --lr-g 0.2 --init-std 0 --init-offset 0,{start}";

    private static double[] PointOf(GanParameters parameters) => [parameters.GeneratorValues[1], -parameters.DiscriminatorValues[0]];
}
