namespace GpuGan.Runner.Tests.Sweeps;

/// <summary>A sweep that takes no time, and what is asked of its files.</summary>
internal static class SweepFiles
{
    /// <summary>4 points of 2 kernels, 6 seeds each; one of the learning rates makes members diverge.</summary>
    public static readonly string[] Small =
    [
        "sweep", "--discriminator", "2-3-1", "--rows", "40", "--epochs", "2", "--lr-g", "0.005,3e38", "--batch-size", "8,20", "--seeds", "6",
        "--device", "cpu", "--quiet", "--no-plots",
    ];

    public const int SmallMembers = 24;

    /// <summary>The bytes of the table.</summary>
    public static byte[] Parquet(string folder) => File.ReadAllBytes(Path.Join(folder, "members.parquet"));

    /// <summary>The files of finished chunks, in the order of work.</summary>
    public static string[] Chunks(string folder) => [.. Directory.GetFiles(Path.Join(folder, "chunks"), "*.chunk").Order(StringComparer.Ordinal)];
}
