using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Reproductions;

/// <summary>
/// Simultaneous RMSProp on a ring of eight modes, which does not converge without a remedy; theirs is consensus optimisation. Which of R1, optimistic
/// steps and alternating updates helps within the same steps is ours to show.
/// </summary>
internal sealed class NumericsOfGans() : Reproduction(
    "numerics-of-gans",
    "simultaneous RMSProp on a ring of 8 modes fails; whether R1, optimistic or alternating updates help",
    "Mescheder, Nowozin, Geiger, The Numerics of GANs, arXiv 1705.10461")
{
    private const int UsualSeeds = 4;

    private static readonly (string Name, string Options, bool IsPublished)[] Remedies =
    [
        ("none", "--updates simultaneous", true),
        ("alternating updates", "", false),
        ("R1 of 10", "--updates simultaneous --r1 10", false),
        ("optimistic Adam", "--updates simultaneous --optimizer optimistic-adam --beta1 0.5", false),
    ];

    /// <inheritdoc/>
    public override bool IsOfMany => true;

    /// <inheritdoc/>
    public override Reproduced Run(Laboratory laboratory)
    {
        int seeds = laboratory.Seeds ?? UsualSeeds;
        return new Reproduced([.. Remedies.Select(remedy => Try(laboratory, seeds, remedy.Name, remedy.Options, remedy.IsPublished))], [])
        {
            Remark = $"{seeds} seeds of each, as one takes 12 seconds on two cores; --seeds N takes more. The paper's remedy, consensus optimisation, is not among ours; all stop at 25,000 steps",
        };
    }

    private static Trial Try(Laboratory laboratory, int seeds, string name, string options, bool isPublished)
    {
        string optimizer = options.Contains("--optimizer", StringComparison.Ordinal) ? "" : "--optimizer rmsprop ";
        string command = $"gpugan train --population {seeds} --distribution ring:8:1:0.01 --rows 51200 --batch-size 512 --epochs 250 --generator 16-16-16-16-16-2 " +
            $"--discriminator 2-16-16-16-16-1 --hidden-activation relu --init xavier {optimizer}{options} --beta2 0.9 --epsilon 1e-10 --lr-d 1e-4 --lr-g 1e-4";
        IReadOnlyList<TrainedMember> members = laboratory.Population(command);
        return new Trial(
            name,
            command,
            [
                Finding.OfShare("converged", isPublished ? Published.Formula("0", 0) : null, new Share(members.Count(member => member.Verdict.Converged), members.Count)),
                Finding.OfShare("all 8 modes met", null, new Share(members.Count(member => member.Verdict.Mixture is { } met && met.Modes == met.Centers), members.Count)),
                Finding.Over("modes", isPublished ? Published.Range("0 to 1", 0, 1) : null, [.. members.Select(member => member.Verdict.Mixture?.Modes ?? double.NaN)]),
                Finding.Over("high quality", isPublished ? Published.Range("0", 0, 0.005) : null, [.. members.Select(member => member.Verdict.Mixture?.HighQuality ?? double.NaN)]),
            ]);
    }
}
