using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;

using Device device = Device.Open("auto");
TrainingSettings settings = new() { Seed = 7, LrG = 0.01 };
using StepwiseTrainer trainer = new(device, settings, Gaussian.Chapter.Sample(seed: 7, rows: 1000));
for (int epoch = 0; epoch < settings.Epochs; epoch++)
{
    Console.WriteLine(trainer.TrainEpoch());
}

GanParameters parameters = trainer.ReadParameters();
Verdict verdict = Evaluation.Of(Gaussian.Chapter).Judge(parameters, settings.Seed);
Console.WriteLine($"converged {verdict.Converged}, KL divergence {verdict.KlDivergence:f4}");
Console.WriteLine($"weights_sha256 {parameters.Sha256}");
