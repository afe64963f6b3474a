using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Networks.Initializers;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Training;

/// <summary>All settings of a training but the seed and the order of the rows, each declared once, in the order of the help.</summary>
internal static class SettingTable
{
    /// <summary>The settings; one that others follow stands before them.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new WidthsSetting(
            "Generator",
            "Widths of the generator, latent width first [default: C-C for C columns]",
            s => s.Generator,
            (s, network) => s with { Generator = network }),
        new WidthsSetting(
            "Discriminator",
            "Widths of the discriminator, the last is 1 [default: C-5-3-1]",
            s => s.Discriminator,
            (s, network) => s with { Discriminator = network }),
        new WordSetting<IActivation>(
            "HiddenActivation",
            "What stands between the layers of both networks",
            ActivationTable.All,
            s => s.Discriminator.Hidden.Word,
            (s, activation) => s.WithActivation(activation)),
        new WordSetting<IActivation>(
            "GeneratorActivation",
            "What stands between the layers of the generator",
            ActivationTable.All,
            s => s.Generator.Hidden.Word,
            (s, activation) => s with { Generator = s.Generator with { Hidden = activation } }) { IsNew = true, Follows = "hidden_activation" },
        new WordSetting<IActivation>(
            "DiscriminatorActivation",
            "What stands between the layers of the discriminator",
            ActivationTable.All,
            s => s.Discriminator.Hidden.Word,
            (s, activation) => s with { Discriminator = s.Discriminator with { Hidden = activation } }) { IsNew = true, Follows = "hidden_activation" },
        new WordSetting<IActivation>(
            "GeneratorOutput",
            "What stands behind the last layer of the generator",
            ActivationTable.Outputs,
            s => s.Generator.Output.Word,
            (s, activation) => s with { Generator = s.Generator with { Output = activation } }) { IsNew = true },
        new SwitchSetting(
            "GeneratorBias",
            "Give the generator no biases",
            s => s.Generator.HasBias,
            (s, bias) => s with { Generator = s.Generator with { HasBias = bias } }) { IsNew = true },
        new SwitchSetting(
            "DiscriminatorBias",
            "Give the discriminator no biases",
            s => s.Discriminator.HasBias,
            (s, bias) => s with { Discriminator = s.Discriminator with { HasBias = bias } }) { IsNew = true },
        new WordSetting<ILoss>(
            "Loss",
            "What discriminator and generator minimise",
            LossTable.All,
            s => s.Loss.Word,
            (s, loss) => s with { Loss = loss }) { FormerName = "g_loss" },
        new NumberSetting("LabelSmoothing", "Share of the label 0 in the labels of the real rows", s => s.LabelSmoothing, (s, value) => s with { LabelSmoothing = value }) { IsNew = true, IsOffAtZero = true, Most = 1 },
        new NumberSetting("R1", "Strength of the penalty on the discriminator's squared gradient at real rows", s => s.R1, (s, value) => s with { R1 = value }) { IsNew = true, IsOffAtZero = true },
        new NumberSetting("R2", "The same at generated rows", s => s.R2, (s, value) => s with { R2 = value }) { IsNew = true, IsOffAtZero = true },
        new NumberSetting("GradientPenalty", "Strength of the penalty on a gradient whose norm is not 1, between real and generated rows", s => s.GradientPenalty, (s, value) => s with { GradientPenalty = value }) { IsNew = true, IsOffAtZero = true },
        new NumberSetting("WeightClip", "What the discriminator's parameters are clamped to, on both sides of zero [0 for nothing]", s => s.WeightClip, (s, value) => s with { WeightClip = value }) { IsNew = true, IsOffAtZero = true },
        new NumberSetting("InstanceNoise", "Standard deviation of the noise on what the discriminator sees", s => s.InstanceNoise, (s, value) => s with { InstanceNoise = value }) { IsNew = true, IsOffAtZero = true },
        new WordSetting<Latent>("Latent", "What the generator is given", LatentTable.All, s => LatentTable.All.WordOf(s.Generator.Latent), (s, latent) => s with { Generator = s.Generator with { Latent = latent } }) { IsNew = true },
        new WordSetting<IInitializer>("Init", "How the initial parameters are drawn", InitializerTable.All, s => s.Init.Word, (s, initializer) => s with { Init = initializer }) { IsNew = true },
        new NumberSetting("InitStd", "Standard deviation of normal initial weights", s => s.InitStd, (s, value) => s with { InitStd = value }),
        new CountSetting("BatchSize", "Rows of a batch, or all of them", s => s.BatchSize, (s, value) => s with { BatchSize = value }) { TakesAll = true },
        new CountSetting("Epochs", "Passes over all rows", s => s.Epochs, (s, value) => s with { Epochs = value }),
        new CountSetting("DSteps", "Steps from one update of the generator to the next", s => s.DSteps, (s, value) => s with { DSteps = value }) { IsNew = true },
        new CountSetting("GSteps", "Updates of the generator by the noise of its step", s => s.GSteps, (s, value) => s with { GSteps = value }) { IsNew = true },
        new WordSetting<Updates>("Updates", "In which order the players move", UpdatesTable.All, s => UpdatesTable.All.WordOf(s.Updates), (s, updates) => s with { Updates = updates }) { IsNew = true },
        new SwitchSetting("FixedNoise", "Give every step the noise of the first", s => s.FixedNoise, (s, isFixed) => s with { FixedNoise = isFixed }) { IsNew = true },
        new WordSetting<IOptimizer>("Optimizer", "How both players move by their gradients", OptimizerTable.All, s => s.DOptimizer.Word, (s, optimizer) => s with { DOptimizer = optimizer, GOptimizer = optimizer }) { IsNew = true },
        new WordSetting<IOptimizer>("DOptimizer", "How the discriminator moves", OptimizerTable.All, s => s.DOptimizer.Word, (s, optimizer) => s with { DOptimizer = optimizer }) { IsNew = true, Follows = "optimizer" },
        new WordSetting<IOptimizer>("GOptimizer", "How the generator moves", OptimizerTable.All, s => s.GOptimizer.Word, (s, optimizer) => s with { GOptimizer = optimizer }) { IsNew = true, Follows = "optimizer" },
        new NumberSetting("LrD", "Learning rate of the discriminator", s => s.LrD, (s, value) => s with { LrD = value }),
        new NumberSetting("LrG", "Learning rate of the generator", s => s.LrG, (s, value) => s with { LrG = value }),
        new NumberSetting("LrDecay", "Factor of both learning rates from one epoch to the next", s => s.LrDecay, (s, value) => s with { LrDecay = value }),
        new NumberSetting("Beta1", "Adam's decay of the first moment", s => s.Beta1, (s, value) => s with { Beta1 = value }) { Below = 1 },
        new NumberSetting("Beta2", "Adam's decay of the second moment", s => s.Beta2, (s, value) => s with { Beta2 = value }) { Below = 1 },
        new NumberSetting("Epsilon", "Adam's guard against a division by zero", s => s.Epsilon, (s, value) => s with { Epsilon = value }) { Most = 1e30 },
        new NumberSetting("Momentum", "The factor of the step before, of sgd; may be negative", s => s.Momentum, (s, value) => s with { Momentum = value }) { IsNew = true, Least = double.NegativeInfinity },
        new NumberSetting("GEma", "How much of the averaged generator an update leaves; the verdict is then passed on the average [0 for none]", s => s.GEma, (s, value) => s with { GEma = value }) { IsNew = true, IsOffAtZero = true, Below = 1 },
    ];

    /// <summary>The numbers, which each member of a population has of its own.</summary>
    internal static IReadOnlyList<NumberSetting> Numbers { get; } = [.. All.OfType<NumberSetting>()];

    /// <summary>The settings with the numbers and the seed, which each member of a population has of its own, made equal; what of them decides the code stays.</summary>
    public static TrainingSettings Shared(TrainingSettings settings) =>
        Numbers.Aggregate(settings ?? throw new ArgumentNullException(nameof(settings)), (shared, number) => number.Neutral(shared)) with { Seed = 0 };

    /// <summary>The setting of a name in files, one of before included; null where there is none.</summary>
    public static Setting? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(setting => setting.Names.Contains(name));
    }
}
