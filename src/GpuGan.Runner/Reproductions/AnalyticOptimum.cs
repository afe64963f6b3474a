using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Sweeps.Results;

namespace GpuGan.Runner.Reproductions;

/// <summary>
/// A generator that is the truth and stays so, and a discriminator that is trained on against it: no discriminator can tell, so losses must stay at
/// those of theorem 1, within what one batch differs from another.
/// </summary>
internal sealed class AnalyticOptimum() : Reproduction(
    "analytic-optimum",
    "a generator set to the truth: the discriminator's losses stay at the optimum that theory gives",
    "Goodfellow et al., Generative Adversarial Nets, arXiv 1406.2661, theorem 1; Mao et al., arXiv 1611.04076")
{
    private const int UsualSeeds = 256;

    private static readonly (string Loss, Published LossD, Published LossG)[] Losses =
    [
        ("non-saturating", Published.Formula("log 2", Math.Log(2)), Published.Formula("log 2", Math.Log(2))),
        ("least-squares", Published.Formula("1/4", 0.25), Published.Formula("1/8", 0.125)),
        ("hinge", Published.Formula("2", 2), Published.Formula("0", 0)),
        ("relativistic", Published.Formula("log 2", Math.Log(2)), Published.Formula("log 2", Math.Log(2))),
    ];

    /// <inheritdoc/>
    public override bool IsOfMany => true;

    /// <inheritdoc/>
    public override Reproduced Run(Laboratory laboratory)
    {
        int seeds = laboratory.Seeds ?? UsualSeeds;
        return new Reproduced([.. Losses.Select(one => Try(laboratory, seeds, one.Loss, one.LossD, one.LossG))], [])
        {
            Remark = "initial weights are drawn from N(0, 1e-6), so that the generator is the truth to six digits and the discriminator has no symmetry",
        };
    }

    private static Trial Try(Laboratory laboratory, int seeds, string loss, Published lossD, Published lossG)
    {
        // The chapter's z A + b, as weights [out, in] and biases.
        string command = $"gpugan train --population {seeds} --loss {loss} --batch-size 100 --lr-g 0 --lr-d 0.01 --init-std 1e-6 --init-offset 1,-0.1,2,0.5,1,2";
        IReadOnlyList<TrainedMember> members = laboratory.Population(command);
        return new Trial(
            loss,
            command,
            [
                Within("loss_d", lossD, [.. members.Select(member => (double)member.Losses.LastLossD)], members.Average(member => member.Losses.LossD)),
                Within("loss_g", lossG, [.. members.Select(member => (double)member.Losses.LastLossG)], members.Average(member => member.Losses.LossG)),
            ]);
    }

    // A batch's loss over the seeds.
    private static Finding Within(string name, Published published, IEnumerable<double> batches, double mean)
    {
        double[] sorted = [.. batches.Order()];
        return new Finding(name, published, mean, PopulationResult.Quantile(sorted, 0.025), PopulationResult.Quantile(sorted, 0.975), "95 % of batches")
        {
            Remark = $"mean of the last epoch, {sorted.Length} seeds",
        };
    }
}
