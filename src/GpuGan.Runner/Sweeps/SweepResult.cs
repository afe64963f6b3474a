using System.Globalization;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Runner.Commands;
using GpuGan.Runner.Files;

namespace GpuGan.Runner.Sweeps;

/// <summary>All members of a sweep.</summary>
/// <param name="Axes">What is varied, in the order of the help text; none for a population.</param>
/// <param name="Rows">One for each member, in order.</param>
/// <param name="BaseSettings">What all members have in common.</param>
internal sealed record SweepResult(IReadOnlyList<SweepAxis> Axes, IReadOnlyList<SweepRow> Rows, TrainingSettings BaseSettings)
{
    /// <summary>Reads the folder of a sweep.</summary>
    /// <exception cref="FileContentException">The folder is no sweep's, or a file in it is malformed.</exception>
    public static SweepResult Read(string folder) => PopulationMembers.Read(folder);

    /// <summary>The settings that train a member alone.</summary>
    public TrainingSettings SettingsOf(SweepRow row) =>
        row.Settings.Aggregate(BaseSettings with { Seed = row.Seed }, (settings, one) => With(settings, one.Key, one.Value));

    private static TrainingSettings With(TrainingSettings settings, string name, string value) => name switch
    {
        "generator" => settings with { Generator = NetworkShape.Parse(value) },
        "discriminator" => settings with { Discriminator = NetworkShape.Parse(value) },
        "hidden_activation" => settings with { HiddenActivation = Words.Parse<Activation>(value) },
        "g_loss" => settings with { GLoss = Words.Parse<GeneratorLoss>(value) },
        "init_std" => settings with { InitStd = Number(value) },
        "batch_size" => settings with { BatchSize = (int)Number(value) },
        "epochs" => settings with { Epochs = (int)Number(value) },
        "lr_d" => settings with { LrD = Number(value) },
        "lr_g" => settings with { LrG = Number(value) },
        "lr_decay" => settings with { LrDecay = Number(value) },
        "beta1" => settings with { Beta1 = Number(value) },
        "beta2" => settings with { Beta2 = Number(value) },
        "epsilon" => settings with { Epsilon = Number(value) },
        _ => settings,
    };

    private static double Number(string value) => double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture);
}
