namespace GpuGan.Kernels.Metrics;

/// <summary>Which parameters a <see cref="History"/> keeps.</summary>
public enum HistoryParameters
{
    /// <summary>None, as of networks that have too many.</summary>
    None,

    /// <summary>Those of the generator that is judged: of its average, where there is one.</summary>
    Generator,

    /// <summary>The same, then the discriminator's.</summary>
    Both,
}
