using Spectre.Console;

namespace GpuGan.Runner.Report;

/// <summary>What the two output streams can show.</summary>
internal static class Terminal
{
    private const int PlainWidth = 160;

    /// <summary>Whether a writer ends at a terminal that can move its cursor.</summary>
    public static bool IsTerminal(TextWriter writer) =>
        Environment.GetEnvironmentVariable("TERM") != "dumb" &&
        ((writer == Console.Out && !Console.IsOutputRedirected) || (writer == Console.Error && !Console.IsErrorRedirected));

    /// <summary>A console on a writer; it honours NO_COLOR, and writes plain text where there is no terminal.</summary>
    public static IAnsiConsole ConsoleOf(TextWriter writer)
    {
        bool terminal = IsTerminal(writer);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!terminal)
        {
            // Lines for other programs are not wrapped.
            console.Profile.Width = PlainWidth;
        }

        return console;
    }
}
