namespace GpuGan.Kernels.Devices;

/// <summary>An accelerator that is here, or an API by which none is reached; usable or not.</summary>
/// <param name="Api">How it is reached.</param>
internal sealed record AcceleratorEntry(AcceleratorApi Api)
{
    /// <summary>What <see cref="Device.Open"/> takes, such as <c>cuda:0</c>; null where it cannot be used.</summary>
    public string? Device { get; init; }

    /// <summary>The hardware's name; null where none is reached.</summary>
    public string? Name { get; init; }

    /// <summary>What the hardware is; null where none is reached.</summary>
    public AcceleratorKind? Kind { get; init; }

    /// <summary>Bytes of memory that it can use; null where none is reached.</summary>
    public long? Memory { get; init; }

    /// <summary>Whether numbers below 2^-126 are kept; null where none is reached.</summary>
    public bool? KeepsDenormals { get; init; }

    /// <summary>How it divides; null where none is reached.</summary>
    public DivisionRounding? Division { get; init; }

    /// <summary>Why it cannot be used; null where it can.</summary>
    public Obstacle? Obstacle { get; init; }

    /// <summary>Whether it gives the promised bits.</summary>
    public bool IsUsable => Obstacle is null;

    /// <summary>Why it cannot be used, with the hardware's name; null where it can.</summary>
    public string? Problem => Name is null ? Obstacle?.Reason : Obstacle is null ? null : $"{Name}: {Obstacle.Reason}";
}
