using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Tests;

/// <summary>The words of the tables, for tests that run over them: what has a line there is tested.</summary>
internal static class GameWords
{
    /// <summary>Every activation; one that takes a number with another number too.</summary>
    public static IEnumerable<string> Activations => [.. ActivationTable.All.Words, "leaky-relu:0.2"];

    /// <summary>Every loss.</summary>
    public static IEnumerable<string> Losses => LossTable.All.Words;
}
