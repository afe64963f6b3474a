namespace GpuGan.Runner.Reproductions;

/// <summary>One setting of a reproduction, and what it gave.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Command">Trains the same; null where none does.</param>
/// <param name="Findings">Its numbers.</param>
internal sealed record Trial(string Name, string? Command, IReadOnlyList<Finding> Findings);
