using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan completion</c>: prints a script that completes the program's words in a shell.</summary>
/// <remarks>The scripts hold all words, so that a press of the tab key starts no process.</remarks>
internal static class CompletionCommand
{
    private enum Shell
    {
        Bash,
        Zsh,
        Pwsh,
    }

    public static Command Create(RootCommand root)
    {
        Argument<string> shell = new("shell") { HelpName = "bash|zsh|pwsh", Description = "The shell that is to complete" };
        shell.CompletionSources.Add([.. Words.All<Shell>()]);
        shell.Validators.Add(result =>
        {
            string word = result.Tokens[0].Value;
            if (!Words.All<Shell>().Contains(word))
            {
                result.AddError($"completion: unknown shell {OneLine.Quote(word)}; there are scripts for {string.Join(", ", Words.All<Shell>())}");
            }
        });
        Verb command = new(
            "completion",
            "Prints a script that completes commands, options and values in a shell.",
            "source <(gpugan completion bash)",
            "gpugan completion zsh > ~/.zfunc/_gpugan",
            "gpugan completion pwsh | Out-String | Invoke-Expression") { shell };
        command.SetAction(parsed =>
        {
            Shell kind = Words.Parse<Shell>(parsed.GetRequiredValue(shell));
            parsed.InvocationConfiguration.Output.Write(Script(kind, root).ReplaceLineEndings("\n"));
        });
        return command;
    }

    private static string Script(Shell shell, RootCommand root) => shell switch
    {
        Shell.Bash => Bash(root),
        Shell.Zsh => Zsh(root),
        _ => Pwsh(root),
    };

    // The words that may follow an option or stand for an argument. A path has none: there the shell completes files.
    private static string Values(Symbol symbol) => string.Join(' ', symbol.GetCompletions(CompletionContext.Empty).Select(item => item.Label));

    private static bool IsSwitch(Option option) => option.Arity.MaximumNumberOfValues == 0;

    private static bool IsPath(Symbol symbol) => symbol is Option<string?> { HelpName: "FILE" or "DIR" } or Argument<string> { HelpName: "DIR" or "RUN" or "RUN|FILE" } or Argument<string[]> { HelpName: not ReproduceCommand.NameOfNames };

    private static string OptionNames(Command command) => string.Join(' ', Options.AllOf(command).Select(option => option.Name));

    private static string Bash(RootCommand root)
    {
        StringBuilder values = new(), words = new();
        foreach (Command command in root.Subcommands)
        {
            foreach (Option option in Options.AllOf(command).Where(option => !IsSwitch(option)))
            {
                string then = IsPath(option) ? "" : $"""compopt +o default 2>/dev/null; COMPREPLY=($(compgen -W "{Values(option)}" -- "$cur")); """;
                values.AppendLine($"        '{command.Name} {option.Name}') {then}return ;;");
            }

            string arguments = string.Join(' ', command.Arguments.Select(Values));
            words.AppendLine($"        {command.Name}) words=\"{arguments} {OptionNames(command)}\" ;;");
        }

        string commands = string.Join(' ', root.Subcommands.Select(command => command.Name));
        return $$"""
            # Completes gpugan in bash: source <(gpugan completion bash)
            _gpugan() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=train words
                COMPREPLY=()
                if ((COMP_CWORD > 1)) && [[ " {{commands}} " == *" ${COMP_WORDS[1]} "* ]]; then
                    command=${COMP_WORDS[1]}
                fi
                # --option=value comes in three words.
                if [[ $cur == = ]]; then
                    cur=
                elif [[ $prev == = ]]; then
                    prev=${COMP_WORDS[COMP_CWORD-2]}
                fi
                case "$command $prev" in
            {{values.ToString().TrimEnd()}}
                esac
                case $command in
            {{words.ToString().TrimEnd()}}
                esac
                if ((COMP_CWORD == 1)); then
                    words="{{commands}} {{OptionNames(root)}} $words"
                fi
                COMPREPLY=($(compgen -W "$words" -- "$cur"))
            }
            complete -o default -F _gpugan gpugan

            """;
    }

    private static string Zsh(RootCommand root)
    {
        StringBuilder cases = new();
        foreach (Command command in root.Subcommands)
        {
            cases.AppendLine($"        {command.Name})");
            cases.Append("            _arguments -S");
            foreach (Option option in Options.AllOf(command))
            {
                string value = IsSwitch(option) ? "" : $":{ZshText(option.HelpName!)}:{ZshValues(option)}";
                cases.Append($" \\\n                '{option.Name}{(IsSwitch(option) ? "" : "=")}[{ZshText(option.Description!)}]{value}'");
            }

            foreach (Argument argument in command.Arguments)
            {
                cases.Append($" \\\n                '{(argument.Arity.MaximumNumberOfValues > 1 ? "*" : "")}:{argument.Name}:{ZshValues(argument)}'");
            }

            cases.AppendLine(" ;;");
        }

        string commands = string.Join(' ', root.Subcommands.Select(command => command.Name));
        string described = string.Join(' ', root.Subcommands.Select(command => $"'{command.Name}:{ZshText(command.Description ?? "")}'"));
        return $$"""
            #compdef gpugan
            # Completes gpugan in zsh: put this into a file _gpugan in a folder of $fpath, or source it after compinit.
            _gpugan() {
                local command=train
                local -a commands=({{described}})
                if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
                    _describe command commands
                    return
                fi
                if [[ " {{commands}} " == *" $words[2] "* ]]; then
                    command=$words[2]
                    shift words
                    (( CURRENT-- ))
                fi
                case $command in
            {{cases.ToString().TrimEnd()}}
                esac
            }
            if [[ $funcstack[1] == _gpugan ]]; then
                _gpugan "$@"
            else
                compdef _gpugan gpugan
            fi

            """;
    }

    private static string ZshValues(Symbol symbol) => IsPath(symbol) ? "_files" : $"({Values(symbol)})";

    // Inside of '…[…]' and '…:…' of zsh's _arguments.
    private static string ZshText(string text) =>
        text.Replace("'", "'\\''", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("]", "\\]", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    private static string Pwsh(RootCommand root)
    {
        StringBuilder options = new(), values = new();
        foreach (Command command in root.Subcommands)
        {
            string arguments = string.Join(' ', command.Arguments.Select(Values));
            options.AppendLine($"        '{command.Name}' = '{arguments} {OptionNames(command)}'");
            foreach (Option option in Options.AllOf(command).Where(option => !IsSwitch(option)))
            {
                values.AppendLine($"        '{command.Name} {option.Name}' = '{Values(option)}'");
            }
        }

        string commands = string.Join(' ', root.Subcommands.Select(command => command.Name));
        return $$"""
            # Completes gpugan in PowerShell: gpugan completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName gpugan -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $options = @{
            {{options.ToString().TrimEnd()}}
                }
                $values = @{
            {{values.ToString().TrimEnd()}}
                }
                $typed = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
                $command = if ($typed.Count -gt 1 -and $options.ContainsKey($typed[1])) { $typed[1] } else { 'train' }
                $words = $values["$command $($typed[-1])"]
                if ($null -eq $words) {
                    $words = $options[$command]
                    if ($typed.Count -le 1) { $words = "{{commands}} {{OptionNames(root)}} $words" }
                }
                # Without a match PowerShell completes files.
                $words -split ' ' | Where-Object { $_ -and $_ -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """;
    }
}
