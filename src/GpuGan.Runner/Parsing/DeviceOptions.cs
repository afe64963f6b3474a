using System.CommandLine;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Parsing;

/// <summary>The options that choose the accelerator.</summary>
internal sealed class DeviceOptions
{
    // Far above any machine, far below what the operating system refuses.
    private const int MostThreads = 4096;

    private readonly Option<string> device = Options.Free("--device", "auto|cpu|cuda[:n]|opencl[:n]", "Accelerator to train on", "auto");
    private readonly Option<int> threads = Threads();

    /// <summary>Makes the options.</summary>
    /// <param name="inherit">Whether what is not given comes from an earlier run.</param>
    public DeviceOptions(bool inherit = false)
    {
        device.CompletionSources.Add("auto", "cpu", "cuda", "opencl");
        foreach (Option option in inherit ? All : [])
        {
            option.Description += " [default: the run's]";
        }

        if (inherit)
        {
            (device.DefaultValueFactory, threads.DefaultValueFactory) = (null, null);
        }
    }

    /// <summary>The option that bounds the CPU accelerator.</summary>
    public static Option<int> Threads() =>
        Options.Count("--threads", "Most threads of the CPU accelerator; 0 for one for each core", 0, least: 0, most: MostThreads);

    /// <summary>The options, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [device, threads];

    /// <summary>Collects what was given.</summary>
    public DeviceArguments Bind(ParseResult parsed) => new(parsed.GetValue(device)!, parsed.GetValue(threads));

    /// <summary>Collects what was given, the rest from an earlier run.</summary>
    public DeviceArguments Bind(ParseResult parsed, DeviceArguments inherited) => new(
        parsed.GetResult(device) is null ? inherited.Word : parsed.GetValue(device)!,
        parsed.GetResult(threads) is null ? inherited.Threads : parsed.GetValue(threads));
}

/// <summary>The accelerator that was asked for.</summary>
/// <param name="Word">The option's word.</param>
/// <param name="Threads">0 for one for each core.</param>
/// <param name="OtherWord">What else the command takes for a device, if anything, for the message.</param>
internal sealed record DeviceArguments(string Word, int Threads, string? OtherWord = null)
{
    /// <summary>Opens the accelerator.</summary>
    /// <exception cref="CommandException">No accelerator has such a word.</exception>
    /// <exception cref="DeviceNotFoundException">There is no such device here.</exception>
    public Device Open()
    {
        try
        {
            return Device.Open(Word, Threads);
        }
        catch (ArgumentException exception)
        {
            throw new CommandException(ExitCode.Usage, $"--device: {exception.Message}{(OtherWord is null ? "" : $", or {OtherWord}")}");
        }
    }
}
