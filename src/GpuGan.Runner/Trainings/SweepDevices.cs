using GpuGan.Kernels.Devices;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Sweeps.Execution;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Trainings;

/// <summary>The accelerators that were asked for.</summary>
/// <param name="Words">Their words between commas, or <c>all</c>.</param>
/// <param name="Threads">Of each CPU accelerator; 0 for one for each core.</param>
internal sealed record SweepDevices(string Words, int Threads)
{
    private const string Every = "all";

    /// <summary>Opens them.</summary>
    /// <param name="data">What they will learn.</param>
    /// <param name="chunk">The most members that one trains at once.</param>
    /// <exception cref="CommandException">No accelerator has such a word.</exception>
    /// <exception cref="DeviceNotFoundException">There is no such device here.</exception>
    public OpenedDevices Open(SweepData data, int chunk)
    {
        string[] words = Words.Split(',');
        if (words.Length > 1 && words.Contains(Every))
        {
            throw new CommandException(ExitCode.Usage, $"--device {OneLine.Quote(Words)}: all stands alone, as it means every accelerator");
        }

        OpenedDevices devices = new();
        try
        {
            foreach (string word in Words == Every ? All(AcceleratorCatalog.List()) : words)
            {
                devices.Add(new SweepDevice(new DeviceArguments(word, Threads, "all, or several between commas").Open(), data, chunk));
            }

            return devices;
        }
        catch
        {
            devices.Dispose();
            throw;
        }
    }

    /// <summary>Every accelerator once: OpenCL reaches hardware that CUDA and the CPU accelerator have already.</summary>
    internal static IEnumerable<string> All(IReadOnlyList<AcceleratorEntry> entries)
    {
        AcceleratorEntry[] usable = [.. entries.Where(entry => entry.IsUsable)];
        return usable
            .Where(entry => entry.Api != AcceleratorApi.Opencl
                || (entry.Kind == AcceleratorKind.Gpu && !usable.Any(other => other.Api == AcceleratorApi.Cuda && other.Name == entry.Name)))
            .Select(entry => entry.Device!);
    }
}
