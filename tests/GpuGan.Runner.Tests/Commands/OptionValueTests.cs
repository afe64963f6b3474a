using GpuGan.Runner.Commands;
using GpuGan.Runner.Parsing;

namespace GpuGan.Runner.Tests.Commands;

/// <summary>What may follow an option, for every option of every command: the parser alone would take the next option for a value that is lacking.</summary>
internal sealed class OptionValueTests
{
    private static readonly TestCaseData[] WithValue = [.. All(takesValue: true)];
    private static readonly TestCaseData[] Switches = [.. All(takesValue: false)];

    [TestCaseSource(nameof(WithValue))]
    public void An_option_is_never_the_value_of_another(string command, string name, string spelling, string[] others)
    {
        string line = $"gpugan: {name} needs a value; 'gpugan {command} --help' tells which\n";
        Assert.Multiple(() =>
        {
            foreach (string[] rest in (string[][])[[], ["--"], ["--xyzzy", "1"], [$"{others[0]}=1"], .. others.Select(other => new[] { other })])
            {
                Gpugan run = Gpugan.Run([command, spelling, .. rest]);
                Assert.That((run.ExitCode, run.Error, run.Output), Is.EqualTo((2, line, "")), string.Join(' ', rest));
            }

            Assert.That(Gpugan.Run(command, $"{spelling}=", "5").Error, Is.EqualTo(line));
            Assert.That(Gpugan.Run(command, $"{spelling}=5", spelling).Error, Is.EqualTo(line));
            Assert.That(Gpugan.Run(command, spelling, "5", spelling).Error, Is.EqualTo(line));
            Assert.That(Gpugan.Run(command, spelling, "5", $"{name}=5").Error, Is.EqualTo($"gpugan: {name} is given 2 times; give it once\n"));
        });
    }

    [TestCaseSource(nameof(WithValue))]
    public void Behind_an_equals_sign_anything_is_a_value(string command, string name, string spelling, string[] others) =>
        Assert.That(Gpugan.Run([command, $"{spelling}={others[0]}", "--xyzzy"]).Error, Does.StartWith("gpugan: unknown option '--xyzzy'"), name);

    [TestCaseSource(nameof(Switches))]
    public void A_switch_is_given_once(string command, string name, string spelling, string[] others) =>
        Assert.That(Gpugan.Run(command, spelling, spelling).Error, Is.EqualTo($"gpugan: {name} is given 2 times; give it once\n"), others[0]);

    [Test]
    public void A_folder_may_be_named_as_an_option_is()
    {
        using TemporaryFolder folder = new();
        string[] train = ["train", "--epochs", "1", "--rows", "8", "--quiet", "--no-plots"];
        Assert.That(Gpugan.Run([.. train, "--out", folder["--json"]]).ExitCode, Is.Zero);
        Assert.That(Directory.Exists(folder["--json"]));
    }

    // With the options that stand behind it in the help, and the command's short names, which are those of few.
    private static IEnumerable<TestCaseData> All(bool takesValue) =>
        from command in CommandLine.CreateRoot().Subcommands
        let options = Options.AllOf(command).ToArray()
        from place in Enumerable.Range(0, options.Length)
        let option = options[place]
        where option.Arity.MaximumNumberOfValues > 0 == takesValue && option.Action is null
        let following = Enumerable.Range(0, 3).Select(next => options[(place + next) % options.Length].Name)
        from spelling in option.Aliases.Prepend(option.Name)
        select new TestCaseData(command.Name, option.Name, spelling, following.Concat(options.SelectMany(other => other.Aliases)).ToArray()).SetArgDisplayNames(command.Name, spelling);
}
