using GpuGan.Kernels.Training;
using GpuGan.Runner.Plots;

namespace GpuGan.Runner.Reproductions;

/// <summary>
/// min over x, max over y of x y: the critic w x without bias on a point at zero, against a generator that is its bias θ, as its latent is zero. The
/// critic minimises w θ and the generator -w θ, so that (θ, -w) is (x, y), with the step h times a singular value of 1.
/// </summary>
/// <remarks>
/// Simultaneous steps multiply the distance by sqrt(1 + h²), alternating ones keep it (Gidel et al., arXiv 1807.04740, theorems 1 and 2), optimistic ones
/// shrink it by sqrt((1 + sqrt(1 - 4 h²)) / 2) (the larger root of z² - (1 - 2 i h) z - i h), negative momentum shrinks it where players alternate.
/// </remarks>
internal sealed class BilinearGame() : Reproduction(
    "bilinear",
    "the bilinear game: which updates spiral in, which out, and by which factor a step",
    "Gidel et al., Negative Momentum for Improved Game Dynamics, arXiv 1807.04740; Daskalakis et al., arXiv 1711.00141")
{
    private static readonly double[] Steps = [0.1, 0.3, 0.5];

    private static readonly (string Name, string Options, int Order, string[] Radii)[] Methods =
    [
        ("simultaneous", "--optimizer sgd --updates simultaneous", 1, ["sqrt(1 + h^2)"]),
        ("alternating", "--optimizer sgd", 1, ["1"]),
        ("optimistic", "--optimizer optimistic-sgd --updates simultaneous", 2, ["0.994936", "0.948683", "0.707107"]),
        ("momentum -0.5, simultaneous", "--optimizer sgd --momentum -0.5 --updates simultaneous", 2, ["1.000743", "1.006857", "1.020054"]),
        ("momentum -0.5, alternating", "--optimizer sgd --momentum -0.5", 2, ["0.998518", "0.986609", "0.962544"]),
    ];

    /// <inheritdoc/>
    public override Reproduced Run(Laboratory laboratory)
    {
        List<Trial> trials = [];
        List<OrbitPanel> panels = [];
        foreach ((string name, string options, int order, string[] radii) in Methods)
        {
            foreach ((int i, double step) in Steps.Index())
            {
                string h = FormattableString.Invariant($"{step}");
                string command = $"gpugan train --distribution point:0 --rows 1 --batch-size 1 --epochs 100 --latent zero --generator 1-1 --discriminator 1-1 --no-discriminator-bias " +
                    $"--loss wasserstein {options} --lr-d {h} --lr-g {h} --init-std 0 --init-offset 0,1,-1";
                double[][] orbit = [.. laboratory.Orbit(command).Select(PointOf)];
                Published published = radii switch
                {
                    ["1"] => Published.Formula("1", 1),
                    [string formula] => Published.Formula(formula, Math.Sqrt(1 + (step * step))),
                    _ => Published.Number(radii[i]),
                };
                trials.Add(new Trial($"{name}, h = {h}", command, [Finding.Exact("radius of a step", published, LinearOrbit.Radius(orbit, order))]));
                if (i == 0)
                {
                    panels.Add(new OrbitPanel($"{name}", orbit));
                }
            }
        }

        return new Reproduced(
            trials,
            [new Picture(Name, "Orbits of the bilinear game, h = 0.1, 100 steps", () => OrbitPicture.Draw("The bilinear game x y: 100 steps of h = 0.1 from (1, 1)", "x, the generator", "y, the critic", panels))]);
    }

    private static double[] PointOf(GanParameters parameters) => [parameters.GeneratorValues[1], -parameters.DiscriminatorValues[0]];
}
