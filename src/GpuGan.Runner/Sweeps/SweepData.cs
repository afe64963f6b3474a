using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;

namespace GpuGan.Runner.Sweeps;

/// <summary>What the members of a sweep learn.</summary>
internal sealed class SweepData
{
    private SweepData(LearnedData? file) => File = file;

    /// <summary>The rows of a file; null where they are drawn.</summary>
    public LearnedData? File { get; }

    /// <summary>What the reader of the file has to say.</summary>
    public IReadOnlyList<string> Remarks => File?.Remarks ?? [];

    /// <summary>Number of columns.</summary>
    public int Columns => File?.Rows.Columns ?? Gaussian.Chapter.Columns;

    /// <summary>What judges the generators.</summary>
    /// <param name="limits">By which limits.</param>
    public Evaluation Evaluation(VerdictLimits limits) => LearnedData.Evaluation(File, limits);

    /// <summary>What the rows of the file are known by; null where they are drawn.</summary>
    public string? Sha256 => File?.Real.Sha256;

    /// <summary>Reads the data that a request names, if it names any.</summary>
    /// <exception cref="FileContentException">They cannot be read, or are no longer what the request expects.</exception>
    public static SweepData Of(SweepRequest request)
    {
        SweepData data = new(request.Word("data") is string path ? LearnedData.Read(path, request.Csv(), request.Switch("standardize")) : null);
        if (data.File is null && request.Word("data_sha256") is not null)
        {
            throw request.Problem("data_sha256", "is of a file, and none is named; name it by data");
        }

        return request.Word("data_sha256") is string expected && expected != data.Sha256
            ? throw new FileContentException(request.Word("data")!, $"has other numbers (SHA-256 {data.Sha256}) than the specification expects ({expected})")
            : data;
    }

    /// <summary>The data that all members with so many rows have; null where each has its own.</summary>
    public DataSet? SharedBy(SweepSpecification specification, int rows) =>
        File?.Rows ?? (specification.SharedData ? Gaussian.Chapter.Sample(specification.Seed, rows) : null);

    /// <summary>The data of a member.</summary>
    public DataSet Of(SweepSpecification specification, MemberSettings member) =>
        SharedBy(specification, member.Rows) ?? Gaussian.Chapter.Sample(member.Training.Seed, member.Rows);
}
