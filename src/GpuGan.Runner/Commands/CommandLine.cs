using System.CommandLine;
using System.CommandLine.Help;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary>The program: its commands, and how each failure becomes one line and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs the program.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="output">Takes the results.</param>
    /// <param name="error">Takes progress and errors.</param>
    public static ExitCode Run(string[] args, TextWriter output, TextWriter error) => Failure.OrTell(error, () => Invoke(args, output, error));

    /// <summary>The commands.</summary>
    public static RootCommand CreateRoot()
    {
        RootCommand root = new(
            "Trains tiny generative adversarial networks with kernels of its own, and says honestly whether they converged. " +
            "Without a command it trains: 'gpugan OPTIONS' is 'gpugan train OPTIONS'.");
        root.Directives.Clear();
        root.Add(TrainCommand.Create());
        root.Add(ResumeCommand.Create());
        root.Add(SampleCommand.Create());
        root.Add(ExportCommand.Create());
        root.Add(SweepCommand.Create());
        root.Add(MergeCommand.Create());
        root.Add(PlotCommand.Create());
        root.Add(ReportCommand.Create());
        root.Add(CompareCommand.Create());
        root.Add(LabCommand.Create());
        root.Add(ReplayCommand.Create());
        root.Add(DevicesCommand.Create());
        root.Add(VerifyCommand.Create());
        root.Add(ReproduceCommand.Create());
        root.Add(BenchCommand.Create());
        root.Add(CompletionCommand.Create(root));
        root.Add(HelpCommand.Create(root));
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples(
                (HelpAction)help.Action!,
                ["gpugan", "gpugan --seed 7 --epochs 40", "gpugan help train", "gpugan resume results", "gpugan sample results -n 1000 -o points.csv", "gpugan export results", "gpugan report results", "gpugan compare results runs/other", "gpugan replay trace.safetensors", "gpugan devices", "gpugan verify", "gpugan reproduce", "gpugan bench"]);
        }

        return root;
    }

    private static ExitCode Invoke(string[] args, TextWriter output, TextWriter error)
    {
        RootCommand root = CreateRoot();

        // Response files would make an argument of every line of a file whose name follows an @.
        ParserConfiguration parser = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
        string[] all = WithCommand(args);
        ParseResult parsed = root.Parse(all, parser);
        if (parsed.Action is not { ClearsParseErrors: true } && ParseProblem.Describe(all, parsed) is string problem)
        {
            throw new CommandException(ExitCode.Usage, problem);
        }

        return (ExitCode)parsed.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
        });
    }

    // Options without a command are those of train.
    private static string[] WithCommand(string[] args) =>
        args is [] || (args[0].StartsWith('-') && args[0] is not ("-h" or "-?" or "--help" or "--version")) ? ["train", .. args] : args;
}
