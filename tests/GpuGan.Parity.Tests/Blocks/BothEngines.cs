using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Tiled.Blocks;
using GpuGan.Kernels.Training;

namespace GpuGan.Parity.Tests.Blocks;

/// <summary>Trains by the stepwise engine on the reference, and by the tiled engine of GPUs.</summary>
internal static class BothEngines
{
    private static readonly Dictionary<(TrainingSettings Settings, int Rows), string> Expected = [];

    /// <summary>Losses, parameters, averages, gradients and what the optimisers keep have the same bits.</summary>
    public static void AssertSame(Device device, string name, TrainingSettings settings, int rows, params ReadOnlySpan<Walk> walks)
    {
        DataSet data = Data(settings, rows);
        if (!Expected.TryGetValue((settings, rows), out string? expected))
        {
            using StepwiseTrainer reference = new(ReferenceDevice.Device, settings, data);
            expected = Expected[(settings, rows)] = Train(settings, reference);
        }

        foreach (Walk walk in walks)
        {
            using BlockTrainer trainer = new(device, settings, data, GanParameters.Draw(settings), walk);
            Assert.That(Train(settings, trainer), Is.EqualTo(expected), $"{name}, {walk}, {settings}");
        }
    }

    /// <summary>Some rows.</summary>
    public static DataSet Data(TrainingSettings settings, int rows)
    {
        int columns = settings.Discriminator.Inputs;
        return new([.. Enumerable.Range(0, rows * columns).Select(i => MathF.Sin(i * 1.7f))], columns);
    }

    private static string Train(TrainingSettings settings, IStepTrainer trainer)
    {
        List<EpochLosses> losses = [.. Enumerable.Range(0, settings.Epochs).Select(_ => trainer.TrainEpoch())];
        string kept = trainer.DivergedAt is null ? string.Join('\n', trainer.ReadState().Optimizer.Select(word => word.Sha256)) : "nothing";
        return $"{string.Join('\n', losses)}\ndiverged at {trainer.DivergedAt}\n{trainer.ReadJudged().Sha256}\n{trainer.ReadGradients().Sha256}\nkept {kept}";
    }
}
