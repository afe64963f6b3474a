using GpuGan.Runner.Files;

namespace GpuGan.Runner.Tests.Files;

[NonParallelizable]
internal sealed class RunFolderTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 1, 2, 3, DateTimeKind.Local);

    [Test]
    public void A_name_that_is_taken_is_never_taken_again()
    {
        using TemporaryFolder folder = new();
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.Path;
        try
        {
            string[] names = [.. Enumerable.Range(0, 3).Select(i => RunFolder.CreateNamed(7, Now, $"{i}").Path)];
            Assert.That(names, Is.EqualTo(new[] { "runs/20261124-010203-seed7", "runs/20261124-010203-seed7-2", "runs/20261124-010203-seed7-3" }));
            Assert.That(names.Select(name => File.ReadAllText(Path.Join(name, "settings.json"))), Is.EqualTo(new[] { "0", "1", "2" }));
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Test]
    public void Many_that_start_at_once_get_a_folder_each()
    {
        using TemporaryFolder folder = new();
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.Path;
        try
        {
            string[] names = new string[8];
            Parallel.For(0, names.Length, i => names[i] = RunFolder.CreateNamed(7, Now, $"{i}").Path);
            Assert.That(names, Is.Unique);
            Assert.That(names.Select((name, i) => File.ReadAllText(Path.Join(name, "settings.json")) == $"{i}"), Is.All.True);
            Assert.That(Directory.GetDirectories("runs"), Has.Length.EqualTo(names.Length), "nothing else is left");
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Test]
    public void Force_replaces_an_empty_folder()
    {
        using TemporaryFolder folder = new();
        RunFolder.Create(folder.Path, force: true, "{}");
        Assert.That(File.ReadAllText(folder["settings.json"]), Is.EqualTo("{}"));
    }

    [Test]
    public void Force_deletes_the_results_of_the_earlier_run_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        foreach (string name in (string[])["settings.json", "metrics.json", "losses.csv", "decision.svg", "notes.txt"])
        {
            folder.Write(name, "old");
        }

        RunFolder.Create(folder.Path, force: true, "new");
        Assert.That(Directory.GetFiles(folder.Path).Select(Path.GetFileName), Is.EquivalentTo(new[] { "settings.json", "notes.txt" }));
        Assert.That(File.ReadAllText(folder["settings.json"]), Is.EqualTo("new"));
    }
}
