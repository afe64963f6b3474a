using System.Text.RegularExpressions;
using GpuGan.Runner.Commands;

namespace GpuGan.Runner.Tests.Architecture;

/// <summary>The rooms of the program use only those above them: what a sweep or a training is, how it runs, what came out, how it is shown, and last the verbs.</summary>
internal sealed partial class RoomsTests
{
    private const string Root = "GpuGan.Runner.";

    private static readonly string[] Rooms =
    [
        "Wording", "Settings", "Data", "Trajectories", "Files", "Parsing",
        "Sweeps.Specification", "Sweeps.Results", "Sweeps.Execution", "Folders",
        "Benchmarks", "Replay", "Verification", "Report", "Plots", "HtmlReport", "Trainings", "Reproductions", "Lab", "Commands",
    ];

    private static string Sources { get; } = Path.Join(Repository.Folder, "src", "GpuGan.Runner");

    [Test]
    public void Every_namespace_is_a_room() => Assert.That(
        typeof(CommandLine).Assembly.GetTypes().Select(type => type.Namespace).Where(name => name?.StartsWith(Root, StringComparison.Ordinal) == true).Select(name => name![Root.Length..]).Distinct(),
        Is.EquivalentTo(Rooms));

    [Test]
    public void No_room_names_one_below_it([ValueSource(nameof(Rooms))] string room)
    {
        string[] below = Rooms[(Array.IndexOf(Rooms, room) + 1)..];
        foreach (string file in Directory.EnumerateFiles(Path.Join(Sources, room.Replace('.', Path.DirectorySeparatorChar)), "*.cs"))
        {
            IEnumerable<string> named = Named().Matches(File.ReadAllText(file)).Select(match => match.Groups["room"].Value);
            Assert.That(named.Intersect(below), Is.Empty, Path.GetFileName(file));
        }
    }

    [Test]
    public void A_room_names_another_by_its_whole_name()
    {
        // As the test above looks for it.
        foreach (string file in Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            Assert.That(File.ReadLines(file).Where(line => Partly().IsMatch(line)), Is.Empty, Path.GetFileName(file));
        }
    }

    [GeneratedRegex(@"using GpuGan\.Runner\.(?<room>[\w.]+);", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();

    [GeneratedRegex(@"[(\s<""](Reproductions|Commands|Plots|HtmlReport|Folders|Execution|Results)\.[A-Z]\w+[.(>]", RegexOptions.ExplicitCapture)]
    private static partial Regex Partly();
}
