using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Tests;

/// <summary>The words of the tables, for tests that run over them: what has a line there is tested.</summary>
internal static class GameWords
{
    /// <summary>Every activation; one that takes a number with another number too.</summary>
    public static IEnumerable<string> Activations => [.. ActivationTable.All.Words, "leaky-relu:0.2"];

    /// <summary>Every word of every setting, every number that zero turns off, every switch, and both counts of updates: as option and value.</summary>
    public static IEnumerable<string> Settings =>
        from setting in SettingTable.All
        from value in setting.Words.Count > 0 ? setting.Words
            : setting.Type == typeof(double) && setting.DecidesCode ? ["0.3"]
            : setting.Type == typeof(bool) ? ["true", "false"]
            : setting.Property is nameof(TrainingSettings.DSteps) or nameof(TrainingSettings.GSteps) ? ["3"]
            : []
        select $"{setting.Name} {value}";

    /// <summary>A small training with one of <see cref="Settings"/>; its discriminator has two hidden layers, its last batch is short.</summary>
    public static TrainingSettings GameWith(string setting)
    {
        string[] parts = setting.Split(' ');
        return SettingTable.Find(parts[0])!.Apply(
            new TrainingSettings
            {
                Generator = new Network(3, 5, 2),
                Discriminator = new Network(2, 7, 4, 1),
                InitStd = 0.5,
                BatchSize = 7,
                Epochs = 2,
                LrDecay = 0.7,
                Momentum = -0.3,
            },
            parts[1]);
    }

    /// <summary>Every loss.</summary>
    public static IEnumerable<string> Losses => LossTable.All.Words;
}
