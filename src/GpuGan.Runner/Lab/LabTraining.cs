using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.HtmlReport;
using GpuGan.Runner.Settings;

namespace GpuGan.Runner.Lab;

/// <summary>One training of a page, from its first epoch to its verdict.</summary>
internal static class LabTraining
{
    // To compare samples takes longer than to train.
    private const int FewFrames = 21;

    /// <summary>Trains.</summary>
    /// <param name="device">Where.</param>
    /// <param name="experiment">What.</param>
    /// <param name="cancellation">Ends it after an epoch.</param>
    /// <returns>What the page shows.</returns>
    public static JsonObject Run(Device device, LabExperiment experiment, CancellationToken cancellation)
    {
        Evolution evolution = Evolution.Train(
            device,
            Engine.Auto,
            fastMath: false,
            experiment.Settings,
            experiment.Data,
            initial: null,
            experiment.Evaluation,
            _ => cancellation.ThrowIfCancellationRequested(),
            experiment.Evaluation.ComparesSamples(experiment.Settings.Generator) ? FewFrames : Evolution.MostFrames,
            withForces: true);
        JsonObject result = evolution.Result.ToJson(times: [], runFolder: "");
        result.Remove("times");
        result.Remove("run_folder");
        return new JsonObject
        {
            ["evolution"] = evolution.Json,
            ["result"] = result,
            ["settings"] = SettingsJson.Of(experiment.Settings, experiment.Data.Rows.Rows, distribution: experiment.Request.Points is null ? experiment.Arguments.Distribution : null),
            ["equilibrium"] = HtmlPage.EquilibriumOf($"{Equilibrium.Of(experiment.Settings)}", experiment.Settings),
            ["command"] = string.Join(' ', experiment.Request.CommandWords("train")),
        };
    }
}
