using GpuGan.Runner.Sweeps.Results;

namespace GpuGan.Runner.Tests.Sweeps;

/// <summary>A sweep that grows keeps what is done, and ends with the bytes of one that was asked for at once.</summary>
internal sealed class SweepExtensionTests
{
    private static readonly string[] Common = ["--discriminator", "2-3-1", "--rows", "40", "--device", "cpu", "--quiet", "--no-plots"];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase("--lr-g .005,.05 --epochs 1 --seeds 3", "--lr-g .005,.05 --epochs 1 --seeds 7", 6, 8)]
    [TestCase("--lr-g .005,.05 --epochs 1 --seeds 3 --seed 4", "--lr-g .005,.05 --epochs 1 --seeds 7 --seed 2", 6, 8)]
    [TestCase("--lr-g .005,.05 --epochs 1,2 --seeds 2", "--lr-g .05,.01,.005 --epochs 3,2,1 --lr-d .05,.2 --seeds 3", 8, 46)]
    [TestCase("--epochs 1", "--epochs 1 --discriminator 2-64-64-1,2-3-1 --seeds 2", 1, 3)]
    [TestCase("--lr-g uniform:.01:.2 --random 5 --epochs 1", "--lr-g uniform:.01:.2 --random 9 --epochs 1 --seeds 2", 5, 13)]
    [TestCase("--batch-size uniform:3:5 --random 9 --epochs 1", "--batch-size uniform:3:5 --random 12 --epochs 1", 9, 3)]
    [TestCase("--lr-g .1,.2 --lr-d .3,.4 --zip --epochs 1", "--lr-g .1,.2 --lr-d .4,.3 --epochs 1", 2, 2)]
    [TestCase("--lr-g .1,.2 --epochs 1 --shared-data --seed 3", "--lr-g .1,.2 --epochs 1 --shared-data --seed 3 --seeds 2", 2, 2)]
    [TestCase("--lr-g .1,.2 --epochs 1", "--lr-g .2,.1 --epochs 1", 2, 0)]
    public void It_has_the_bytes_of_one_that_was_asked_for_at_once(string before, string after, int done, int added)
    {
        Run(before, "s", "--csv", "--chunk", "4");
        Gpugan extended = Run(after, "s", "--csv");
        Gpugan whole = Run(after, "whole", "--csv");
        Assert.Multiple(() =>
        {
            Assert.That(extended.Output, Does.Match($"extended +from a sweep of {done} members?; what is done of it stays\n"));
            Assert.That(extended.Output, Does.Match(@"done before +\d+ members?\n"));
            foreach (string name in (string[])["members.parquet", "members.csv", "summary.json", "settings.json"])
            {
                Assert.That(File.ReadAllBytes(folder[$"s/{name}"]), Is.EqualTo(File.ReadAllBytes(folder[$"whole/{name}"])), name);
            }

            Assert.That(SweepResult.Read(folder["whole"]).Rows, Has.Count.EqualTo(done + added));
            Assert.That(Run(after, "s").Output, Does.Not.Contain("extended").And.Match($"done before +{done + added} member"));
        });
    }

    [Test]
    public void One_that_is_not_finished_grows_too_and_shards_do_the_rest()
    {
        Run("--lr-g .005,.05 --epochs 1,2 --seeds 4", "s", "--chunk", "2", "--shard", "2/3");
        const string After = "--lr-g .005,.01,.05 --epochs 1,2 --seeds 5";
        foreach (int shard in (int[])[2, 1, 3])
        {
            Gpugan part = Run(After, "s", "--shard", $"{shard}/3");
            Assert.That(part.Output, shard == 2 ? Does.Contain("extended ") : Does.Not.Contain("extended "));
        }

        Assert.That(Gpugan.Run("merge", folder["s"], "--out", folder["merged"], "--no-plots").ExitCode, Is.Zero);
        Run(After, "whole");
        Assert.That(SweepFiles.Parquet(folder["merged"]), Is.EqualTo(SweepFiles.Parquet(folder["whole"])));
    }

    [Test]
    public void What_is_done_is_not_trained_again()
    {
        // Results that no training gives, so that those that are kept can be told.
        Run("--lr-g .005,.05 --epochs 1 --seeds 3", "s");
        SweepFolder sweep = SweepFolder.Open(folder["s"]);
        ChunkFile chunk = sweep.ReadChunks(_ => { }).Single();
        sweep.WriteChunk(chunk.Work, chunk.Shard, [.. chunk.Read().Select((result, i) => result with { MeanError = 100 + i })]);
        Run("--lr-g .005,.01,.05 --epochs 1 --seeds 4", "s");
        Assert.That(
            SweepResult.Read(folder["s"]).Rows.Select(row => row.MeanError >= 100 ? row.MeanError - 100 : null),
            Is.EqualTo(new double?[] { 0, 1, 2, null, null, null, null, null, 3, 4, 5, null }));
    }

    [Test]
    public void What_it_was_before_does_not_look_like_what_it_is()
    {
        Gpugan.Run(["sweep", .. Common[..^1], "--lr-g", ".005,.05", "--epochs", "1", "--csv", "--out", folder["s"]]);
        Assert.That(Gpugan.Run("report", folder["s"], "--device", "cpu").ExitCode, Is.Zero);
        Gpugan.Run(["sweep", .. Common, "--lr-g", ".005,.05", "--epochs", "1", "--seeds", "2", "--shard", "1/2", "--out", folder["s"]]);
        Assert.That(Directory.GetFiles(folder["s"]).Select(Path.GetFileName), Is.EqualTo(new[] { "settings.json" }));
    }

    [Test]
    public void A_kill_in_between_loses_nothing()
    {
        const string Before = "--lr-g .005,.05 --epochs 1 --seeds 3", After = "--lr-g .005,.05 --epochs 1 --seeds 5";
        Run(Before, "s");
        Dictionary<string, byte[]> older = SweepFiles.Chunks(folder["s"]).ToDictionary(path => path, File.ReadAllBytes);
        byte[] settings = File.ReadAllBytes(folder["s/settings.json"]);
        Run(After, "whole");
        Run(After, "s");

        // Killed before the settings were replaced: both kinds of files are there.
        foreach ((string path, byte[] bytes) in older)
        {
            File.WriteAllBytes(path, bytes);
        }

        byte[] newer = File.ReadAllBytes(folder["s/settings.json"]);
        File.WriteAllBytes(folder["s/settings.json"], settings);
        File.Delete(folder["s/members.parquet"]);
        Assert.That(Run(Before, "s").Output, Does.Match("done before +6 members"));

        // And after: the older files are left.
        File.WriteAllBytes(folder["s/settings.json"], newer);
        File.Delete(folder["s/members.parquet"]);
        Assert.That(Run(After, "s").Output, Does.Match("done before +10 members"));
        Assert.That(SweepFiles.Parquet(folder["s"]), Is.EqualTo(SweepFiles.Parquet(folder["whole"])));
    }

    [TestCase("--lr-g .005,.05 --epochs 1 --seeds 2", "seeds is 3 there and 2 here", true)]
    [TestCase("--lr-g .005 --epochs 1 --seeds 3", "lr_g is 0.005, 0.05 there and 0.005 here", true)]
    [TestCase("--lr-g .005,.01 --epochs 1 --seeds 9", "lr_g is 0.005, 0.05 there and 0.005, 0.01 here", false)]
    [TestCase("--lr-g .005,.05 --epochs 1 --seeds 3 --seed 1", "seed is 0 there and 1 here", false)]
    [TestCase("--lr-g .005,.05 --epochs 1 --seeds 9 --shared-data", "shared_data is false there and true here", false)]
    [TestCase("--lr-g .005,.05 --epochs 1 --seeds 9 --kl-limit .3", "kl_limit is 0.2 there and 0.3 here", false)]
    [TestCase("--lr-g .005,.05 --epochs 1 --seeds 9 --accuracy 10", "accuracy is null there and 10 here", false)]
    public void What_lacks_members_or_judges_otherwise_is_another_sweep(string after, string difference, bool isSmaller)
    {
        Run("--lr-g .005,.05 --epochs 1 --seeds 3", "s");
        byte[] table = SweepFiles.Parquet(folder["s"]);
        Gpugan refused = Gpugan.Run(["sweep", .. Common, .. after.Split(' '), "--out", folder["s"]]);
        Assert.That((refused.ExitCode, refused.Error), Is.EqualTo((1, isSmaller
            ? $"gpugan: {folder["s"]}: holds a larger sweep, which has all of these members: {difference}; ask for all of it, or name another folder\n"
            : $"gpugan: {folder["s"]}: holds another sweep: {difference}; name another folder (--fresh would delete 6 finished members there)\n")));
        Assert.That(SweepFiles.Parquet(folder["s"]), Is.EqualTo(table));
    }

    [Test]
    public void Shared_data_are_those_of_the_first_seed()
    {
        Run("--lr-g .1,.2 --epochs 1 --shared-data --seed 3", "s");
        Gpugan refused = Gpugan.Run(["sweep", .. Common, "--lr-g", ".1,.2", "--epochs", "1", "--shared-data", "--seed", "2", "--seeds", "3", "--out", folder["s"]]);
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Error, Does.Contain("holds another sweep: seed is 3 there and 2 here"));
    }

    // An option that is given twice is refused.
    private Gpugan Run(string options, string to, params string[] more)
    {
        string[] common = options.Contains("--discriminator") ? Common[2..] : Common;
        Gpugan run = Gpugan.Run(["sweep", .. common, .. options.Split(' '), .. more, "--out", folder[to]]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        return run;
    }
}
