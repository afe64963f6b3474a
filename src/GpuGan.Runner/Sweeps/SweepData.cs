using System.Security.Cryptography;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;

namespace GpuGan.Runner.Sweeps;

/// <summary>What the members of a sweep learn.</summary>
internal sealed class SweepData
{
    private SweepData(Table? table) => (Table, File) = (table, table?.ToDataSet());

    /// <summary>The rows of a file as they stand there; null where they are drawn.</summary>
    public Table? Table { get; }

    /// <summary>The rows of a file; null where they are drawn.</summary>
    public DataSet? File { get; }

    /// <summary>Number of columns.</summary>
    public int Columns => File?.Columns ?? Gaussian.Chapter.Columns;

    /// <summary>What the generators should make.</summary>
    public Moments Target => File is null ? Moments.Of(Gaussian.Chapter) : Moments.Of(File);

    /// <summary>Tells data apart whose file has the same name; null where they are drawn.</summary>
    public string? Sha256 => File is null ? null : Convert.ToHexStringLower(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(File.Values.AsSpan())));

    /// <summary>Reads the data that a request names, if it names any.</summary>
    /// <exception cref="FileContentException">They cannot be read, or are no longer what the request expects.</exception>
    public static SweepData Of(SweepRequest request)
    {
        SweepData data = new(request.Word("data") is string path ? CsvDataReader.Read(path) : null);
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
        File ?? (specification.SharedData ? Gaussian.Chapter.Sample(specification.Seed, rows) : null);

    /// <summary>The data of a member.</summary>
    public DataSet Of(SweepSpecification specification, MemberSettings member) =>
        SharedBy(specification, member.Rows) ?? Gaussian.Chapter.Sample(member.Training.Seed, member.Rows);
}
