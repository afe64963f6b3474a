using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Reproductions;

/// <summary>
/// Simultaneous RMSProp on a ring of eight modes, which does not converge without a remedy; theirs is consensus optimisation. Which of R1, optimistic
/// steps and alternating updates helps within the same steps is ours to show.
/// </summary>
/// <remarks>
/// The paper begins with Xavier's weights and shows pictures. The figures that are told of it, 0 to 1 modes and no row of high quality, come out of most seeds
/// with PyTorch's initial weights, and of hardly any with Xavier's, where a generator moves between some of the modes. So they are judged where they come out,
/// and that is said.
/// </remarks>
internal sealed class NumericsOfGans() : Reproduction(
    "numerics-of-gans",
    "simultaneous RMSProp on a ring of 8 modes fails; whether R1, optimistic or alternating updates help",
    "Mescheder, Nowozin, Geiger, The Numerics of GANs, arXiv 1705.10461")
{
    private const int UsualSeeds = 6;
    private const string Plain = "--init xavier --optimizer rmsprop";

    private static readonly Published Never = Published.Formula("0", 0), FewModes = Published.Range("0 to 1", 0, 1), NoQuality = Published.Range("0.00", 0, 0.005);

    private static readonly (string Name, string Options, Published? Converged, Published? Modes, Published? HighQuality)[] Remedies =
    [
        ("none", $"{Plain} --updates simultaneous", Never, null, null),
        ("none, PyTorch's initial weights", "--init pytorch --optimizer rmsprop --updates simultaneous", Never, FewModes, NoQuality),
        ("alternating updates", Plain, null, null, null),
        ("R1 of 10", $"{Plain} --updates simultaneous --r1 10", null, null, null),
        ("optimistic Adam", "--init xavier --optimizer optimistic-adam --beta1 0.5 --updates simultaneous", null, null, null),
    ];

    /// <inheritdoc/>
    public override bool IsOfMany => true;

    /// <inheritdoc/>
    public override Reproduced Run(Laboratory laboratory)
    {
        int seeds = laboratory.Seeds ?? UsualSeeds;
        return new Reproduced([.. Remedies.Select(remedy => Try(laboratory, seeds, remedy.Name, remedy.Options, remedy.Converged, remedy.Modes, remedy.HighQuality))], [])
        {
            Remark = $"{seeds} seeds of each, as one takes some 7 seconds on two cores; --seeds N takes more. The figures of modes come out with PyTorch's initial weights, " +
                "not with Xavier's, which are the paper's, so they are judged there. Consensus optimisation, the paper's remedy, is not among ours; all stop at 25,000 steps",
        };
    }

    private static Trial Try(Laboratory laboratory, int seeds, string name, string options, Published? converged, Published? modes, Published? highQuality)
    {
        string command = $"gpugan train --population {seeds} --distribution ring:8:1:0.01 --rows 51200 --batch-size 512 --epochs 250 --generator 16-16-16-16-16-2 " +
            $"--discriminator 2-16-16-16-16-1 --hidden-activation relu {options} --beta2 0.9 --epsilon 1e-10 --lr-d 1e-4 --lr-g 1e-4";
        IReadOnlyList<TrainedMember> members = laboratory.Population(command);
        return new Trial(
            name,
            command,
            [
                Finding.OfShare("converged", converged, new Share(members.Count(member => member.Verdict.Converged), members.Count)),
                Finding.OfShare("every mode has half its share", null, new Share(members.Count(member => member.Verdict.Mixture is { HasAllModes: true }), members.Count)),
                Finding.Over("modes", modes, [.. members.Select(member => member.Verdict.Mixture?.Modes ?? double.NaN)]),
                Finding.Over("high quality", highQuality, [.. members.Select(member => member.Verdict.Mixture?.HighQuality ?? double.NaN)]),
            ]);
    }
}
