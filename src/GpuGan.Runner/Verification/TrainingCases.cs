using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Runner.Verification;

/// <summary>The trainings of <c>gpugan verify</c>, with the checksums that hold for every accelerator and machine.</summary>
/// <remarks>
/// This is the one place of these checksums. Where the arithmetic is changed on purpose they change with it:
/// <c>gpugan verify --json</c> prints the new ones as <c>weights_sha256</c>.
/// </remarks>
internal static class TrainingCases
{
    private static readonly TrainingSettings Small = new()
    {
        Generator = new NetworkShape(3, 5, 2),
        Discriminator = new NetworkShape(2, 7, 4, 1),
        InitStd = 0.5,
        BatchSize = 7,
        Epochs = 2,
        LrDecay = 0.7,
    };

    private static readonly TrainingSettings Deep = new()
    {
        Generator = new NetworkShape(2, 3, 3, 3, 3, 3, 3, 3, 2),
        Discriminator = new NetworkShape(2, 3, 3, 3, 3, 3, 3, 3, 1),
        InitStd = 0.4,
        BatchSize = 5,
        Epochs = 3,
    };

    private static readonly TrainingSettings Wide = new()
    {
        Generator = new NetworkShape(5, 33, 17, 2),
        Discriminator = new NetworkShape(2, 65, 3, 1),
        InitStd = 0.4,
        BatchSize = 33,
        Epochs = 3,
    };

    // Squares of its gradients are denormal, and with such a small epsilon the steps depend on them.
    private static readonly TrainingSettings Denormal = new() { LrD = 1e-19, LrG = 1e-19, InitStd = 1e-19, Epsilon = 1e-30, Epochs = 2 };

    public static IReadOnlyList<TrainingCase> All { get; } =
    [
        new(
            "chapter, first epoch",
            1000,
            "e2df6b0f9b3c3df1c597822ec957da3e35d5ba534a2c6853941291a82a4af60c",
            new TrainingSettings { Epochs = 1 }),
        new("chapter, 20 epochs", 1000, "61fca6a8836ad69f114b274b9bd3ee5853e1a47db679090bfd0d47bb7f8da493", new TrainingSettings()),
        new(
            "relu",
            40,
            "93a736e9d951a88933df1aa326ba0f03ef75d62a49fcb14e387ecbf45642659d",
            Small with { HiddenActivation = Activation.Relu }),
        new(
            "leaky-relu, minimax",
            40,
            "f0377c25fa72d8a6d3092246558cd1194fa982eea1bc2762f141278120437b97",
            Small with { HiddenActivation = Activation.LeakyRelu, GLoss = GeneratorLoss.Minimax }),
        new(
            "sigmoid, seed 2^64-1",
            40,
            "acddf8e31494ba1bfecff9f37347479c2579067063af5fe0a588c7400c5aa5bb",
            Small with { HiddenActivation = Activation.Sigmoid, Seed = ulong.MaxValue }),
        new("deep, short last batch", 12, "8eacb655fceb13ff6dd8c25bac69817b82209c6e9b6f82e67810c979303c75f8", Deep),
        new("wide, batch of 33", 100, "613b7036c7498843e91ebac7638edd6c47777e79fbc076b0dbea12fe28efa778", Wide),
        new(
            "denormal numbers",
            64,
            "647011748cac083e4d315a851196a2e6e3f12310caa1a649c2539cf559a925d5",
            Denormal),
        new(
            "huge steps, diverging",
            64,
            "7fef7da6008c1846eeeb971ec2b9196215ded9c0b466c4ca638ef8a949f4475c",
            new TrainingSettings { LrD = 1e38, LrG = 1e38, InitStd = 1, Epochs = 2 }),
    ];
}
