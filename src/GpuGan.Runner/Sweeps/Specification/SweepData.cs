using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;
using GpuGan.Runner.Settings;

namespace GpuGan.Runner.Sweeps.Specification;

/// <summary>What the members of a sweep learn.</summary>
internal sealed class SweepData
{
    private SweepData(LearnedData? file, int columns) => (File, Columns) = (file, columns);

    /// <summary>The rows of a file; null where they are drawn.</summary>
    public LearnedData? File { get; }

    /// <summary>What the reader of the file has to say.</summary>
    public IReadOnlyList<string> Remarks => File?.Remarks ?? [];

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>What judges the generators.</summary>
    /// <param name="distribution">What rows are drawn from, where they are not a file's.</param>
    /// <param name="limits">By which limits.</param>
    public Evaluation Evaluation(IDistribution distribution, VerdictLimits limits) => LearnedData.Evaluation(File, distribution, limits);

    /// <summary>What the rows of the file are known by; null where they are drawn.</summary>
    public string? Sha256 => File?.Real.Sha256;

    /// <summary>Reads the data that a request names, if it names any.</summary>
    /// <exception cref="FileContentException">They cannot be read, or are no longer what the request expects.</exception>
    public static SweepData Of(SweepRequest request)
    {
        LearnedData? file = request.Word("data") is string path ? LearnedData.Read(path, request.Csv(), request.Switch("standardize")) : null;
        SweepData data = new(file, file?.Rows.Columns ?? ColumnsOf(request));
        if (data.File is null && request.Word("data_sha256") is not null)
        {
            throw request.Problem("data_sha256", "is of a file, and none is named; name it by data");
        }

        return request.Word("data_sha256") is string expected && expected != data.Sha256
            ? throw new FileContentException(request.Word("data")!, $"has other numbers (SHA-256 {data.Sha256}) than the specification expects ({expected})")
            : data;
    }

    /// <summary>Rows that are known already.</summary>
    public static SweepData Of(LearnedData rows) => new(rows, rows.Rows.Columns);

    /// <summary>The data that all members with such rows have; null where each has its own.</summary>
    public DataSet? SharedBy(SweepSpecification specification, MemberSettings settings) =>
        File?.Rows ?? (specification.SharedData ? settings.Distribution.Sample(specification.Seed, settings.Rows) : null);

    // The widths of all members' networks follow from them, where they are not given.
    private static int ColumnsOf(SweepRequest request)
    {
        if (!request.Texts.TryGetValue(DistributionWord.Name, out IReadOnlyList<string>? texts) || texts.Count == 0)
        {
            return Gaussian.Chapter.Columns;
        }

        IDistribution[] distributions = [.. texts.Select(text => Parse(request, text))];
        return distributions.FirstOrDefault(one => one.Columns != distributions[0].Columns) is not IDistribution other ? distributions[0].Columns
            : throw request.Problem(
                DistributionWord.Name,
                $"has rows of {distributions[0].Columns} and of {other.Columns} columns ({distributions[0]}, {other}); the networks of a sweep are for one number of them");
    }

    private static IDistribution Parse(SweepRequest request, string text)
    {
        try
        {
            return DistributionWord.Parse(text);
        }
        catch (FormatException exception)
        {
            throw request.Problem(DistributionWord.Name, $"{OneLine.Quote(text)} {exception.Message}");
        }
    }

    /// <summary>The data of a sweep; where rows or what they are drawn from are swept, each member's row says what it has.</summary>
    /// <param name="folder">The sweep's.</param>
    /// <param name="specification">What it is a sweep of.</param>
    /// <param name="given">The file that the user names; null where it is looked for.</param>
    public static MemberData OfMembers(string folder, SweepSpecification specification, string? given = null) => new MemberData(
        specification.Data,
        specification.Csv,
        specification.First.Rows,
        specification.Data is null && specification.SharedData ? specification.Seed : null,
        specification.Standardize,
        specification.Limits)
    {
        Distribution = specification.First.Distribution,
        AccuracyRows = specification.AccuracyRows,
    }.In(folder, specification.DataSha256, given);
}
