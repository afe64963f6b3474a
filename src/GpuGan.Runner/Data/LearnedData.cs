using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Distributions.Csv;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Data;

/// <summary>The rows of a training, as they are and as it learns them.</summary>
/// <param name="Real">In the units of the data.</param>
/// <param name="Rows">In those of the training.</param>
/// <param name="Standardization">Between the two.</param>
internal sealed record LearnedData(Table Real, DataSet Rows, Standardization Standardization)
{
    /// <summary>What the reader of the file has to say.</summary>
    public IReadOnlyList<string> Remarks { get; private init; } = [];

    /// <summary>Reads the rows of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="csv">How it is read.</param>
    /// <param name="standardize">Whether each column is brought to mean 0 and standard deviation 1.</param>
    /// <exception cref="FileContentException">The file cannot be read, or holds something else than rows of numbers.</exception>
    public static LearnedData Read(string path, CsvOptions csv, bool standardize)
    {
        DataFile file = CsvDataReader.Read(path, csv, centred: standardize);
        return Of(file.Table, standardize) with { Remarks = file.Remarks };
    }

    /// <summary>What the rows were drawn from; null where they are a file's.</summary>
    public IDistribution? Distribution { get; private init; }

    /// <summary>Drawn rows, which are learnt as they are.</summary>
    /// <param name="distribution">What they are drawn from.</param>
    /// <param name="seed">Its data stream is drawn from.</param>
    /// <param name="rows">At least 1.</param>
    public static LearnedData Drawn(IDistribution distribution, ulong seed, int rows)
    {
        DataSet drawn = distribution.Sample(seed, rows);
        return new LearnedData(Table.Of(drawn), drawn, Standardization.None) { Distribution = distribution };
    }

    /// <summary>Rows of a file.</summary>
    /// <param name="rows">As they were read.</param>
    /// <param name="standardize">Whether each column is brought to mean 0 and standard deviation 1.</param>
    public static LearnedData Of(Table rows, bool standardize)
    {
        Standardization standardization = standardize ? Standardization.Of(rows) : Standardization.None;
        return new LearnedData(rows, standardization.Apply(rows), standardization);
    }

    /// <summary>What judges generators of these rows.</summary>
    /// <param name="data">The rows; null where each training draws its own.</param>
    /// <param name="distribution">What rows are drawn from, where they are not a file's.</param>
    /// <param name="limits">By which limits.</param>
    public static Evaluation Evaluation(LearnedData? data, IDistribution distribution, VerdictLimits limits) => data is { Distribution: null }
        ? Kernels.Metrics.Evaluation.Of(data.Real, data.Standardization, limits)
        : Kernels.Metrics.Evaluation.Of(distribution, limits);

    /// <summary>Rows that a generator of these data makes, in the units of the data.</summary>
    public Table Generate(GanParameters parameters, ulong seed, int rows) =>
        Standardization.Undo(GeneratedSamples.Draw(parameters, seed, rows), Real.Names);
}
