using System.CommandLine;
using System.CommandLine.Parsing;

namespace GpuGan.Runner.Parsing;

/// <summary>The switches that decide the order of the rows.</summary>
internal sealed class ShuffleOptions
{
    private readonly Option<bool> shuffle = Options.Switch("--shuffle", "Give each epoch an order of the rows of its own [default: with --data]");
    private readonly Option<bool> noShuffle = Options.Switch("--no-shuffle", "Keep the rows of --data in the order of the file");

    /// <summary>The options, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [shuffle, noShuffle];

    /// <summary>Refuses both at once; a validator of the command.</summary>
    public void RefuseBoth(CommandResult result)
    {
        if (All.All(option => result.GetResult(option) is { Implicit: false }))
        {
            result.AddError("--shuffle and --no-shuffle contradict each other; leave one of them out");
        }
    }

    /// <summary>What was asked for; null where nothing was.</summary>
    public bool? Bind(ParseResult parsed) => parsed.GetValue(shuffle) ? true : parsed.GetValue(noShuffle) ? false : null;
}
