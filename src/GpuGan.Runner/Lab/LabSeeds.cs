using System.Globalization;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.HtmlReport;
using GpuGan.Runner.Sweeps.Execution;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Lab;

/// <summary>Many seeds of one experiment, side by side.</summary>
internal static class LabSeeds
{
    private const int Points = 60;

    /// <summary>Trains.</summary>
    /// <param name="device">Where.</param>
    /// <param name="experiment">Its first seed, and all else.</param>
    /// <param name="seeds">How many.</param>
    /// <param name="cancellation">Ends it between launches.</param>
    public static JsonObject Run(Device device, LabExperiment experiment, int seeds, CancellationToken cancellation)
    {
        LabRequest.RequireAtMost("seeds", seeds, LabMap.MostSeeds);
        SweepRequest request = experiment.Request.Swept([], seeds);
        SweepData data = experiment.Request.Points is null ? SweepData.Of(request) : SweepData.Of(experiment.Data);
        SweepPlan plan = new(SweepSpecification.Of(request, data.Columns, data.Sha256, data.File?.Rows.Rows));
        Frame frame = Frame.Around(experiment.Data.Real, Evolution.Margin);
        bool isLine = experiment.Data.Real.Columns == 1;
        IEnumerable<TrainedMember> trained = new SweepDevice(device, data, mostMembers: int.MaxValue)
            .TrainMembers(plan, plan.Groups[0], new WorkSet([plan.Groups[0].Work]), _ => { }, cancellation);
        return new JsonObject
        {
            ["columns"] = experiment.Data.Real.Columns,
            ["box"] = frame.ToJson(),
            ["real"] = isLine ? frame.Histogram(experiment.Data.Real) : frame.Points(experiment.Data.Real, 2 * Points),
            ["seeds"] = new JsonArray([.. trained.Select(Look)]),
        };

        JsonObject Look(TrainedMember member)
        {
            return new JsonObject
            {
                ["seed"] = member.Settings.Seed.ToString(CultureInfo.InvariantCulture),
                ["converged"] = member.Verdict.Converged,
                ["looks"] = member.LooksConverged,
                ["runaway"] = member.Verdict.Runaway,
                ["diverged_at"] = member.DivergedAt,
                ["kl_divergence"] = Rounded.Number(member.Verdict.KlDivergence),
                ["nearest_neighbor_accuracy"] = member.Verdict.NearestNeighborAccuracy is double neighbors ? Rounded.Number(neighbors) : null,
                ["made"] = member.DivergedAt is not null ? new JsonArray()
                    : isLine ? frame.Histogram(experiment.Data.Generate(member.Judged, member.Settings.Seed, Evolution.CountedRows))
                    : frame.Points(experiment.Data.Generate(member.Judged, member.Settings.Seed, Points), Points),
            };
        }
    }
}
