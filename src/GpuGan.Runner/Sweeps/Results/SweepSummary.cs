using System.Text.Json.Nodes;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>What a sweep comes to: counts, and its best cells. Only as many cells are kept as are shown.</summary>
/// <param name="axes">What was swept.</param>
/// <param name="limits">Of the verdict.</param>
internal sealed class SweepSummary(IReadOnlyList<SweepAxis> axes, VerdictLimits limits)
{
    /// <summary>How many of the best cells are told.</summary>
    public const int BestCells = 10;

    private readonly List<SweepCell> best = [];
    private SweepCell? current;
    private int members, converged, looksConverged, onlyLooksConverged, diverged, runaway, allModes;
    private bool comparesSamples, hasMixture;

    public IReadOnlyList<SweepAxis> Axes => axes;

    /// <summary>Number of cells.</summary>
    public int Cells { get; private set; }

    public int Members => members;

    public Share Converged => new(converged, members);

    /// <summary>How many have losses as at an equilibrium.</summary>
    public Share LooksConverged => new(looksConverged, members);

    /// <summary>How many of these have a wrong generator.</summary>
    public Share OnlyLooksConverged => new(onlyLooksConverged, members);

    /// <summary>How many meet every mode of their mixture; null where there is none.</summary>
    public Share? AllModes => hasMixture ? new Share(allModes, members) : null;

    public int Diverged => diverged;

    /// <summary>How many are finite, and far from the target.</summary>
    public int Runaway => runaway;

    /// <summary>The cells in which most members converged; of equal ones first those with the smaller median divergence.</summary>
    public IReadOnlyList<SweepCell> Best => best;

    /// <summary>Takes the next row; those of a cell stand together.</summary>
    public void Add(MemberRow row)
    {
        if (!ReferenceEquals(current?.Settings, row.Settings))
        {
            Close();
            current = new SweepCell(row.Settings);
        }

        current!.Add(row.Result);
        bool looks = row.LooksConverged;
        members++;
        converged += row.Result.Converged ? 1 : 0;
        looksConverged += looks ? 1 : 0;
        onlyLooksConverged += looks && !row.Result.Converged ? 1 : 0;
        diverged += row.Result.DivergedAt > 0 ? 1 : 0;
        runaway += row.Result.Runaway ? 1 : 0;
        hasMixture |= row.Settings.Distribution.Mixture is not null;
        allModes += row.Result.Mixture is { HasAllModes: true } ? 1 : 0;
        comparesSamples |= row.Result.NearestNeighborAccuracy is not null;
    }

    /// <summary>Takes the last cell in.</summary>
    public void Close()
    {
        if (current is null)
        {
            return;
        }

        current.Close();
        Cells++;

        // After all that are at least as good, so that equal ones keep their order.
        int place = best.Count;
        while (place > 0 && IsBetter(current, best[place - 1]))
        {
            place--;
        }

        best.Insert(place, current);
        if (best.Count > BestCells)
        {
            best.RemoveAt(BestCells);
        }

        current = null;
    }

    /// <summary>What <c>summary.json</c> holds; no time and no device, so that bytes can be compared.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = new() { ["members"] = members, ["cells"] = Cells, ["limits"] = LimitsJson.Of(limits, comparesSamples, hasMixture) };
        Converged.AddTo(json, "converged");
        LooksConverged.AddTo(json, "looks_converged");
        OnlyLooksConverged.AddTo(json, "only_looks_converged");
        if (AllModes is Share all)
        {
            all.AddTo(json, "all_modes");
        }

        json["diverged"] = diverged;
        json["runaway"] = runaway;
        json["best_cells"] = new JsonArray([.. best.Select(cell => cell.ToJson(axes))]);
        return json;
    }

    private static bool IsBetter(SweepCell one, SweepCell other) =>
        one.Converged.Value != other.Converged.Value
            ? one.Converged.Value > other.Converged.Value
            : one.MedianDivergence < other.MedianDivergence || (double.IsNaN(other.MedianDivergence) && !double.IsNaN(one.MedianDivergence));
}
