using System.CommandLine;
using System.CommandLine.Parsing;

namespace GpuGan.Runner.Parsing;

/// <summary>Says in one line what the parser found wrong with the arguments.</summary>
internal static class ParseProblem
{
    /// <summary>Describes the first problem; null where there is none.</summary>
    /// <param name="args">What was parsed, as it was written.</param>
    /// <param name="parsed">What the parser made of it.</param>
    public static string? Describe(IReadOnlyList<string> args, ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string help = HelpOf(command);
        if (OptionProblem(args, command, help) is string problem)
        {
            return problem;
        }

        if (Unknown(parsed) is string unknown)
        {
            return UnknownWord(unknown.StartsWith('-') ? "option" : command is RootCommand ? "command" : "argument", unknown, command);
        }

        return parsed.Errors is not [ParseError error, ..] ? null : error.SymbolResult switch
        {
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
        return NearWords.Nearest(word, names) is string near
            ? $"unknown {what} {OneLine.Quote(word)}; did you mean '{near}'?"
            : $"unknown {what} {OneLine.Quote(word)}; {HelpOf(command)} lists what there is";
    }

    private static string HelpOf(Command command) => command is RootCommand ? "'gpugan --help'" : $"'gpugan {command.Name} --help'";

    /// <summary>
    /// Finds the first option that lacks its value or is given again. The parser takes the next option for a value that is lacking,
    /// a folder named --json, and forgives an option that is repeated without one.
    /// </summary>
    private static string? OptionProblem(IReadOnlyList<string> args, Command command, string help)
    {
        Dictionary<string, Option> named = Options.AllOf(command)
            .SelectMany(option => option.Aliases.Prepend(option.Name).Select(name => (name, option))).ToDictionary();
        Dictionary<Option, int> times = [];
        for (int i = 0; i < args.Count && args[i] != "--"; i++)
        {
            // --name VALUE, --name=VALUE or --name:VALUE.
            int end = args[i].IndexOfAny(['=', ':']);
            if (!named.TryGetValue(end < 0 ? args[i] : args[i][..end], out Option? option))
            {
                continue;
            }

            times[option] = times.GetValueOrDefault(option) + 1;
            if (option.Arity.MaximumNumberOfValues == 0)
            {
                continue;
            }

            bool lacks = end >= 0
                ? end == args[i].Length - 1
                : ++i == args.Count || args[i].StartsWith("--", StringComparison.Ordinal) || named.ContainsKey(args[i]);
            if (lacks)
            {
                return $"{option.Name} needs a value; {help} tells which";
            }
        }

        return times.Where(pair => pair.Value > 1).Select(pair => $"{pair.Key.Name} is given {pair.Value} times; give it once").FirstOrDefault();
    }

    // An argument that takes many values takes misspelt options too; a file of such a name can be written ./--name.
    private static string? Unknown(ParseResult parsed) =>
        parsed.UnmatchedTokens.Concat(OptionsAmongArguments(parsed.CommandResult)).FirstOrDefault();

    private static IEnumerable<string> OptionsAmongArguments(CommandResult result) =>
        result.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value).Where(value => value.StartsWith('-'));
}
