using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Tests;

/// <summary>A training with a random word of every table and random numbers; about half of what can be off is.</summary>
internal static class RandomGame
{
    /// <summary>Draws a game for two columns, a few rows and a batch that may leave a short one.</summary>
    /// <param name="number">Which; the same number gives the same game.</param>
    public static TrainingSettings Of(int number)
    {
        Random random = new(number);
        TrainingSettings settings = new()
        {
            Generator = new Network([random.Next(1, 4), .. Hidden(random), 2]),
            Discriminator = new Network([2, .. Hidden(random), 1]),
            BatchSize = random.Next(1, 9),
            Epochs = 2,
            Shuffle = random.Next(2) == 0,
            Seed = (ulong)random.NextInt64(),
            InitStd = 0.5,
            LrDecay = 0.8,
        };
        foreach (Setting setting in SettingTable.All)
        {
            settings = setting switch
            {
                { Type: Type type } when type == typeof(bool) => setting.Apply(settings, random.Next(2) == 0 ? "true" : "false"),

                // A number that zero turns off.
                { Type: Type type, DecidesCode: true } when type == typeof(double) => random.Next(2) == 0 ? settings : setting.Apply(settings, $"{0.05 + (0.4 * random.NextDouble()):f3}"),
                { Property: nameof(TrainingSettings.Momentum) } => setting.Apply(settings, $"{(random.NextDouble() * 1.6) - 0.8:f3}"),
                { Property: nameof(TrainingSettings.DSteps) or nameof(TrainingSettings.GSteps) } => setting.Apply(settings, $"{Math.Max(1, random.Next(-1, 4))}"),
                { Words.Count: > 0 } => setting.Apply(settings, setting.Words[random.Next(setting.Words.Count)]),
                _ => settings,
            };
        }

        return settings.Loss.TakesLabels ? settings : settings with { LabelSmoothing = 0 };
    }

    /// <summary>Draws such a game of 1 to 4 layers, of widths up to 40, and a batch of up to 70 rows.</summary>
    /// <param name="number">Which; the same number gives the same game.</param>
    public static TrainingSettings Wide(int number)
    {
        Random random = new(number);
        TrainingSettings settings = Of(number);
        return settings with
        {
            Generator = settings.Generator.WithWidths([random.Next(1, 41), .. Layers(), 2]),
            Discriminator = settings.Discriminator.WithWidths([2, .. Layers(), 1]),
            BatchSize = random.Next(1, 71),
        };

        int[] Layers() => [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(1, 41))];
    }

    private static int[] Hidden(Random random) => [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(1, 6))];
}
