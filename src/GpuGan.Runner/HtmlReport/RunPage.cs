using System.Globalization;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Commands;
using GpuGan.Runner.Data;
using GpuGan.Runner.Engines;
using GpuGan.Runner.Files;
using GpuGan.Runner.Plots;

namespace GpuGan.Runner.HtmlReport;

/// <summary>The report of a single training: its verdict, its evolution under a slider, its pictures.</summary>
internal static class RunPage
{
    private static readonly IReadOnlyDictionary<string, string> Descriptions = new Dictionary<string, string>
    {
        ["samples"] = "All real rows and 100 generated ones, after the training",
        ["losses"] = "Mean losses of each epoch, and log 2",
        ["decision"] = "What the trained discriminator believes at each place, with real and generated rows",
        ["data"] = "The first real rows",
        ["prior"] = "The first latent rows, from which the generator begins",
    };

    /// <summary>Trains again, and makes the page.</summary>
    /// <param name="folder">The training's folder.</param>
    /// <param name="source">What it learnt.</param>
    /// <param name="device">Where to train.</param>
    /// <exception cref="FileContentException">A file is malformed, or the training did not come out as the folder says.</exception>
    public static string Make(string folder, MemberData source, Device device)
    {
        TrainingFolder training = TrainingFolder.Read(folder);
        LearnedData data = source.Draw(training.Settings.Seed);
        (Engine engine, bool fastMath, JsonObject settings) = SettingsFile.Read(folder, "a training", root => (
            Words.Parse<Engine>(root.GetProperty("engine").GetString()!),
            root.GetProperty("fast_math").GetBoolean(),
            JsonNode.Parse(root.GetRawText())!.AsObject()));

        // An interrupted training is told as far as it came.
        Evolution evolution = Evolution.Train(
            device, engine, fastMath, training.Settings with { Epochs = training.Losses.Count }, data, source.Evaluation(data));
        bool same = evolution.Result.Parameters.Sha256 == training.Parameters.Sha256;
        if (!same && !fastMath)
        {
            throw new FileContentException(
                folder, $"trained again, the weights are others than those of {RunFolder.WeightsName}; {(source.File is null ? "was it written by another version?" : $"has {source.File} changed?")}");
        }

        string title = $"GAN of seed {training.Settings.Seed}";
        string body = Verdict(evolution.Result, same) + Section(
            "What was run",
            HtmlPage.Facts(
            [
                ("data", source.File ?? $"Gaussian, {source.Rows} rows"),
                ("generator", $"{training.Settings.Generator}"),
                ("discriminator", $"{training.Settings.Discriminator}"),
                ("epochs", $"{evolution.Result.Losses.Count} of {settings["epochs"]}"),
                ("steps", $"{evolution.Result.Steps}"),
                ("again", TrainingOptions.Command(training.Settings, source) ?? "-"),
                ("weights", evolution.Result.Parameters.Sha256),
            ]) +
            HtmlPage.Folded("All settings", HtmlPage.FactsOf(settings))) +
            """<section id="evolution" aria-label="Evolution"></section>""" + "\n" +
            Section("Pictures", $"""<div class="pictures">{Pictures(data, training)}</div>""");
        return HtmlPage.Render(title, $"<header><h1>{HtmlPage.Encode(title)}</h1></header>\n{body}", new JsonObject { ["evolution"] = evolution.Json });
    }

    private static string Section(string name, string body) => $"<section><h2>{HtmlPage.Encode(name)}</h2>\n{body}</section>\n";

    private static string Verdict(Report.RunResult result, bool same)
    {
        string word = result.DivergedAt is int step ? $"diverged at step {step}" : result.Verdict.Converged ? "converged" : "not converged";
        string note = result.Verdict.Converged ? "" : result.LooksConverged ? " Its losses look converged; its generator is wrong." : "";
        string fast = same ? "" : " Trained with the device's own functions, it does not come out the same again: the evolution is that of another training.";
        return $"""<p class="verdict {(result.Verdict.Converged ? "good" : "bad")}"><strong>{HtmlPage.Encode(word)}</strong>{note}{fast}</p>""" + "\n" +
            HtmlPage.Facts(
            [
                ("KL divergence", $"{Show(result.Verdict.KlDivergence)} (limit {Show(result.Limits.KlDivergence)})"),
                .. Neighbors(result),
                .. result.WorstDirection is string worst ? (ReadOnlySpan<(string, string)>)[("worst direction", worst)] : [],
                ("mean error", Show(result.Verdict.MeanError)),
                ("covariance error", Show(result.Verdict.CovarianceError)),
                ("2-Wasserstein distance", result.RealAccuracy is null ? Show(result.Verdict.Wasserstein2) : $"at least {Show(result.Verdict.Wasserstein2)}"),
                ("loss_d", Show(result.LastEpoch.LossD)),
                ("loss_g", Show(result.LastEpoch.LossG)),
                ("log 2", Show(Math.Log(2))),
            ]);
    }

    private static (string Name, string Value)[] Neighbors(Report.RunResult result) => result is { RealAccuracy: double real, Verdict.NearestNeighborAccuracy: double accuracy }
        ? [("nearest neighbors", $"{Show(accuracy)} (limit {Show(result.Limits.NearestNeighborAccuracy)}; real rows among themselves {Show(real)})")]
        : [];

    private static string Show(double value) => double.IsFinite(value) ? value.ToString("0.0000", CultureInfo.InvariantCulture) : "-";

    private static string Pictures(LearnedData data, TrainingFolder training)
    {
        Dictionary<string, byte[]> files = [];
        RunPlots.Write("", PlotInputs.Of(data, training.Parameters, training.Settings, training.Losses), (name, bytes) =>
        {
            lock (files)
            {
                files[name] = bytes;
            }
        });
        return string.Concat(Descriptions.Where(one => files.ContainsKey($"{one.Key}.png")).Select(one => HtmlPage.Figure(files[$"{one.Key}.png"], one.Value)));
    }
}
