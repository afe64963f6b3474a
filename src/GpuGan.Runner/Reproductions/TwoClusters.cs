using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Networks.Initializers;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Kernels.Training.Optimizers;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Reproductions;

/// <summary>
/// Two clusters in one dimension, of which a GAN that judges each row by itself first loses one for long, a relativistic one does not. All rows at once;
/// an epoch is ten updates of the discriminator on one set of generated rows, then ten of the generator.
/// </summary>
/// <remarks>
/// The latents are U(-5, 5) and fixed, which is no setting of a training: a first layer of five times the weights would begin alike, but its steps, by
/// gradients that are a fifth, would not be alike. So these trainings go step by step, by latents that are given.
/// </remarks>
internal sealed class TwoClusters() : Reproduction(
    "two-clusters",
    "two clusters: a relativistic GAN covers both sooner than a non-saturating one",
    "Sun, Fang, Schwing, Towards a Better Global Loss Landscape of GANs, arXiv 2011.04926; shares by an independent program, 100 seeds")
{
    private const int UsualSeeds = 48, Rows = 100, Updates = 10;

    // Of the latents, of the clusters, and of what counts as met: 40 to 60 rows not farther than this from 0 and from 4.
    private const float LatentScale = 5, Spacing = 4, Width = 0.3f;
    private const double Near = 0.36;
    private const int Least = 40, Most = 60;

    private static readonly int[] Epochs = [1000, 2000, 5000];

    private static readonly (ILoss Loss, int[] Percent)[] Games = [(default(NonSaturatingLoss), [1, 45, 91]), (default(RelativisticLoss), [46, 88, 96])];

    /// <inheritdoc/>
    public override bool IsOfMany => true;

    /// <inheritdoc/>
    public override Reproduced Run(Laboratory laboratory)
    {
        int seeds = laboratory.Seeds ?? UsualSeeds;
        return new Reproduced([.. Games.Select(game => Try(laboratory, seeds, game.Loss, game.Percent))], [])
        {
            Remark = "no command trains the same, as its latents are fixed and U(-5, 5); always by the tiled engine on the CPU",
        };
    }

    private static Trial Try(Laboratory laboratory, int seeds, ILoss loss, int[] percent)
    {
        TrainingSettings settings = new()
        {
            Generator = new Network(1, 5, 5, 1) { Latent = Latent.Uniform },
            Discriminator = new Network(1, 10, 10, 1) { Hidden = default(SigmoidActivation) },
            Loss = loss,
            Init = default(PyTorchInitializer),
            BatchSize = Rows,
            DSteps = Updates,
            GSteps = Updates,
            FixedNoise = true,
            DOptimizer = default(GradientDescent),
            GOptimizer = default(GradientDescent),
            LrD = 0.01,
            LrG = 0.01,
            Momentum = 0.9,
        };
        int[] successes = new int[Epochs.Length];
        int done = 0;

        // A GAN has a thread: it is too small for more.
        using Device device = Device.Open("cpu", threads: 1);
        Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = laboratory.Threads }, seed =>
        {
            foreach (int i in Successes(device, settings with { Seed = (ulong)seed }))
            {
                Interlocked.Increment(ref successes[i]);
            }

            laboratory.Tell($"{Interlocked.Increment(ref done)} of {seeds} seeds, {loss.Word}");
        });
        return new Trial(
            loss.Word,
            null,
            [.. Epochs.Index().Select(one => Finding.OfShare($"both clusters met, {one.Item} epochs", Published.ShareOf(percent[one.Index], 100), new Share(successes[one.Index], seeds)))]);
    }

    // After which of the numbers of epochs both clusters are met.
    private static List<int> Successes(Device device, TrainingSettings settings)
    {
        float[] rows = new float[Rows], latents = new float[Rows];
        Streams.Fill(settings.Seed, StreamId.Noise, step: 0, latents, isUniform: true);
        for (int row = 0; row < Rows; row++)
        {
            latents[row] *= LatentScale;
            rows[row] = (Width * (float)Streams.Uniform(settings.Seed, StreamId.Data, step: 0, (uint)row)) + (Spacing * (row % 2));
        }

        List<int> met = [];
        float[] generated = new float[Rows];
        using TiledTrainer trainer = new(device, settings, new DataSet(rows, columns: 1));
        for (int i = 0; i < Epochs.Length; i++)
        {
            while (trainer.Steps < Epochs[i] * Updates)
            {
                trainer.TrainStep(latents);
            }

            Perceptron.Evaluate(settings.Generator, trainer.ReadParameters().GeneratorValues, latents, generated);
            if (((float[])[0, Spacing]).All(center => generated.Count(row => Math.Abs(row - center) <= Near) is >= Least and <= Most))
            {
                met.Add(i);
            }
        }

        return met;
    }
}
