using GpuGan.Runner.Plots;

namespace GpuGan.Runner.Reproductions;

/// <summary>What a reproduction gave.</summary>
/// <param name="Trials">At least one.</param>
/// <param name="Pictures">Of its trainings; there may be none.</param>
internal sealed record Reproduced(IReadOnlyList<Trial> Trials, IReadOnlyList<Picture> Pictures)
{
    /// <summary>What was left out, or is otherwise than in the source; null where nothing is.</summary>
    public string? Remark { get; init; }
}
