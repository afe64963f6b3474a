using System.Text.RegularExpressions;

namespace GpuGan.Runner.Tests.Docs;

/// <summary>The commands of the pages in <c>docs</c> print what stands below them.</summary>
internal sealed class PagesTests
{
    private static readonly string[] Pages = ["generator-wins.md", "verdict.md"];

    private static readonly IEnumerable<TestCaseData> Commands =
        from page in Pages
        from Match match in Regex.Matches(TextOf(page), "```sh\ngpugan (.+)\n```\n\n```text\n((?:.+\n)+)```\n")
        select new TestCaseData(match.Groups[1].Value, match.Groups[2].Value).SetArgDisplayNames(page, match.Groups[1].Value);

    [TestCaseSource(nameof(Commands))]
    [Category("Slow")]
    public void A_command_prints_the_lines_of_the_page(string command, string printed)
    {
        using TemporaryFolder folder = new();
        string data = Path.Join(AppContext.BaseDirectory, "Examples");
        Gpugan run = Gpugan.Run([.. command.Split(' ').Select(word => word.Replace("examples/data", data, StringComparison.Ordinal)), "--device", "cpu", "--quiet", "--out", folder["run"]]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(Lines(printed), Is.SubsetOf(Lines(run.Output)));
    }

    [Test]
    public void Every_command_of_the_pages_is_among_them() =>
        Assert.That(Commands.Count(), Is.EqualTo(Pages.Sum(page => Regex.Count(TextOf(page), "```sh"))).And.Positive);

    private static string TextOf(string page) => File.ReadAllText(Path.Join(AppContext.BaseDirectory, "Docs", page));

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.TrimEnd())];
}
