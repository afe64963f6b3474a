using System.Globalization;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Report;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.HtmlReport;

/// <summary>The report of a single training: its verdict, its evolution under a slider, its pictures.</summary>
internal static class RunPage
{
    /// <summary>Trains again, and makes the page.</summary>
    /// <param name="folder">The training's folder.</param>
    /// <param name="source">What it learnt.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="error">Takes the progress.</param>
    /// <param name="quiet">Whether to show none.</param>
    /// <exception cref="FileContentException">A file is malformed, or the training did not come out as the folder says.</exception>
    public static string Make(string folder, MemberData source, Device device, TextWriter error, bool quiet)
    {
        TrainingFolder training = TrainingFolder.Read(folder);
        LearnedData data = source.Draw(training.Settings.Seed);
        (Engine engine, bool fastMath, JsonObject settings) = SettingsFile.Read(folder, "a training", root => (
            Words.Parse<Engine>(root.GetProperty("engine").GetString()!),
            root.GetProperty("fast_math").GetBoolean(),
            JsonNode.Parse(root.GetRawText())!.AsObject()));

        // The device may be another one than that of the training, and each engine gives its bits.
        engine = engine == Engine.Tiled ? Engine.Auto : engine;

        // An interrupted training is told as far as it came.
        TrainingSettings trained = training.Settings with { Epochs = training.Losses.Count };
        Evaluation evaluation = source.Evaluation(data);
        Evolution? made = null;
        TrainingProgress.Show(error, quiet, trained.Epochs, show => made = Evolution.Train(device, engine, fastMath, trained, data, source.Initial, evaluation, show));
        Evolution evolution = made!;
        bool same = evolution.Result.Parameters.Sha256 == training.Parameters.Sha256;
        if (!same && !fastMath)
        {
            throw new FileContentException(
                folder, $"trained again, the weights are others than those of {RunFolder.WeightsName}; {(source.File is null ? "was it written by another version?" : $"has {source.File} changed?")}");
        }

        IEnumerable<Picture> pictures = RunPlots.Of(PlotInputs.Of(data, training.Parameters, training.Settings, training.Losses, evaluation, TrainingFolder.ReadHistory(folder)));
        string title = $"GAN of seed {training.Settings.Seed}";
        string body = Verdict(evolution.Result, same) + Section(
            "What was run",
            HtmlPage.Facts(
            [
                ("data", source.File ?? $"{DistributionWord.Describe(source.Distribution)}, {source.Rows} rows"),
                .. training.Settings.Shuffle ? [(TrainingReport.OrderName, TrainingReport.ShuffledOrder)] : ((string, string)[])[],
                ("game", GameInWords.Of(training.Settings)),
                ("generator", $"{training.Settings.Generator}"),
                ("discriminator", $"{training.Settings.Discriminator}"),
                ("epochs", $"{evolution.Result.Losses.Count} of {settings["epochs"]}"),
                ("steps", $"{evolution.Result.Steps}"),
                ("again", TrainingOptions.Command(training.Settings, source, fastMath) ?? "-"),
                ("weights", evolution.Result.Parameters.Sha256),
            ]) +
            HtmlPage.Folded("All settings", HtmlPage.FactsOf(settings))) +
            """<section id="evolution" aria-label="Evolution"></section>""" + "\n" +
            Section("Pictures", $"""<div class="pictures">{HtmlPage.Figures(pictures)}</div>""");
        return HtmlPage.Render(title, $"<header><h1>{HtmlPage.Encode(title)}</h1></header>\n{body}", new JsonObject { ["equilibrium"] = HtmlPage.EquilibriumOf($"{Equilibrium.Of(training.Settings)}", training.Settings), ["evolution"] = evolution.Json });
    }

    private static string Section(string name, string body) => $"<section><h2>{HtmlPage.Encode(name)}</h2>\n{body}</section>\n";

    private static string Verdict(RunResult result, bool same)
    {
        string word = result.DivergedAt is int step ? $"diverged at step {step}" : result.Verdict.Converged ? "converged" : "not converged";
        string note = result.Verdict.Converged ? "" : result.LooksConverged ? " Its losses look converged; its generator is wrong." : "";
        string fast = same ? "" : " Trained with the device's own functions, it does not come out the same again: the evolution is that of another training.";
        bool comparesSamples = result is { RealAccuracy: not null, DivergedAt: null };
        return $"""<p class="verdict {(result.Verdict.Converged ? "good" : "bad")}"><strong>{HtmlPage.Encode(word)}</strong>{note}{fast}</p>""" + "\n" +
            HtmlPage.Table(
                ["", "value", "limit", ""],
                [
                    result.IsPoint
                        ? Judged("2-Wasserstein distance", result.Verdict.Wasserstein2, VerdictLimits.PointDistance)
                        : Judged("KL divergence", result.Verdict.KlDivergence, result.Limits.KlDivergence),
                    .. comparesSamples
                        ? (ReadOnlySpan<IReadOnlyList<string>>)[Judged("nearest neighbors", result.Verdict.NearestNeighborAccuracy ?? double.NaN, result.Limits.NearestNeighborAccuracy)]
                        : [],
                    .. result.Verdict.Mixture is { } modes
                        ? (ReadOnlySpan<IReadOnlyList<string>>)
                        [
                            AtLeast("rows near a mode", modes.HighQuality, MixtureQuality.LeastHighQuality),
                            AtLeast("of its share, the least met mode", modes.LeastShare, MixtureQuality.LeastPartOfShare),
                        ]
                        : [],
                ]) +
            HtmlPage.Facts(
            [
                .. result.WorstDirection is string worst ? (ReadOnlySpan<(string, string)>)[("worst direction", worst)] : [],
                .. comparesSamples ? (ReadOnlySpan<(string, string)>)[("neighbors of real rows among themselves", Show(result.RealAccuracy!.Value))] : [],
                .. result.Verdict.Mixture is { } mixture
                    ? (ReadOnlySpan<(string, string)>)[("modes", $"{mixture.Modes} of {mixture.Centers}"), ("high quality of real rows", Show(mixture.RealHighQuality)), ("reverse KL of the modes", Show(mixture.ReverseKl))]
                    : [],
                ("mean error", Show(result.Verdict.MeanError)),
                ("covariance error", Show(result.Verdict.CovarianceError)),
                ("2-Wasserstein distance", !result.IsLowerBound ? Show(result.Verdict.Wasserstein2) : $"at least {Show(result.Verdict.Wasserstein2)}"),
                ("loss_d", Show(result.LastEpoch.LossD)),
                ("loss_g", Show(result.LastEpoch.LossG)),
                ("losses of an equilibrium", $"{Equilibrium.Of(result.Settings)}"),
            ]);
    }

    private static IReadOnlyList<string> Judged(string name, double value, double limit) =>
        [name, Show(value), $"at most {limit.ToString(CultureInfo.InvariantCulture)}", value <= limit ? "✓ within" : double.IsFinite(value) ? "✗ beyond" : "✗ unknown"];

    private static IReadOnlyList<string> AtLeast(string name, double value, double limit) =>
        [name, Show(value), $"at least {limit.ToString(CultureInfo.InvariantCulture)}", value >= limit ? "✓ within" : double.IsFinite(value) ? "✗ below" : "✗ unknown"];

    private static string Show(double value) => Digits.Of(value, "-");
}
