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
    /// <summary>The most looks at a training.</summary>
    public const int MostFrames = 61;

    private const int Points = 120;

    /// <summary>Rows of a histogram, which needs more than a plane.</summary>
    public const int CountedRows = 1000;

    private const int SurfaceColumns = 48;
    private const int SurfaceRows = 36;
    /// <summary>Around the real rows, as a part of their extent.</summary>
    public const double Margin = 0.1;

    // Of a network that can be drawn.
    private const int MostDrawn = 500;

    /// <summary>Trains, and looks at some epochs, 0 and the last among them.</summary>
    /// <param name="device">Where to train.</param>
    /// <param name="engine">What trains.</param>
    /// <param name="fastMath">Whether a GPU may take its own functions.</param>
    /// <param name="settings">How to train; with as many epochs as are wanted.</param>
    /// <param name="data">What to learn.</param>
    /// <param name="initial">What it begins with; null where all is drawn.</param>
    /// <param name="evaluation">Judges the generator.</param>
    /// <param name="trained">Told of each epoch.</param>
    /// <param name="most">Looks at most, two at least.</param>
    /// <param name="withForces">Whether each look has the parameters of networks that can be drawn, and of the plane's points where their losses pull them.</param>
    public static Evolution Train(
        Device device, Engine engine, bool fastMath, TrainingSettings settings, LearnedData data, InitialNetworks? initial, Evaluation evaluation, Action<EpochLosses> trained, int most = MostFrames, bool withForces = false)
    {
        bool isLine = data.Real.Columns == 1;
        int surfaceRows = isLine ? 1 : SurfaceRows;
        Frame frame = Frame.Around(data.Real, Margin);
        using ITrainer training = Trainers.Begin(engine, fastMath, device, settings, data.Rows);
        initial?.Start(training);
        List<(int Epoch, GanParameters Parameters)> looks = [(0, training.ReadJudged())];
        List<EpochLosses> losses = [];
        int count = Math.Min(most - 1, settings.Epochs);
        while (losses.Count < settings.Epochs && training.DivergedAt is null)
        {
            losses.Add(training.TrainEpoch());
            trained(losses[^1]);
            long epoch = losses.Count;
            if (training.DivergedAt is null && epoch * count / settings.Epochs != (epoch - 1) * count / settings.Epochs)
            {
                looks.Add((losses.Count, training.ReadJudged()));
            }
        }

        return new Evolution(RunResult.Of(training, device, settings, losses, evaluation, names: data.Real.Names), new JsonObject
        {
            ["names"] = new JsonArray([.. PlotFrame.Names(data.Real).Select(name => JsonValue.Create(name))]),
            ["box"] = frame.ToJson(),
            ["kl_limit"] = evaluation.Limits.KlDivergence,
            ["real"] = isLine ? frame.Histogram(data.Real) : frame.Points(data.Real, 3 * Points),
            ["surface"] = new JsonArray(SurfaceColumns, surfaceRows),
            ["frames"] = new JsonArray([.. looks.AsParallel().AsOrdered().Select(look => Look(look.Epoch, look.Parameters))]),
            ["loss_d"] = Rounded.Array(losses.Select(loss => (double)loss.LossD)),
            ["loss_g"] = Rounded.Array(losses.Select(loss => (double)loss.LossG)),
        });

        JsonObject Look(int epoch, GanParameters parameters)
        {
            Verdict verdict = evaluation.Judge(parameters, settings.Seed);
            JsonObject look = new()
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
            if (withForces)
            {
                look["parameters"] = parameters.Values.Length <= MostDrawn ? Rounded.Array(parameters.Values.Select(value => (double)value)) : null;
                look["forces"] = data.Real.Columns == 2 ? Forces.Of(parameters, settings, data, frame, Points) : null;
            }

            return look;
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
