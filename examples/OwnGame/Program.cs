using GpuGan.Kernels;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using OwnGame;

// A loss, an activation, an optimiser and a distribution that the library does not know, in its engines.
TrainingSettings settings = new TrainingSettings
{
    Generator = "2-8-2",
    Discriminator = "2-8-1",
    Loss = default(FisherLoss),
    DOptimizer = default(SignDescent),
    R1 = 0.1,
    InitStd = 0.5,
    LrD = 0.002,
}.WithActivation(new SoftSign(1));
Bars bars = new(0.1f);

// One GAN, a kernel for each concept; then it and 31 others at once, in kernels of their own.
TrainedGan alone = Gan.Train(bars.Sample(settings.Seed, rows: 200), settings, new GanOptions { Engine = Engine.Stepwise });
TrainedMember[] members = [.. Gan.Population(bars, rows: 200, count: 32, i => settings with { Seed = (ulong)i }, new GanOptions { Engine = Engine.Compiled })];
Console.WriteLine($"weights_sha256 {alone.Parameters.Sha256}");
Console.WriteLine($"weights_sha256 {members[0].Parameters.Sha256}");
Console.WriteLine($"median KL divergence {members.Select(member => member.Verdict.KlDivergence).Order().ElementAt(16):f3}");
