using System.CommandLine;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan help</c>: what <c>--help</c> prints, for those who look for a command first.</summary>
internal static class HelpCommand
{
    public static Command Create(RootCommand root)
    {
        Argument<string?> name = new("command") { HelpName = "COMMAND", Description = "A command [default: all of them]", Arity = ArgumentArity.ZeroOrOne };
        name.CompletionSources.Add(_ => root.Subcommands.Select(command => new System.CommandLine.Completions.CompletionItem(command.Name)));
        Verb command = new("help", "Tells the options of a command, or which commands there are.", "gpugan help", "gpugan help sweep") { name };
        command.SetAction(parsed =>
        {
            string? word = parsed.GetValue(name);
            return word is null || root.Subcommands.Any(one => one.Name == word)
                ? root.Parse(word is null ? ["--help"] : [word, "--help"]).Invoke(parsed.InvocationConfiguration)
                : throw new CommandException(ExitCode.Usage, ParseProblem.UnknownWord("command", word, root));
        });
        return command;
    }
}
