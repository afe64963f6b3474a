using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;
using OwnGame;

// A loss, an activation, an optimiser and a distribution that the library does not know, in both of its engines.
using Device device = Device.Open("auto");
TrainingSettings settings = new TrainingSettings
{
    Generator = new Network(2, 8, 2),
    Discriminator = new Network(2, 8, 1),
    Loss = default(FisherLoss),
    DOptimizer = default(SignDescent),
    R1 = 0.1,
    InitStd = 0.5,
    LrD = 0.002,
}.WithActivation(new SoftSign(1));
Bars bars = new(0.1f);

// One GAN, step by step; then it and 31 others at once.
using StepwiseTrainer alone = new(device, settings, bars.Sample(settings.Seed, rows: 200));
for (int epoch = 0; epoch < settings.Epochs; epoch++)
{
    alone.TrainEpoch();
}

Population population = new(new CompiledKernels(device, settings, bars, rows: 200), 32, i => settings with { Seed = (ulong)i });
TrainedMember[] members = [.. population.Train(Evaluation.Of(bars))];
Console.WriteLine($"weights_sha256 {alone.ReadParameters().Sha256}");
Console.WriteLine($"weights_sha256 {members[0].Parameters.Sha256}");
Console.WriteLine($"median KL divergence {members.Select(member => member.Verdict.KlDivergence).Order().ElementAt(16):f3}");
