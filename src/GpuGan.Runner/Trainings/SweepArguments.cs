using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Trainings;

/// <summary>What <c>gpugan sweep</c> was asked for.</summary>
internal sealed record SweepArguments
{
    /// <summary>What decides the members.</summary>
    public required SweepRequest Request { get; init; }

    public required SweepDevices Devices { get; init; }

    /// <summary>The value of <c>--shard</c>; null where the environment decides.</summary>
    public string? Shard { get; init; }

    public int? Shards { get; init; }

    /// <summary>The most members of a chunk.</summary>
    public int Chunk { get; init; }

    public string? Out { get; init; }

    public bool Fresh { get; init; }

    public bool Csv { get; init; }

    public bool Plots { get; init; }

    public bool Plan { get; init; }

    public bool PrintSpec { get; init; }

    public bool Quiet { get; init; }

    public bool Json { get; init; }
}
