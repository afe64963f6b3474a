using GpuGan.Runner.Sweeps.Results;

namespace GpuGan.Runner.Tests.Sweeps;

internal sealed class MergeCommandTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Shards_of_folders_of_their_own_give_the_bytes_of_one_machine()
    {
        Gpugan.Run([.. SweepFiles.Small, "--csv", "--out", folder["whole"]]);
        for (int shard = 1; shard <= 3; shard++)
        {
            Gpugan part = Gpugan.Run([.. SweepFiles.Small, "--shard", $"{shard}/3", "--chunk", "5", "--out", folder[$"shard{shard}"]]);
            Assert.That(part.ExitCode, Is.Zero, part.Error);
            Assert.That(File.Exists(folder[$"shard{shard}/members.parquet"]), Is.False);
        }

        Gpugan merged = Gpugan.Run("merge", folder["shard2"], folder["shard1"], folder["shard3"], "--csv", "--out", folder["merged"]);
        Gpugan again = Gpugan.Run([.. SweepFiles.Small, "--out", folder["merged"]]);
        Assert.Multiple(() =>
        {
            Assert.That((merged.ExitCode, merged.Error), Is.EqualTo((0, "")));
            foreach (string name in (string[])["members.parquet", "members.csv", "summary.json", "settings.json"])
            {
                Assert.That(File.ReadAllBytes(folder[$"merged/{name}"]), Is.EqualTo(File.ReadAllBytes(folder[$"whole/{name}"])), name);
            }

            Assert.That(again.Output, Does.Match("done before +24 members"), "a merged folder is as one machine's");
        });
    }

    [Test]
    public void Shards_over_copies_of_a_file_are_shards_of_one_sweep()
    {
        string[] sweep = ["sweep", "--lr-d", ".01,.05", "--standardize", "--epochs", "1", "--seeds", "3", "--device", "cpu", "--quiet", "--no-plots"];
        string rows = string.Concat(Enumerable.Range(0, 20).Select(i => $"{i % 7},{i % 3}\n")), first = folder.Write("points.csv", rows);
        Directory.CreateDirectory(folder["scratch"]);
        Gpugan.Run([.. sweep, "--data", first, "--csv", "--out", folder["whole"]]);
        string[] spellings = [first, folder["scratch/../points.csv"], folder.Write("scratch/copy.csv", $"a;b\n{rows.Replace(',', ';')}")];
        foreach ((int shard, string data) in spellings.Index())
        {
            foreach (string to in (string[])["shared", $"own{shard}"])
            {
                Gpugan part = Gpugan.Run([.. sweep, "--data", data, "--shard", $"{shard + 1}/3", "--out", folder[to]]);
                Assert.That((part.ExitCode, part.Error), Is.EqualTo((0, "")));
            }
        }

        Assert.That(Gpugan.Run("merge", folder["shared"], "--csv", "--no-plots").ExitCode, Is.Zero);
        Assert.That(Gpugan.Run("merge", folder["own2"], folder["own0"], folder["own1"], "--csv", "--no-plots", "--out", folder["merged"]).ExitCode, Is.Zero);
        Assert.Multiple(() =>
        {
            foreach (string name in (string[])["members.parquet", "members.csv", "summary.json"])
            {
                Assert.That(File.ReadAllBytes(folder[$"shared/{name}"]), Is.EqualTo(File.ReadAllBytes(folder[$"whole/{name}"])), name);
                Assert.That(File.ReadAllBytes(folder[$"merged/{name}"]), Is.EqualTo(File.ReadAllBytes(folder[$"whole/{name}"])), name);
            }
        });
    }

    [Test]
    public void Shards_may_share_a_folder_and_overlap()
    {
        Gpugan.Run([.. SweepFiles.Small, "--out", folder["whole"]]);
        foreach (string shard in (string[])["2/2", "2/3", "1/2"])
        {
            Gpugan.Run([.. SweepFiles.Small, "--shard", shard, "--chunk", "7", "--out", folder["s"]]);
        }

        Gpugan.Run([.. SweepFiles.Small, "--chunk", "4", "--out", folder["chunks"]]);
        Gpugan merged = Gpugan.Run("merge", folder["s"]);
        Assert.That((merged.ExitCode, merged.Error), Is.EqualTo((0, "")));
        Assert.That(SweepFiles.Parquet(folder["s"]), Is.EqualTo(SweepFiles.Parquet(folder["whole"])));
        Assert.That(Gpugan.Run("merge", folder["chunks"], folder["s"], "--out", folder["both"]).ExitCode, Is.Zero);
        Assert.That(SweepFiles.Parquet(folder["both"]), Is.EqualTo(SweepFiles.Parquet(folder["whole"])), "chunks that overlap");
    }

    [Test]
    public void What_is_missing_is_named_and_nothing_is_written()
    {
        foreach (string shard in (string[])["1/4", "4/4"])
        {
            Gpugan.Run([.. SweepFiles.Small, "--shard", shard, "--chunk", "4", "--out", folder["s"]]);
        }

        File.Delete(SweepFiles.Chunks(folder["s"])[^1]);
        Gpugan merged = Gpugan.Run("merge", folder["s"], "--out", folder["merged"]);
        Assert.That(merged.ExitCode, Is.EqualTo(1));
        Assert.That(merged.Error, Does.Match(
            @"^gpugan: incomplete: shard 2/4 lacks (\d+) of \1 members, shard 3/4 lacks (\d+) of \2 members, shard 4/4 lacks [1-4] of \d+ members; run them again\n$"));
        Assert.That(Directory.Exists(folder["merged"]), Is.False);
    }

    [Test]
    public void A_sweep_that_was_cut_off_is_named()
    {
        Gpugan.Run([.. SweepFiles.Small, "--chunk", "4", "--out", folder["s"]]);
        string[] chunks = SweepFiles.Chunks(folder["s"]);
        File.WriteAllText(chunks[0], "nonsense");
        Gpugan merged = Gpugan.Run("merge", folder["s"]);
        Assert.That(
            (merged.ExitCode, merged.Error),
            Is.EqualTo((1, $"gpugan: {chunks[0]} is damaged, and left out\ngpugan: incomplete: the sweep lacks 4 of 24 members; run its command again\n")));
    }

    [Test]
    public void Shards_of_two_sweeps_are_refused_with_the_difference()
    {
        string[] other = [.. SweepFiles.Small.Select(word => word == "6" ? "7" : word)];
        Gpugan.Run([.. SweepFiles.Small, "--shard", "1/2", "--out", folder["a"]]);
        Gpugan.Run([.. other, "--shard", "2/2", "--out", folder["b"]]);
        Gpugan merged = Gpugan.Run("merge", folder["a"], folder["b"], "--out", folder["merged"]);
        Assert.That(
            (merged.ExitCode, merged.Error),
            Is.EqualTo((1, $"gpugan: {folder["b"]}: holds a shard of another sweep: seeds is 7 in {folder["b"]} and 6 in {folder["a"]}\n")));
    }

    [Test]
    public void A_folder_that_is_no_sweep_is_told()
    {
        Gpugan none = Gpugan.Run("merge", folder["none"]);
        Assert.That((none.ExitCode, none.Error), Is.EqualTo((1, $"gpugan: {folder["none"]}/settings.json: no such file or folder\n")));
        Assert.That(() => SweepResult.Read(folder["none"]), Throws.InstanceOf<FileContentException>());
    }
}
