using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Engines;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Report;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.HtmlReport;

/// <summary>A training, looked at from its first weights to its last: what the generator makes, and what the discriminator thinks.</summary>
/// <param name="Result">How the training ended.</param>
/// <param name="Json">What the page draws.</param>
internal sealed record Evolution(RunResult Result, JsonObject Json)
{
    private const int MostFrames = 61;
    private const int Points = 120;

    // A histogram needs more.
    private const int CountedRows = 1000;

    private const int SurfaceColumns = 48;
    private const int SurfaceRows = 36;
    private const double Margin = 0.1;

    /// <summary>Trains, and looks at most at 61 epochs, 0 and the last among them.</summary>
    /// <param name="device">Where to train.</param>
    /// <param name="engine">What trains.</param>
    /// <param name="fastMath">Whether a GPU may take its own functions.</param>
    /// <param name="settings">How to train; with as many epochs as are wanted.</param>
    /// <param name="data">What to learn.</param>
    /// <param name="initial">What it begins with; null where all is drawn.</param>
    /// <param name="evaluation">Judges the generator.</param>
    /// <param name="trained">Told of each epoch.</param>
    public static Evolution Train(
        Device device, Engine engine, bool fastMath, TrainingSettings settings, LearnedData data, InitialNetworks? initial, Evaluation evaluation, Action<EpochLosses> trained)
    {
        bool isLine = data.Real.Columns == 1;
        int surfaceRows = isLine ? 1 : SurfaceRows;
        Frame frame = Frame.Around(data.Real, Margin);
        using ITrainer training = Trainers.Begin(engine, fastMath, device, settings, data.Rows);
        initial?.Start(training);
        JsonArray frames = [Look(0)];
        List<EpochLosses> losses = [];
        int looks = Math.Min(MostFrames - 1, settings.Epochs);
        while (losses.Count < settings.Epochs && training.DivergedAt is null)
        {
            losses.Add(training.TrainEpoch());
            trained(losses[^1]);
            long epoch = losses.Count;
            if (training.DivergedAt is null && epoch * looks / settings.Epochs != (epoch - 1) * looks / settings.Epochs)
            {
                frames.Add(Look(losses.Count));
            }
        }

        return new Evolution(RunResult.Of(training, device, settings, losses, evaluation, names: data.Real.Names), new JsonObject
        {
            ["names"] = new JsonArray([.. PlotFrame.Names(data.Real).Select(name => JsonValue.Create(name))]),
            ["box"] = frame.ToJson(),
            ["kl_limit"] = evaluation.Limits.KlDivergence,
            ["real"] = isLine ? frame.Histogram(data.Real) : frame.Points(data.Real, 3 * Points),
            ["surface"] = new JsonArray(SurfaceColumns, surfaceRows),
            ["frames"] = frames,
            ["loss_d"] = Rounded.Array(losses.Select(loss => (double)loss.LossD)),
            ["loss_g"] = Rounded.Array(losses.Select(loss => (double)loss.LossG)),
        });

        JsonObject Look(int epoch)
        {
            GanParameters parameters = training.ReadJudged();
            Verdict verdict = evaluation.Judge(parameters, settings.Seed);
            return new JsonObject
            {
                ["epoch"] = epoch,
                ["kl_divergence"] = Rounded.Number(verdict.KlDivergence),
                ["nearest_neighbor_accuracy"] = verdict.NearestNeighborAccuracy is double neighbors ? Rounded.Number(neighbors) : null,
                ["mean_error"] = Rounded.Number(verdict.MeanError),
                ["covariance_error"] = Rounded.Number(verdict.CovarianceError),
                ["wasserstein_2"] = Rounded.Number(verdict.Wasserstein2),
                ["modes"] = verdict.Mixture is { } mixture ? $"{mixture.Modes} of {mixture.Centers}" : null,
                ["converged"] = verdict.Converged,
                ["made"] = isLine
                    ? frame.Histogram(data.Generate(parameters, settings.Seed, CountedRows))
                    : frame.Points(data.Generate(parameters, settings.Seed, Points), Points),
                ["surface"] = data.Real.Columns <= 2
                    ? Convert.ToBase64String(Surface(parameters, data.Standardization, frame, surfaceRows))
                    : null,
            };
        }
    }

    /// <summary>The probability of being real, from 0 to 255, row by row from the top; of one column, there is one row.</summary>
    private static byte[] Surface(GanParameters parameters, Standardization standardization, Frame frame, int rows)
    {
        byte[] surface = new byte[SurfaceColumns * rows];
        int columns = parameters.Discriminator.Inputs;
        float[] places = new float[surface.Length * columns], logits = new float[surface.Length];
        for (int i = 0; i < surface.Length; i++)
        {
            double x = frame.X.From + (((i % SurfaceColumns) + 0.5) / SurfaceColumns * frame.X.Length);
            double y = frame.Y.To - (((i / SurfaceColumns) + 0.5) / rows * frame.Y.Length);
            places[i * columns] = (float)standardization.Apply(x, 0);
            places[(i * columns) + columns - 1] = (float)standardization.Apply(columns == 1 ? x : y, columns - 1);
        }

        Perceptron.Evaluate(parameters.Discriminator, parameters.DiscriminatorValues, places, logits);
        for (int i = 0; i < surface.Length; i++)
        {
            double probability = 1 / (1 + Math.Exp(-logits[i]));
            surface[i] = (byte)Math.Round(255 * (double.IsFinite(probability) ? probability : 0.5));
        }

        return surface;
    }
}
