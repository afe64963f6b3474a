using System.Text.Json;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Data;
using GpuGan.Runner.Settings;

namespace GpuGan.Runner.Files;

/// <summary>What the trainings of a folder learn from and how they are judged, as its <c>settings.json</c> says.</summary>
/// <param name="File">The file of the data as it was given; null where they are drawn.</param>
/// <param name="Csv">How that file is read.</param>
/// <param name="Rows">Rows of the data.</param>
/// <param name="SharedSeed">The seed of drawn data where all trainings share them; null where each draws its own.</param>
/// <param name="Standardize">Whether the columns of the file are brought to mean 0 and standard deviation 1.</param>
/// <param name="Limits">Of the verdict.</param>
internal sealed record MemberData(string? File, CsvOptions Csv, int Rows, ulong? SharedSeed, bool Standardize, VerdictLimits Limits)
{
    private DataLookup? Lookup { get; init; }

    /// <summary>Where the file is found, which need not be where it was; null where the data are drawn.</summary>
    /// <exception cref="FileContentException">It is not found, malformed, or has other rows than it had.</exception>
    public string? Found => Lookup?.Path;

    /// <summary>How the file that is found is read.</summary>
    /// <exception cref="FileContentException">It is not found, malformed, or has other rows than it had.</exception>
    public CsvOptions FoundCsv => Lookup?.Csv ?? Csv;

    /// <summary>What rows are drawn from, where they are not a file's.</summary>
    public IDistribution Distribution { get; init; } = Gaussian.Chapter;

    /// <summary>Networks that the trainings began with; null where all were drawn.</summary>
    public InitialNetworks? Initial { get; init; }

    /// <summary>Fresh rows on which the discriminators are tried; null where they are not.</summary>
    public int? AccuracyRows { get; init; }

    /// <summary>Whether the energy distances of the generators are asked for.</summary>
    public bool Energy { get; init; }

    /// <summary>Whether all trainings learn from the same rows.</summary>
    public bool IsShared => File is not null || SharedSeed is not null;

    /// <summary>Reads what the folder of a training or a population says of its data.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="given">The file that the user names; null where it is looked for.</param>
    /// <exception cref="FileContentException">There is no such folder, or its settings are malformed.</exception>
    public static MemberData Read(string folder, string? given = null) => SettingsFile.Read(folder, "a run", root =>
    {
        string? file = root.TryGetProperty("data", out JsonElement data) ? data.GetString() : null;
        bool shared = root.TryGetProperty("shared_data", out JsonElement word) && word.GetBoolean();
        int rows = root.GetProperty("rows").GetInt32() is >= 1 and int number ? number : throw new FormatException("its rows are less than 1");
        return new MemberData(
            file,
            CsvWords.Read(root),
            rows,
            file is not null ? null
            : root.TryGetProperty("data_seed", out JsonElement seed) ? seed.GetUInt64()
            : shared ? root.GetProperty("seed").GetUInt64()
            : null,
            root.TryGetProperty("standardize", out JsonElement standardize) && standardize.GetBoolean(),
            LimitsJson.Read(root))
        {
            Distribution = DistributionWord.Read(root),
            Initial = InitialNetworks.Of(folder, root.TryGetProperty(InitialNetworks.Name, out _)),
            Energy = root.TryGetProperty("energy", out JsonElement energy) && energy.GetBoolean(),
            AccuracyRows = root.TryGetProperty("accuracy", out JsonElement accuracy) ? accuracy.GetInt32() : null,
        }.In(folder, root.TryGetProperty("data_sha256", out JsonElement hash) ? hash.GetString() : null, given);
    });

    /// <summary>The rows of the training of a seed.</summary>
    /// <exception cref="FileContentException">The file is not found, malformed, or has other rows than it had.</exception>
    public LearnedData Draw(ulong seed) => Lookup?.Rows ?? LearnedData.Drawn(Distribution, SharedSeed ?? seed, Rows);

    /// <summary>What judges the generators.</summary>
    /// <param name="data">The rows of any training.</param>
    public Evaluation Evaluation(LearnedData data) => LearnedData.Evaluation(data, Distribution, Limits);

    /// <summary>These data where their file is looked for.</summary>
    /// <param name="folder">That learnt them.</param>
    /// <param name="sha256">Of the rows; null in folders that are older than it.</param>
    /// <param name="given">The file that the user names; null where it is looked for.</param>
    /// <exception cref="FileContentException">A file is named for drawn rows.</exception>
    public MemberData In(string folder, string? sha256, string? given) =>
        File is not null ? this with { Lookup = new DataLookup(folder, this, sha256, given) }
        : given is null ? this
        : throw new FileContentException(folder, "learnt drawn rows, not those of a file; leave --data out");
}
