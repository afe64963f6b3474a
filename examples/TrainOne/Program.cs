using GpuGan.Kernels;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

DataSet data = Gaussian.Chapter.Sample(seed: 7, rows: 1000);
TrainedGan gan = Gan.Train(data, new TrainingSettings { Generator = "2-2", Discriminator = "2-5-3-1", Seed = 7, LrG = 0.01 });
Console.WriteLine($"{gan.Losses[^1]}");
Console.WriteLine($"converged {gan.Verdict.Converged}, KL divergence {gan.Verdict.KlDivergence:f4}");
Console.WriteLine($"weights_sha256 {gan.Parameters.Sha256}");
gan.Save("weights.safetensors");
Console.WriteLine($"{GanModel.Load("weights.safetensors").Sample(1000).Rows} rows");
