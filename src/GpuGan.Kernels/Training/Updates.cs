namespace GpuGan.Kernels.Training;

/// <summary>In which order the players move in a step.</summary>
public enum Updates
{
    /// <summary>The discriminator, then the generator by the discriminator as it is then.</summary>
    Alternating,

    /// <summary>Both by their gradients at the parameters before the step.</summary>
    Simultaneous,

    /// <summary>The generator, then the discriminator by the rows that the generator makes then.</summary>
    GeneratorFirst,
}

/// <summary>The words of the orders.</summary>
internal static class UpdatesTable
{
    /// <summary>All of them.</summary>
    public static WordTable<Updates> All { get; } = new(
        "order of updates",
        new("alternating", Updates.Alternating),
        new("simultaneous", Updates.Simultaneous),
        new("generator-first", Updates.GeneratorFirst));
}
