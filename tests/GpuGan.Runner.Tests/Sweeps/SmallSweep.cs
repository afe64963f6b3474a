using System.Globalization;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Tests.Sweeps;

/// <summary>Sweeps that are really trained, small enough for a test.</summary>
internal static class SmallSweep
{
    /// <summary>Trains each pair of learning rates from some seeds.</summary>
    public static SweepResult Train(TrainingSettings settings, string[] lrD, string[] lrG, int seeds, int rows)
    {
        using Device device = Device.Open("cpu");
        (string D, string G, ulong Seed)[] members =
            [.. from d in lrD from g in lrG from seed in Enumerable.Range(0, seeds) select (d, g, (ulong)seed)];
        Population population = new(
            new CompiledKernels(device, settings, Gaussian.Chapter, rows),
            members.Length,
            i => settings with { Seed = members[i].Seed, LrD = Number(members[i].D), LrG = Number(members[i].G) });
        SweepRow[] trained =
        [
            .. population.Train(Evaluation.Of(Gaussian.Chapter)).Select((member, i) => new SweepRow(
                i,
                member.Settings.Seed,
                SettingsOf(settings, rows, ("lr_d", members[i].D), ("lr_g", members[i].G)),
                Finite(member.Losses.LossD),
                Finite(member.Losses.LossG),
                Finite(member.Verdict.KlDivergence),
                member.Verdict.NearestNeighborAccuracy,
                Finite(member.Verdict.MeanError),
                Finite(member.Verdict.CovarianceError),
                Finite(member.Verdict.Wasserstein2),
                member.Verdict.Converged,
                member.Verdict.Runaway,
                member.DivergedAt) { LooksConverged = member.LooksConverged }),
        ];
        return new SweepResult([new SweepAxis("lr_d", lrD), new SweepAxis("lr_g", lrG)], trained, settings);
    }

    /// <summary>A sweep of given members; each has a value for each axis, and how it ended.</summary>
    public static SweepResult Of(IReadOnlyList<SweepAxis> axes, params (string[] Values, bool Converged, double? Loss, double? Distance)[] members) => new(
        axes,
        [
            .. members.Select((member, i) => new SweepRow(
                i,
                (ulong)i,
                SettingsOf(new TrainingSettings(), 1000, [.. axes.Zip(member.Values).Select(pair => (pair.First.Name, pair.Second))]),
                member.Loss,
                member.Loss,
                member.Distance,
                null,
                member.Distance,
                member.Distance,
                member.Distance,
                member.Converged,
                false,
                member.Distance is null ? 7 : null)
            {
                LooksConverged = member.Loss is double loss && Equilibrium.Of(new TrainingSettings()).IsNear(loss, loss),
            }),
        ],
        new TrainingSettings());

    private static Dictionary<string, string> SettingsOf(TrainingSettings settings, int rows, params (string Name, string Value)[] swept)
    {
        Dictionary<string, string> all = SweepSetting.All.ToDictionary(setting => setting.Name, setting => setting.TextOf(new MemberSettings(settings, rows)));
        foreach ((string name, string value) in swept)
        {
            all[name] = value;
        }

        return all;
    }

    private static double Number(string value) => double.Parse(value, CultureInfo.InvariantCulture);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
