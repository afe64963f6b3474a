using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Networks.Initializers;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Tests.Architecture;

/// <summary>The rooms of the library use only those above them.</summary>
[TestFixture]
public partial class RoomsTests
{
    private const string Root = "GpuGan.Kernels.";

    private static readonly string[] Rooms = ["Arithmetic", "Random", "Networks", "Files", "Distributions", "Training", "Metrics", "Devices", "Stepwise", "Compiled", "Tiled", "Engines"];

    // The types of no room.
    private static readonly string[] Front = ["GanModel", "GanOptions", "GanPopulation", "TrainedGan", "TrainingProgress"];

    [Test]
    public void Every_namespace_is_a_room()
    {
        IEnumerable<string> namespaces = typeof(Network).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true)
            .Select(type => Room(type.Namespace!));
        Assert.That(namespaces.Distinct(), Is.EquivalentTo(Rooms));
    }

    [Test]
    public void No_room_names_one_below_it([ValueSource(nameof(Rooms))] string room)
    {
        // The engines do not know each other.
        string[] below = room is "Compiled" or "Tiled" ? [.. Rooms[Array.IndexOf(Rooms, "Stepwise")..].Where(other => other != room)] : Rooms[(Array.IndexOf(Rooms, room) + 1)..];
        foreach (string file in Directory.EnumerateFiles(Path.Join(Repository.Folder, "src", "GpuGan.Kernels", room), "*.cs", SearchOption.AllDirectories))
        {
            string code = string.Join('\n', File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
            Assert.That(below.Where(other => code.Contains(Root + other, StringComparison.Ordinal)), Is.Empty, Path.GetFileName(file));
            Assert.That(Front.Where(type => Regex.IsMatch(code, $@"\b{type}\b")), Is.Empty, $"{Path.GetFileName(file)}: the way in knows the rooms, no room knows it");
        }
    }

    /// <summary>The compiled engine: what is recorded; what is found out about it; how it is written for a device; the training step; and around them, who launches it.</summary>
    [Test]
    public void No_room_of_the_compiled_engine_names_one_below_it()
    {
        string[] rooms = ["Recordings", "Analysis", "BackEnds", "Steps"];
        string folder = Path.Join(Repository.Folder, "src", "GpuGan.Kernels", "Compiled");
        Assert.That(Directory.EnumerateDirectories(folder).Select(Path.GetFileName), Is.EquivalentTo(rooms));
        foreach (string room in rooms)
        {
            string[] below = rooms[(Array.IndexOf(rooms, room) + 1)..];
            foreach (string file in Directory.EnumerateFiles(Path.Join(folder, room), "*.cs"))
            {
                Assert.That(below.Where(other => File.ReadAllText(file).Contains(Root + "Compiled." + other, StringComparison.Ordinal)), Is.Empty, Path.GetFileName(file));
            }
        }
    }

    [Test]
    public void The_library_knows_no_console_and_no_plots()
    {
        using PEReader assembly = new(File.OpenRead(typeof(Network).Assembly.Location));
        MetadataReader reader = assembly.GetMetadataReader();
        IEnumerable<string> references = reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name));
        Assert.That(references, Has.None.Matches("Console|ScottPlot|Skia|CommandLine|Csv"));
    }

    [Test]
    public void The_library_names_no_option_of_the_program()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Join(Repository.Folder, "src", "GpuGan.Kernels"), "*.cs", SearchOption.AllDirectories))
        {
            Assert.That(File.ReadLines(file).Where(line => Option().IsMatch(line)), Is.Empty, Path.GetFileName(file));
        }
    }

    /// <summary>A type of a room that has no word could be used by nobody but a program; a word must be that of its own type.</summary>
    [TestCase(typeof(IActivation))]
    [TestCase(typeof(ILoss))]
    [TestCase(typeof(IOptimizer))]
    [TestCase(typeof(IInitializer))]
    public void Every_formula_has_its_word(Type room)
    {
        (string Word, string Own, Type Type)[] listed =
            room == typeof(IActivation) ? Of(ActivationTable.All, activation => activation.Word)
            : room == typeof(ILoss) ? Of(LossTable.All, loss => loss.Word)
            : room == typeof(IOptimizer) ? Of(OptimizerTable.All, optimizer => optimizer.Word)
            : Of(InitializerTable.All, initializer => initializer.Word);
        Assert.That(listed.Select(one => one.Type), Is.EquivalentTo(room.Assembly.GetTypes().Where(type => type.IsValueType && room.IsAssignableFrom(type))));
        Assert.That(listed.Select(one => one.Own), Is.EqualTo(listed.Select(one => one.Word)));

        static (string, string, Type)[] Of<T>(WordTable<T> table, Func<T, string> word)
            where T : notnull => [.. table.Words.Zip(table.Values, (text, value) => (text, word(value), value.GetType()))];
    }

    [GeneratedRegex("\"[^\"]*--[a-z]")]
    private static partial Regex Option();

    private static string Room(string name) => name[Root.Length..].Split('.')[0];
}
