namespace GpuGan.Runner.Reproductions;

/// <summary>
/// A grid of 25 modes: a relativistic GAN with R1 and R2 meets all of them, plain ones do not. Networks of 149,763 parameters: for a GPU. The source
/// says networks, losses and modes; batch, optimiser, strength of the penalties, initial weights and steps are ours.
/// </summary>
internal sealed class TwentyFiveGaussians() : Reproduction(
    "twenty-five-gaussians",
    "a grid of 25 modes: relativistic with R1 and R2 meets all, plain GANs 20 and 21",
    "smolix/d2l-neu, gan.md; Huang et al., The GAN is dead; long live the GAN!, arXiv 2501.05441")
{
    private static readonly (string Name, string Options, Published Modes)[] Games =
    [
        ("relativistic, R1 and R2", "--loss relativistic --r1 1 --r2 1", Published.Formula("25", 25)),
        ("plain", "--loss non-saturating", Published.Range("20 and 21", 20, 21)),
    ];

    /// <inheritdoc/>
    public override bool IsForGpu => true;

    /// <inheritdoc/>
    public override Reproduced Run(Laboratory laboratory)
    {
        List<Trial> trials = [];
        List<string> remarks = [];
        foreach ((string name, string options, Published modes) in Games)
        {
            string command = $"gpugan train --distribution grid:5:2:0.05 --rows 25600 --batch-size 256 --epochs 1000 --generator 64-256-256-2 --discriminator 2-256-256-1 " +
                $"--hidden-activation leaky-relu:0.2 --init he {options} --beta1 0 --beta2 0.9 --lr-d 2e-4 --lr-g 2e-4";
            (var verdict, int steps, int all, double speed) = laboratory.TrainFor(command, laboratory.Time / Games.Length);
            double met = verdict.Mixture?.Modes ?? double.NaN;
            string? quality = verdict.Mixture is { } mixture ? FormattableString.Invariant($"high quality {mixture.HighQuality:f3}, least share {mixture.LeastShare:f2}") : null;
            trials.Add(new Trial(name, command, [new Finding("modes", modes, met, met, met, "one seed") { IsWhole = steps == all, Remark = quality }]));
            remarks.Add(steps < all
                ? FormattableString.Invariant($"{name} was cut off after {steps:N0} of {all:N0} steps, so that nothing is judged; at {speed:f0} steps a second all would take {TimeSpan.FromSeconds(all / speed).TotalMinutes:f0} minutes")
                : FormattableString.Invariant($"{name}: all {all:N0} steps, {speed:f0} a second"));
        }

        return new Reproduced(trials, []) { Remark = $"batch, optimiser, strength of the penalties, initial weights and steps are ours; {string.Join("; ", remarks)}" };
    }
}
