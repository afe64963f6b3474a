using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Verification;

/// <summary>A training whose result is known.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Rows">Rows of the chapter's data.</param>
/// <param name="WeightsSha256">What every machine gives, see <see cref="GanParameters.Sha256"/>.</param>
/// <param name="Settings">How it is trained.</param>
internal sealed record TrainingCase(string Name, int Rows, string WeightsSha256, TrainingSettings Settings)
{
    private const int MostShortSteps = 200;

    /// <summary>Whether the networks are the chapter's: the compiled engine has the same kernels for all of those.</summary>
    public bool HasChaptersNetworks =>
        Settings.Generator.Equals(new TrainingSettings().Generator) && Settings.Discriminator.Equals(new TrainingSettings().Discriminator);

    /// <summary>Whether a slow accelerator takes it too.</summary>
    public bool IsShort => Settings.Epochs * ((Rows + Settings.BatchSize - 1) / Settings.BatchSize) <= MostShortSteps;
}
