using System.Text.Json.Nodes;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>The members of a point: of the same settings, from different seeds.</summary>
/// <param name="settings">What they have in common.</param>
internal sealed class SweepCell(MemberSettings settings)
{
    private readonly List<double> divergences = [], distances = [], accuracies = [], modes = [];
    private readonly Equilibrium equilibrium = Equilibrium.Of(settings.Training);
    private int converged, looksConverged, onlyLooksConverged, diverged, runaway, allModes;

    public MemberSettings Settings => settings;

    public int Members { get; private set; }

    /// <summary>How many have converged by the verdict.</summary>
    public Share Converged => new(converged, Members);

    /// <summary>How many have losses as at an equilibrium, whether they have converged or not.</summary>
    public Share LooksConverged => new(looksConverged, Members);

    /// <summary>How many of these have a wrong generator.</summary>
    public Share OnlyLooksConverged => new(onlyLooksConverged, Members);

    public int Diverged => diverged;

    /// <summary>How many are finite, and far from the target.</summary>
    public int Runaway => runaway;

    /// <summary>The median KL divergence of those that have one; NaN where none has.</summary>
    public double MedianDivergence { get; private set; } = double.NaN;

    /// <summary>The median 2-Wasserstein distance of those that did not diverge; NaN where all did.</summary>
    public double MedianDistance { get; private set; } = double.NaN;

    /// <summary>The median accuracy of the discriminators of those that did not diverge, NaN where all did; null where it was not asked for.</summary>
    public double? MedianAccuracy { get; private set; }

    /// <summary>How many meet every mode of the mixture; null where there is none.</summary>
    public Share? AllModes => settings.Distribution.Mixture is null ? null : new Share(allModes, Members);

    /// <summary>The median number of modes that are met, of those that did not diverge; NaN where all did, and where there are none.</summary>
    public double MedianModes { get; private set; } = double.NaN;

    /// <summary>Takes a member.</summary>
    public void Add(MemberResult result)
    {
        Members++;
        converged += result.Converged ? 1 : 0;
        bool looks = equilibrium.IsNear(result.LossD, result.LossG);
        looksConverged += looks ? 1 : 0;
        onlyLooksConverged += looks && !result.Converged ? 1 : 0;
        diverged += result.DivergedAt > 0 ? 1 : 0;
        runaway += result.Runaway ? 1 : 0;
        if (result.Mixture is { } mixture)
        {
            allModes += mixture.HasAllModes ? 1 : 0;
            modes.Add(mixture.Modes);
        }

        if (double.IsFinite(result.KlDivergence))
        {
            divergences.Add(result.KlDivergence);
        }

        if (double.IsFinite(result.Wasserstein2))
        {
            distances.Add(result.Wasserstein2);
        }

        if (result.DiscriminatorAccuracy is double accuracy)
        {
            MedianAccuracy = double.NaN;
            if (double.IsFinite(accuracy))
            {
                accuracies.Add(accuracy);
            }
        }
    }

    /// <summary>Sums up, when all members are there.</summary>
    public void Close()
    {
        MedianDivergence = MedianOf(divergences);
        MedianDistance = MedianOf(distances);
        MedianModes = MedianOf(modes);
        MedianAccuracy = MedianAccuracy is null ? null : MedianOf(accuracies);
    }

    private static double MedianOf(List<double> numbers)
    {
        numbers.Sort();
        int half = numbers.Count / 2;
        double median = numbers.Count == 0 ? double.NaN
            : numbers.Count % 2 == 1 ? numbers[half]
            : (numbers[half - 1] + numbers[half]) / 2;
        numbers.Clear();
        numbers.TrimExcess();
        return median;
    }

    /// <summary>What <c>summary.json</c> has of a cell.</summary>
    public JsonObject ToJson(IReadOnlyList<SweepAxis> axes)
    {
        JsonObject json = [];
        foreach (SweepSetting setting in SweepSetting.All.Where(setting => axes.Any(axis => axis.Name == setting.Name)))
        {
            json[setting.Name] = Json.Value(setting.Get(settings));
        }

        json["members"] = Members;
        Converged.AddTo(json, "converged");
        LooksConverged.AddTo(json, "looks_converged");
        OnlyLooksConverged.AddTo(json, "only_looks_converged");
        json["diverged"] = diverged;
        json["runaway"] = runaway;
        if (AllModes is Share all)
        {
            all.AddTo(json, "all_modes");
            json["median_modes"] = Json.Number(MedianModes);
        }

        json["median_kl_divergence"] = Json.Number(MedianDivergence);
        json["median_wasserstein_2"] = Json.Number(MedianDistance);
        if (MedianAccuracy is double accuracy)
        {
            json["median_discriminator_accuracy"] = Json.Number(accuracy);
        }

        return json;
    }
}
