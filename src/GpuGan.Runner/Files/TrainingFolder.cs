using System.Globalization;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Trajectories;

namespace GpuGan.Runner.Files;

/// <summary>What the folder of a single training holds.</summary>
/// <param name="Settings">How it was trained.</param>
/// <param name="Losses">One entry for each epoch that was trained; at least one.</param>
/// <param name="Parameters">The trained weights and biases, of the averaged generator where there is one.</param>
internal sealed record TrainingFolder(TrainingSettings Settings, IReadOnlyList<EpochLosses> Losses, GanParameters Parameters)
{
    /// <summary>Reads the folder.</summary>
    /// <exception cref="FileContentException">A file is missing or malformed.</exception>
    public static TrainingFolder Read(string folder)
    {
        TrainingSettings settings = SettingsFile.Read(folder, "a training", SettingsJson.Read);
        return new TrainingFolder(settings, ReadLosses(folder), ReadParameters(Path.Join(folder, RunFolder.WeightsName), settings));
    }

    /// <summary>Reads the way of a member of a folder; none where no history was kept.</summary>
    /// <exception cref="FileContentException">The file is no history.</exception>
    public static IReadOnlyList<HistoryRow> ReadHistory(string folder, long member = 0)
    {
        string path = Path.Join(folder, HistoryParquet.FileName);
        return File.Exists(path) ? HistoryParquetReader.Read(path, member) : [];
    }

    /// <summary>Reads the losses of a folder.</summary>
    /// <exception cref="FileContentException">Their file is missing or malformed.</exception>
    public static IReadOnlyList<EpochLosses> ReadLosses(string folder)
    {
        string path = Path.Join(folder, RunFolder.LossesName);
        try
        {
            // The losses of the last step are not in the file; no picture shows them.
            EpochLosses[] losses =
            [
                .. from line in File.ReadLines(path).Skip(1)
                   let fields = line.Split(',')
                   select new EpochLosses(int.Parse(fields[0], CultureInfo.InvariantCulture), Number(fields[1]), Number(fields[2]), float.NaN, float.NaN),
            ];
            return losses.Length > 0 ? losses : throw new FileContentException(path, "has no epoch");
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new FileContentException(path, $"is malformed: {exception.Message}");
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
    }

    private static float Number(string field) => float.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static GanParameters ReadParameters(string path, TrainingSettings settings)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        return new GanParameters(
            settings.Generator,
            settings.Discriminator,
            [.. Values(NetworkTensors.Generator, settings.Generator), .. Values(NetworkTensors.Discriminator, settings.Discriminator)]);

        // What diverged is not finite, and is shown as such.
        float[] Values(string network, Network expected)
        {
            NetworkTensors tensors = NetworkTensors.Read(file, network);
            return tensors.Shape.Widths.SequenceEqual(expected.Widths) && tensors.Shape.HasBias == expected.HasBias
                ? tensors.Values
                : throw file.Problem($"its {network} is {tensors.Shape}, that of {RunFolder.SettingsName} is {expected}");
        }
    }
}
