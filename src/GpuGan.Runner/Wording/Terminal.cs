using Spectre.Console;
using Spectre.Console.Rendering;

namespace GpuGan.Runner.Wording;

/// <summary>What the two output streams can show.</summary>
internal static class Terminal
{
    /// <summary>Whether a writer ends at a terminal that can move its cursor.</summary>
    public static bool IsTerminal(TextWriter writer) =>
        Environment.GetEnvironmentVariable("TERM") != "dumb" &&
        ((writer == Console.Out && !Console.IsOutputRedirected) || (writer == Console.Error && !Console.IsErrorRedirected));

    /// <summary>A console on a writer; it honours NO_COLOR, and writes plain text where there is no terminal.</summary>
    public static IAnsiConsole ConsoleOf(TextWriter writer)
    {
        bool terminal = IsTerminal(writer);
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
    }

    /// <summary>Writes a table; for other programs its lines are as long as they are.</summary>
    public static void Write(TextWriter writer, Table table) => Write(ConsoleOf(writer), table, wrapsWords: IsTerminal(writer));

    /// <summary>Writes a table whose columns of numbers, those without wrapping, are never broken over lines or cut: half a number is another number.</summary>
    /// <param name="console">Where; its lines may become longer than it is wide.</param>
    /// <param name="table">The table.</param>
    /// <param name="wrapsWords">Whether the other columns are wrapped where the console is too narrow.</param>
    internal static void Write(IAnsiConsole console, Table table, bool wrapsWords)
    {
        RenderOptions options = RenderOptions.Create(console);
        int WidthOf(IRenderable cell) => cell.Measure(options, int.MaxValue).Max;
        foreach ((int place, TableColumn column) in table.Columns.Index().Where(column => column.Item.NoWrap))
        {
            column.Width = table.Rows.Select(row => WidthOf(row[place])).Append(WidthOf(column.Header)).Max();
        }

        Measurement needed = ((IRenderable)table).Measure(options, int.MaxValue);
        console.Profile.Width = Math.Max(console.Profile.Width, wrapsWords ? needed.Min : needed.Max);
        console.Write(table);
    }
}
