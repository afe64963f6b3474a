namespace GpuGan.Runner.Verification;

/// <summary>Something that was compared on one accelerator.</summary>
/// <param name="Accelerator">Where, such as <c>opencl:0</c> or <c>cpu 4x4x1</c>.</param>
/// <param name="Subject">The training.</param>
/// <param name="With">What it was compared with.</param>
internal sealed record Check(string Accelerator, string Subject, string With)
{
    /// <summary>Whether it is as it should be.</summary>
    public bool Holds { get; init; }

    /// <summary>Whether the bits were the same; null where they need not be.</summary>
    public bool? SameBits { get; init; }

    /// <summary>The largest absolute difference; null where there is nothing to subtract.</summary>
    public double? LargestDeviation { get; init; }

    /// <summary>What is allowed; null where nothing is.</summary>
    public double? Tolerance { get; init; }

    /// <summary>Checksum of the weights; null for a recorded training.</summary>
    public string? WeightsSha256 { get; init; }

    /// <summary>Why it could not be compared; null where it was.</summary>
    public string? Problem { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Time { get; init; }
}
