using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Files;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels;

/// <summary>A generator and its discriminator, which can be sampled, judged and saved.</summary>
/// <example>
/// <code>
/// GanModel model = GanModel.Load("weights.safetensors");
/// DataSet rows = model.Sample(1000);
/// </code>
/// </example>
public class GanModel
{
    private readonly Standardization standardization;

    internal GanModel(TrainingSettings settings, GanParameters parameters, GanParameters judged, DataSet? data)
        : this(settings, parameters, judged, data?.Names, data?.Standardization ?? Standardization.None)
    {
        Data = data;
    }

    private GanModel(TrainingSettings settings, GanParameters parameters, GanParameters judged, IReadOnlyList<string>? names, Standardization standardization) =>
        (Settings, Parameters, Judged, Names, this.standardization) = (settings, parameters, judged, names, standardization);

    /// <summary>How it was trained, as far as that is known.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>The weights and biases; all NaN after a divergence.</summary>
    public GanParameters Parameters { get; }

    /// <summary>The names of the columns of the data; null where they have none.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>The parameters with the generator that is judged: its average, where there is one.</summary>
    internal GanParameters Judged { get; }

    /// <summary>What it learnt; null where that is not known.</summary>
    private DataSet? Data { get; }

    /// <summary>Reads what <see cref="Save"/> or the program <c>gpugan</c> wrote.</summary>
    /// <param name="path">A file in the safetensors format.</param>
    /// <exception cref="FileContentException">The file cannot be read, lacks a network, or says something that cannot be.</exception>
    public static GanModel Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        WeightsFile file = WeightsFile.Read(path);
        TrainedNetwork generator = file.Network(NetworkTensors.Generator), discriminator = file.Network(NetworkTensors.Discriminator);
        TrainingSettings settings = SettingsMetadata.Read(path, file.Metadata) with { Generator = generator.Shape, Discriminator = discriminator.Shape, Seed = file.Seed };
        GanParameters parameters = new(generator.Shape, discriminator.Shape, [.. generator.Values, .. discriminator.Values]);
        return new GanModel(settings, parameters, parameters, file.HasColumns ? file.ColumnsOf(generator) : null, file.StandardizationOf(generator));
    }

    /// <summary>Draws rows from the generator, in the units of the data.</summary>
    /// <param name="rows">At least 1.</param>
    /// <param name="seed">Decides the rows; the training's, where there is none.</param>
    /// <returns><c>[row, column]</c>; the row of a number does not depend on how many rows are drawn.</returns>
    public DataSet Sample(int rows, ulong? seed = null)
    {
        DataSet drawn = GeneratedSamples.Draw(Judged, seed ?? Settings.Seed, rows);
        Table undone = standardization.Undo(drawn, Names);
        return new DataSet(standardization.IsNone ? drawn.Values : undone.ToDataSet().Values, drawn.Columns, Names) { Source = undone };
    }

    /// <summary>Judges the generator by other rows, or by other limits, than its training did.</summary>
    /// <param name="data">What it should make, in the units of the training.</param>
    /// <param name="limits">Null for the usual ones.</param>
    /// <exception cref="ArgumentException">The data have other columns, a number is not finite, or a limit is none.</exception>
    public Verdict Judge(DataSet data, VerdictLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Judged.AllFinite ? EvaluationOf(data, limits).Judge(Judged, Settings.Seed) : Verdict.Diverged;
    }

    /// <summary>Writes both networks, their settings and what undoes a standardization: for <see cref="Load"/>, <c>gpugan</c> and PyTorch.</summary>
    /// <param name="path">A file that is there is replaced; it appears complete or not at all.</param>
    /// <exception cref="FileContentException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        AtomicFile.Write(path, stream => WeightsFile.Write(stream, Parameters, Judged, SettingsMetadata.Of(Settings, Data), Names, standardization));
    }

    /// <summary>What judges generators of data: the distribution that they were drawn from, where it is known, else their rows.</summary>
    internal static Evaluation EvaluationOf(DataSet data, VerdictLimits? limits) => data.Distribution is not null
        ? Evaluation.Of(data.Distribution, limits)
        : Evaluation.Of(data.Source ?? Table.Of(data), data.Standardization, limits);
}
