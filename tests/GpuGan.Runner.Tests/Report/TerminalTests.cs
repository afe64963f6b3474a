using GpuGan.Runner.Wording;
using Spectre.Console;

namespace GpuGan.Runner.Tests.Report;

internal sealed class TerminalTests
{
    private static readonly string[] Numbers = ["-0.0049283", "1.2345E+38", "-1.2345E-38", "9007199254740993", "42.6 to 66.3 %", "-"];

    [TestCase(10)]
    [TestCase(60)]
    [TestCase(1000)]
    public void No_number_is_broken_over_lines_or_cut_however_narrow_the_terminal(int width)
    {
        string[] lines = Written(width, wrapsWords: true);
        foreach (string number in Numbers)
        {
            Assert.That(lines.Count(line => line.Contains($" {number} ", StringComparison.Ordinal)), Is.EqualTo(1), number);
        }

        Assert.That(string.Join(' ', lines), Does.Contain("GPU").And.Contain("long"));
        Assert.That(lines.Max(line => line.Length), Is.InRange(1, Math.Max(width, 110)), "words are wrapped first");
    }

    [Test]
    public void For_other_programs_a_row_is_a_line()
    {
        Assert.That(Written(10, wrapsWords: false), Has.One.Matches(@"^ +the name of a GPU that is very long indeed +-0\.0049283 +1\.2345E\+38 +-1\.2345E-38 +9007199254740993 +42\.6 to 66\.3 % +- +"));
        using StringWriter writer = new() { NewLine = "\n" };
        Terminal.Write(writer, Table());
        Assert.That(writer.ToString().Trim().Split('\n'), Has.Length.EqualTo(3), "names, a line, a row");
    }

    private static Table Table()
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn("hardware");
        foreach (string number in Numbers)
        {
            table.AddColumn(new TableColumn($"{number.Length}").RightAligned().NoWrap());
        }

        table.AddRow([new Text("the name of a GPU that is very long indeed"), .. Numbers.Select(number => new Text(number))]);
        return table;
    }

    private static string[] Written(int width, bool wrapsWords)
    {
        using StringWriter writer = new() { NewLine = "\n" };
        IAnsiConsole console = Terminal.ConsoleOf(writer);
        console.Profile.Width = width;
        Terminal.Write(console, Table(), wrapsWords);
        return writer.ToString().Split('\n');
    }
}
