namespace GpuGan.Runner.Reproductions;

/// <summary>Published numbers, and the trainings that should give them again.</summary>
/// <param name="name">How it is called on the command line, and its pictures in a folder.</param>
/// <param name="summary">What it shows, in one line.</param>
/// <param name="source">The paper or notebook.</param>
internal abstract class Reproduction(string name, string summary, string source)
{
    /// <summary>How it is called on the command line, and its pictures in a folder.</summary>
    public string Name => name;

    /// <summary>What it shows, in one line.</summary>
    public string Summary => summary;

    /// <summary>The paper or notebook.</summary>
    public string Source => source;

    /// <summary>Whether it takes hours without a GPU; then <c>--all</c> leaves it out.</summary>
    public virtual bool IsForGpu => false;

    /// <summary>Whether it trains populations, which the stepwise engine does not.</summary>
    public virtual bool IsOfMany => false;

    /// <summary>Trains, and compares.</summary>
    /// <param name="laboratory">Where it trains.</param>
    public abstract Reproduced Run(Laboratory laboratory);
}
