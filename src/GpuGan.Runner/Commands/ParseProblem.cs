using System.CommandLine;
using System.CommandLine.Parsing;
using GpuGan.Runner.Files;

namespace GpuGan.Runner.Commands;

/// <summary>Says in one line what the parser found wrong with the arguments.</summary>
internal static class ParseProblem
{
    /// <summary>Describes the first problem.</summary>
    public static string Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string help = HelpOf(command);
        if (Unknown(parsed) is string unknown)
        {
            return UnknownWord(unknown.StartsWith('-') ? "option" : command is RootCommand ? "command" : "argument", unknown, command);
        }

        ParseError error = parsed.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0 } option => $"{option.Option.Name} needs a value; {help} tells which",
            OptionResult { IdentifierTokenCount: > 1 } option => $"{option.Option.Name} is given {option.IdentifierTokenCount} times; give it once",
            ArgumentResult { Tokens.Count: 0 } argument => $"{command.Name} needs {argument.Argument.HelpName}; see {help}",
            _ => error.Message.TrimEnd('.'),
        };
    }

    /// <summary>Says that there is no such word, and which was meant or where all are listed.</summary>
    /// <param name="what">Command, option or argument.</param>
    /// <param name="word">The word.</param>
    /// <param name="command">Where it was given.</param>
    public static string UnknownWord(string what, string word, Command command)
    {
        IEnumerable<string> names = what == "command" ? command.Subcommands.Select(s => s.Name) : command.Options.Select(o => o.Name);
        return Nearest(word, names) is string near
            ? $"unknown {what} {Text.Quote(word)}; did you mean '{near}'?"
            : $"unknown {what} {Text.Quote(word)}; {HelpOf(command)} lists what there is";
    }

    private static string HelpOf(Command command) => command is RootCommand ? "'gpugan --help'" : $"'gpugan {command.Name} --help'";

    // An argument that takes many values takes misspelt options too; a file of such a name can be written ./--name.
    private static string? Unknown(ParseResult parsed) =>
        parsed.UnmatchedTokens.Concat(OptionsAmongArguments(parsed.CommandResult)).FirstOrDefault();

    /// <summary>The values of a command's arguments that look like options.</summary>
    public static IEnumerable<string> OptionsAmongArguments(CommandResult result) =>
        result.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value).Where(value => value.StartsWith('-'));

    /// <summary>The name that differs from a word by at most two letters inserted, left out or changed; null where there is none.</summary>
    public static string? Nearest(string word, IEnumerable<string> names) =>
        names.Select(name => (name, distance: Distance(word, name))).Where(n => n.distance <= 2).OrderBy(n => n.distance).FirstOrDefault().name;

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
