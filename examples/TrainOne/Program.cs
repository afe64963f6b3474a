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
Moments made = Moments.Of(parameters, settings.HiddenActivation, settings.Seed), wanted = Moments.Of(Gaussian.Chapter);
Verdict verdict = Verdict.Of(made, wanted);
Console.WriteLine($"converged {verdict.Converged}, mean error {verdict.MeanError:f4}");
Console.WriteLine($"weights_sha256 {parameters.Sha256}");
