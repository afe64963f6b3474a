using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Folders;

/// <summary>What pictures of a comparison show of a training.</summary>
/// <param name="Losses">One entry for each epoch; none where their file is missing.</param>
/// <param name="Generated">Rows of its generator; null where its weights are missing, or not finite.</param>
/// <param name="GeneratedMoments">Of its generator.</param>
/// <param name="Real">The rows that it learnt; null where they cannot be found.</param>
/// <param name="RealMoments">Of what they are drawn from.</param>
internal sealed record ComparedTraining(IReadOnlyList<EpochLosses> Losses, Table? Generated, Moments? GeneratedMoments, Table? Real, Moments? RealMoments)
{
    private const int Rows = 1000;

    /// <summary>The losses by which it would look converged; null where its settings do not tell.</summary>
    public Equilibrium? Equilibrium { get; private init; }

    /// <summary>Reads as much as there is.</summary>
    /// <param name="folder">The training's.</param>
    /// <param name="file">The rows that it learnt, where they are not found; null where nobody says where they are.</param>
    /// <param name="problems">Takes what is missing.</param>
    public static ComparedTraining Read(string folder, string? file, List<string> problems)
    {
        IReadOnlyList<EpochLosses> losses = Try(() => TrainingFolder.ReadLosses(folder)) ?? [];
        WeightsFile? weights = Try(() => WeightsFile.Read(Path.Join(folder, RunFolder.WeightsName), Words.Option));
        TrainedNetwork? generator = weights is null ? null : Try(() => weights.Network(NetworkTensors.Generator));
        Standardization standardization = weights is null || generator is null ? Standardization.None : weights.StandardizationOf(generator);
        Table? generated = generator is null ? null : standardization.Undo(
            GeneratedSamples.Draw(generator.Shape, generator.Values, weights!.Seed, Rows), weights.ColumnsOf(generator));
        (Table Rows, Evaluation Evaluation)? real = weights is null ? null : Found(() =>
        {
            try
            {
                return RealOf(MemberData.Read(folder), weights.Seed);
            }
            catch (FileContentException) when (file is not null)
            {
                return RealOf(MemberData.Read(folder, file), weights.Seed);
            }
        });
        Moments? moments = generator is null ? null : Moments.Of(generator.Shape, generator.Values, weights!.Seed).Undo(standardization);
        return new ComparedTraining(losses, generated, moments, real?.Rows, real?.Evaluation.Target) { Equilibrium = EquilibriumOf(folder) };

        // What is wrong with the settings is told where they are compared.
        static Equilibrium? EquilibriumOf(string folder)
        {
            try
            {
                return Kernels.Metrics.Equilibrium.Of(SettingsFile.Read(folder, "a training", SettingsJson.Read));
            }
            catch (FileContentException)
            {
                return null;
            }
        }

        static (Table Rows, Evaluation Evaluation) RealOf(MemberData source, ulong seed)
        {
            LearnedData data = source.Draw(seed);
            return (data.Real, source.Evaluation(data));
        }

        T? Try<T>(Func<T> read)
            where T : class
        {
            try
            {
                return read();
            }
            catch (FileContentException exception)
            {
                problems.Add(exception.Message);
                return null;
            }
        }

        T? Found<T>(Func<T> read)
            where T : struct
        {
            try
            {
                return read();
            }
            catch (FileContentException exception)
            {
                problems.Add($"{exception.Message}; its real rows are left out");
                return null;
            }
        }
    }
}
