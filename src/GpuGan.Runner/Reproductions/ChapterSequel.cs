using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Plots;

namespace GpuGan.Runner.Reproductions;

/// <summary>
/// The divergences that the sequel of the chapter prints, of one run in each of two frameworks, among those of thousands of seeds. There all parameters,
/// biases too, begin at N(0, 0.02); a far start moves the generator's biases by (-6, 6).
/// </summary>
internal sealed class ChapterSequel() : Reproduction(
    "chapter-sequel",
    "single printed runs of the chapter's GAN, near and far, among those of thousands of seeds",
    "smolix/d2l-neu, gan.md, the sequel of Dive into Deep Learning's GAN chapter")
{
    private const int UsualSeeds = 4096;

    private static readonly (string Name, string Options, string[] Runs)[] Settings =
    [
        ("20 epochs", "", ["0.128", "0.051"]),
        ("far start, non-saturating", "--init-offset 0,0,0,0,-6,6 --lr-g 0.01 --epochs 30", ["1.03", "77.73"]),
        ("far start, minimax", "--init-offset 0,0,0,0,-6,6 --lr-g 0.01 --epochs 30 --loss minimax", ["326.99", "323.85"]),
    ];

    /// <inheritdoc/>
    public override bool IsOfMany => true;

    /// <inheritdoc/>
    public override Reproduced Run(Laboratory laboratory)
    {
        int seeds = laboratory.Seeds ?? UsualSeeds;
        List<Trial> trials = [];
        List<RunsPanel> panels = [];
        foreach ((string name, string options, string[] runs) in Settings)
        {
            string command = $"gpugan train --population {seeds} --init normal-biases {options}".TrimEnd();
            IReadOnlyList<TrainedMember> members = laboratory.Population(command);
            double[] divergences = [.. members.Select(member => member.Verdict.KlDivergence)];
            Published[] published = [.. runs.Select(Published.Number)];
            trials.Add(new Trial(name, command, [.. published.Index().Select(run => Finding.Among($"KL divergence, run {run.Index + 1}", run.Item, divergences))]));
            panels.Add(new RunsPanel(name, divergences, [.. published.Select(run => (run.Text, run.Value))]));
        }

        return new Reproduced(trials, [new Picture(Name, "The printed runs among our seeds", () => RunsPicture.Draw($"Printed single runs among {PlotFrame.Count(seeds)} seeds", "KL divergence, nats", panels))]);
    }
}
