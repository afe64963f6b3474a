using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Data;
using GpuGan.Runner.Report;
using GpuGan.Runner.Sweeps;

namespace GpuGan.Runner.Files;

/// <summary>What the trainings of a folder learn from and how they are judged, as its <c>settings.json</c> says.</summary>
/// <param name="File">The file of the data; null where they are drawn from the chapter's Gaussian.</param>
/// <param name="Csv">How that file is read.</param>
/// <param name="Rows">Rows of the data.</param>
/// <param name="SharedSeed">The seed of drawn data where all trainings share them; null where each draws its own.</param>
/// <param name="Standardize">Whether the columns of the file are brought to mean 0 and standard deviation 1.</param>
/// <param name="Limits">Of the verdict.</param>
internal sealed record MemberData(string? File, CsvOptions Csv, int Rows, ulong? SharedSeed, bool Standardize, VerdictLimits Limits)
{
    /// <summary>The data of a sweep; where rows are swept, each member's row says how many it has.</summary>
    public static MemberData Of(SweepSpecification specification) => new(
        specification.Data,
        specification.Csv,
        specification.First.Rows,
        specification.Data is null && specification.SharedData ? specification.Seed : null,
        specification.Standardize,
        specification.Limits)
    {
        AccuracyRows = specification.Accuracy?.Rows,
    };

    /// <summary>Reads what the folder of a training or a population says of its data.</summary>
    /// <exception cref="FileContentException">There is no such folder, or its settings are malformed.</exception>
    public static MemberData Read(string folder) => SettingsFile.Read(folder, "a run", root =>
    {
        string? file = root.TryGetProperty("data", out var data) ? data.GetString() : null;
        bool shared = root.TryGetProperty("shared_data", out var word) && word.GetBoolean();
        return new MemberData(
            file,
            CsvOptions.Read(root),
            root.GetProperty("rows").GetInt32(),
            file is not null ? null
            : root.TryGetProperty("data_seed", out var seed) ? seed.GetUInt64()
            : shared ? root.GetProperty("seed").GetUInt64()
            : null,
            root.TryGetProperty("standardize", out var standardize) && standardize.GetBoolean(),
            LimitsJson.Read(root))
        {
            AccuracyRows = root.TryGetProperty("accuracy", out var accuracy) ? accuracy.GetInt32() : null,
        };
    });

    /// <summary>Fresh rows on which the discriminators are tried; null where they are not.</summary>
    public int? AccuracyRows { get; init; }

    /// <summary>Whether all trainings learn from the same rows.</summary>
    public bool IsShared => File is not null || SharedSeed is not null;

    /// <summary>The rows of the training of a seed.</summary>
    /// <exception cref="FileContentException">The file is missing or malformed, or has other rows than it had.</exception>
    public LearnedData Draw(ulong seed)
    {
        if (File is null)
        {
            return LearnedData.Drawn(SharedSeed ?? seed, Rows);
        }

        LearnedData data = LearnedData.Read(File, Csv, Standardize);
        return data.Rows.Rows == Rows
            ? data
            : throw new FileContentException(File, $"has {data.Rows.Rows} rows; the run was trained on {Rows}");
    }

    /// <summary>What judges the generators.</summary>
    /// <param name="data">The rows of any training.</param>
    public Evaluation Evaluation(LearnedData data) => LearnedData.Evaluation(data, Limits);
}
