using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Tests.Sweeps;

/// <summary>Who may work in a folder, and what becomes of what is there.</summary>
internal sealed class SweepFolderTests
{
    private static readonly SweepPlan Plan = PlanOf(("lr_d", "1,2"), ("seeds", "6"));

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void A_second_process_is_refused_as_long_as_the_first_works()
    {
        using (Begin(new WorkRange(0, 12)))
        {
            Refused(() => Begin(new WorkRange(0, 12)), "another process works in it, on 12 of the members; wait until it ends, or end it");
            Refused(() => Begin(new WorkRange(4, 8)), "another process works in it, on 12 of the members; wait until it ends, or end it");
        }

        Begin(new WorkRange(0, 12)).Dispose();
        Assert.That(Directory.GetFiles(folder["s/chunks"]).Select(Path.GetFileName), Is.EqualTo(new[] { "setup.lock" }));
    }

    [Test]
    public void Parts_that_have_nothing_in_common_are_done_at_the_same_time()
    {
        using SweepFolder one = Begin(new WorkRange(0, 4)), other = Begin(new WorkRange(4, 12));
        using SweepFolder none = Begin(new WorkRange(12, 12)), noneToo = Begin(new WorkRange(12, 12));
        Refused(() => Begin(new WorkRange(3, 5)), "another process works in it, on 4 of the members; wait until it ends, or end it");
    }

    [Test]
    public void Nobody_makes_another_sweep_of_a_folder_in_which_somebody_works()
    {
        using SweepFolder working = Begin(new WorkRange(0, 4));
        const string Busy = "another process works in it, on 4 of the members; wait until it ends, or end it";
        Refused(() => SweepFolder.Begin(folder["s"], PlanOf(("lr_d", "1,2"), ("seeds", "7")), new WorkRange(6, 14), fresh: false, _ => { }), Busy);
        Refused(() => SweepFolder.Begin(folder["s"], PlanOf(("lr_d", "3")), new WorkRange(0, 1), fresh: true, _ => { }), Busy);
        Begin(new WorkRange(6, 12), fresh: true).Dispose();
        Assert.That(SweepFolder.Open(folder["s"]).Specification.Hash, Is.EqualTo(Plan.Specification.Hash));
    }

    [Test]
    public void A_sweep_that_an_earlier_version_judged_is_told_as_that()
    {
        Begin(new WorkRange(0, 12)).Dispose();
        string settings = File.ReadAllText(folder["s/settings.json"]);
        File.WriteAllText(folder["s/settings.json"], settings.Replace("    \"kl_limit\": 0.2,\n", "", StringComparison.Ordinal));
        Assert.That(
            () => Begin(new WorkRange(0, 12), fresh: true),
            Throws.InstanceOf<FileContentException>().With.Message.EndsWith("s/settings.json: is of an earlier version of this program, whose verdict was another; train the sweep again, in another folder"));
    }

    [Test]
    public void What_a_kill_left_of_a_lock_means_nothing()
    {
        Begin(new WorkRange(0, 12)).Dispose();
        File.WriteAllText(folder["s/chunks/000000000-000000012.lock"], "");
        Begin(new WorkRange(0, 4)).Dispose();
        Assert.That(Directory.GetFiles(folder["s/chunks"], "0*.lock"), Is.Empty);
    }

    [Test]
    public void Fresh_says_how_many_finished_members_it_deletes()
    {
        List<string> said = [];
        Work(new WorkRange(0, 8));
        Begin(new WorkRange(4, 6), fresh: true, said.Add).Dispose();
        Assert.That(said, Is.EqualTo(new[] { $"--fresh deletes 2 finished members in {folder["s"]}" }), "the chunks that have some of the part");
        Work(new WorkRange(4, 8));
        SweepFolder.Begin(folder["s"], PlanOf(("lr_d", "3")), new WorkRange(0, 1), fresh: true, said.Add).Dispose();
        Assert.That(said[1..], Is.EqualTo(new[] { $"--fresh deletes 8 finished members in {folder["s"]}" }));
        SweepFolder.Begin(folder["s"], PlanOf(("lr_d", "4")), new WorkRange(0, 1), fresh: true, said.Add).Dispose();
        Assert.That(said, Has.Count.EqualTo(2), "nothing is done, so nothing is lost");
    }

    [Test]
    public void Fresh_deletes_what_was_made_of_the_members_and_nothing_else()
    {
        Begin(new WorkRange(0, 12)).Dispose();
        string[] made = ["members.parquet", "members.csv", "summary.json", "report.html", "curves.png", "curves.svg", "heat_a_b.png", "heat_a_b.svg", "multiples.svg"];
        foreach (string name in (string[])[.. made, "notes.txt", "heat.md"])
        {
            folder.Write($"s/{name}", "");
        }

        Begin(new WorkRange(0, 12), fresh: true).Dispose();
        Assert.That(Directory.GetFiles(folder["s"]).Select(Path.GetFileName), Is.EquivalentTo(new[] { "settings.json", "notes.txt", "heat.md" }));
    }

    [Test]
    public void Files_of_chunks_take_the_place_of_no_other()
    {
        WorkSet whole = new([new(0, 6)]), holes = new([new(0, 2), new(4, 6)]);
        byte[] digest = Plan.Specification.Digest, other = PlanOf(("lr_d", "3")).Specification.Digest;
        string[] names = [ChunkFile.NameOf(digest, whole), ChunkFile.NameOf(digest, holes), ChunkFile.NameOf(other, whole)];
        Assert.That(names.Distinct().Count(), Is.EqualTo(3));
        Assert.That(names, Has.All.StartWith("000000000-000000006-"));
    }

    private static SweepPlan PlanOf(params (string Name, string Text)[] texts) =>
        new(SweepSpecification.Of(new SweepRequest(null, texts.ToDictionary(pair => pair.Name, pair => (IReadOnlyList<string>)pair.Text.Split(','))), 2, null));

    private SweepFolder Begin(WorkRange own, bool fresh = false, Action<string>? warn = null) => SweepFolder.Begin(folder["s"], Plan, own, fresh, warn ?? (_ => { }));

    // Chunks of 2 members.
    private void Work(WorkRange own)
    {
        using SweepFolder sweep = Begin(own);
        for (int start = own.Start; start < own.End; start += 2)
        {
            sweep.WriteChunk(new WorkSet([new(start, start + 2)]), Shard.Whole, [default, default]);
        }
    }

    private void Refused(Func<SweepFolder> begin, string problem) =>
        Assert.That(begin, Throws.InstanceOf<FileContentException>().With.Message.EqualTo($"{folder["s"]}: {problem}"));
}
