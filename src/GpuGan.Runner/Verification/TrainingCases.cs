using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
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
        Generator = new Network(3, 5, 2),
        Discriminator = new Network(2, 7, 4, 1),
        InitStd = 0.5,
        BatchSize = 7,
        Epochs = 2,
        LrDecay = 0.7,
    };

    private static readonly TrainingSettings Deep = new()
    {
        Generator = new Network(2, 3, 3, 3, 3, 3, 3, 3, 2),
        Discriminator = new Network(2, 3, 3, 3, 3, 3, 3, 3, 1),
        InitStd = 0.4,
        BatchSize = 5,
        Epochs = 3,
    };

    private static readonly TrainingSettings Wide = new()
    {
        Generator = new Network(5, 33, 17, 2),
        Discriminator = new Network(2, 65, 3, 1),
        InitStd = 0.4,
        BatchSize = 33,
        Epochs = 3,
    };

    // Its weights are denormal, and stay so: where such numbers become zero, the weights do.
    private static readonly TrainingSettings Denormal = new() { InitStd = 1e-39, Epochs = 2 };

    public static IReadOnlyList<TrainingCase> All { get; } =
    [
        new(
            "chapter, first epoch",
            1000,
            "736e2e8cb5025a68da6e45f4a65fc49bbc7c1f021b37c375b70086865dfa8f28",
            new TrainingSettings { Epochs = 1 }),
        new("chapter, 20 epochs", 1000, "56a67fe5da679db562bc9cf49ffaf80b84e3e53baf3a76de676a33b9b5f638a9", new TrainingSettings()),
        new(
            "relu",
            40,
            "6c46ebc8ad12d794377a48e3828d49348321c818aa669faea1c22d8581d1cf4f",
            Small.WithActivation(default(ReluActivation))),
        new(
            "leaky-relu, minimax",
            40,
            "e442a1d14acc2e0c0a58130749675b0fbd16f8ee64591a8a7290aa5ba0960d18",
            Small.WithActivation(new LeakyReluActivation(LeakyReluActivation.DefaultSlope)) with { Loss = default(MinimaxLoss) }),
        new(
            "sigmoid, seed 2^64-1",
            40,
            "aad4035a171d1ff3ddf8f1848e4eda5873b29a7e997697050ae30a63df6de503",
            Small.WithActivation(default(SigmoidActivation)) with { Seed = ulong.MaxValue }),
        new("deep, short last batch", 12, "b818ede64896350ac3f307f3cf05d65f6a8dcd8dfb05b1a127234096bb6fa926", Deep),
        new("wide, batch of 33", 100, "b84542a5efef8dc75a763e6bf5dc086a03e8c02091f00644ff3f9fb73e2ddc83", Wide),
        new("shuffled rows", 100, "1eb6fdd39aa14126cc10dfb435712a1b3cb2ea01e85f8c6065a5ec4d6df73f1d", new TrainingSettings { Shuffle = true, Epochs = 2 }),
        new(
            "denormal numbers",
            64,
            "567d941250254969dc7d15b45fc164661a66578ed7c14be6d107eac8c453cd45",
            Denormal),
        new(
            "huge steps, diverging",
            64,
            "7fef7da6008c1846eeeb971ec2b9196215ded9c0b466c4ca638ef8a949f4475c",
            new TrainingSettings { LrD = 1e38, LrG = 1e38, InitStd = 1, Epochs = 2 }),
    ];
}
