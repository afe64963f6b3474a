using System.Diagnostics;
using System.Globalization;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Tests.Sweeps;

/// <summary>What only a process of its own can show: kills, interrupts, and file systems that fill up.</summary>
[Platform(Exclude = "Win")]
internal sealed class SweepProcessTests
{
    // A second of work in a hundred chunks.
    private static readonly string[] Sweep =
    [
        "sweep", "--discriminator", "2-3-1", "--lr-d", "lin:.01:.1:10", "--lr-g", ".005,.05", "--batch-size", "8,20", "--rows", "200", "--seeds", "40", "--epochs", "4",
        "--device", "cpu", "--quiet", "--no-plots", "--chunk", "16",
    ];

    // Words and numbers of games, of which each word has kernels of its own, as a number has that may be off.
    private static readonly string[] Games =
    [
        "sweep", "--distribution", "ring:4:1:.2", "--discriminator", "2-3-1", "--loss", "hinge,wasserstein", "--optimizer", "adam,sgd", "--r1", "0,.1,1,10",
        "--rows", "200", "--seeds", "40", "--epochs", "4", "--device", "cpu", "--quiet", "--no-plots", "--chunk", "16",
    ];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase(10, false, Category = "Slow")]
    [TestCase(10, true, Category = "Slow")]
    public void Kills_at_random_moments_change_no_byte(int kills, bool games)
    {
        string[] sweep = [.. (games ? Games : Sweep).Select(word => word == "40" ? $"{10 * kills}" : word), "--history", "1"];
        using (Process whole = Gpugan.Start(folder.Path, [.. sweep, "--out", "whole"]))
        {
            Gpugan run = Gpugan.Finish(whole);
            Assert.That(run.ExitCode, Is.Zero, run.Error);
        }

        // Moments are counted in finished chunks and some milliseconds more, as the machine may be busy with other things.
        int total = SweepFiles.Chunks(folder["whole"]).Length, before = 0;
        Random random = new(kills);
        for (int kill = 0; kill < kills; kill++)
        {
            int enough = before + random.Next(total / (2 * kills));
            using Process process = Gpugan.Start(folder.Path, [.. sweep, "--out", "s"]);
            while (Done() < enough && !process.HasExited)
            {
                Thread.Sleep(1);
            }

            Thread.Sleep(random.Next(10));
            process.Kill();
            process.WaitForExit();
            Assert.That(Done(), Is.GreaterThanOrEqualTo(before), "what is done stays");
            before = Done();
        }

        Assert.That(before, Is.InRange(1, total - 1), "some are done and some are left");
        using Process last = Gpugan.Start(folder.Path, [.. sweep, "--out", "s"]);
        Gpugan end = Gpugan.Finish(last);
        Assert.Multiple(() =>
        {
            Assert.That(end.ExitCode, Is.Zero, end.Error);
            Assert.That(SweepFiles.Parquet(folder["s"]), Is.EqualTo(SweepFiles.Parquet(folder["whole"])));
            Assert.That(File.ReadAllBytes(folder["s/history.parquet"]), Is.EqualTo(File.ReadAllBytes(folder["whole/history.parquet"])));
            Assert.That(Directory.GetFiles(folder["s"], ".*", SearchOption.AllDirectories), Is.Empty);
        });

        int Done() => Directory.Exists(folder["s/chunks"]) ? SweepFiles.Chunks(folder["s"]).Length : 0;
    }

    // Of two each can hinder the other; more of them are more processes that start.
    [TestCase(2)]
    [TestCase(4, Category = "Slow")]
    public void Shards_that_begin_at_the_same_moment_share_a_folder(int count)
    {
        string[] sweep = [.. Sweep.Select(word => word == "40" ? "5" : word)];
        Process[] shards = [.. Enumerable.Range(1, count).Select(shard => Gpugan.Start(folder.Path, [.. sweep, "--shard", $"{shard}/{count}", "--out", "s"]))];
        foreach (Process shard in shards)
        {
            Gpugan run = Gpugan.Finish(shard);
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
            shard.Dispose();
        }

        Assert.That(Gpugan.Run("merge", folder["s"]).ExitCode, Is.Zero);
        Assert.That(Gpugan.Run([.. sweep, "--out", folder["whole"]]).ExitCode, Is.Zero);
        Assert.That(SweepFiles.Parquet(folder["s"]), Is.EqualTo(SweepFiles.Parquet(folder["whole"])));
    }

    [Test]
    public void The_same_command_is_refused_until_the_first_has_ended_however_it_ends()
    {
        string[] longer = [.. Sweep.Select(word => word == "40" ? "400" : word)];
        using Process process = Gpugan.Start(folder.Path, [.. longer, "--out", "s"]);
        WaitForChunk(process);
        Gpugan second = Gpugan.Run([.. longer, "--out", folder["s"]]);
        Assert.That((second.ExitCode, second.Error), Is.EqualTo(
            (1, $"gpugan: {folder["s"]}: another process works in it, on 16,000 of the members; wait until it ends, or end it\n")));
        process.Kill();
        process.WaitForExit();
        SweepFolder.Begin(folder["s"], new SweepPlan(SweepFolder.Open(folder["s"]).Specification), new WorkRange(0, 16_000), fresh: false, _ => { }).Dispose();
    }

    // INT takes the same way, and the tests of single trainings send it.
    [TestCase("INT", Category = "Slow")]
    [TestCase("TERM")]
    public void An_interrupt_finishes_the_chunk_and_the_same_command_goes_on(string signal)
    {
        string[] longer = [.. Sweep.Select(word => word == "40" ? "400" : word)];
        using Process process = Gpugan.Start(folder.Path, [.. longer, "--out", "s"]);
        WaitForChunk(process);
        using (Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        Gpugan run = Gpugan.Finish(process);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((130, "gpugan: interrupted; what is done is in s, and the same command goes on with it\n")));
        Assert.That(File.Exists(folder["s/members.parquet"]), Is.False);
        Assert.That(Directory.GetFiles(folder["s/chunks"], ".*"), Is.Empty);
    }

    [Test]
    [Category("Slow")]
    [Platform("Linux")]
    public void A_file_system_that_fills_up_loses_nothing()
    {
        if (Environment.UserName != "root")
        {
            Assert.Ignore("mounting a small file system needs root");
        }

        Directory.CreateDirectory(folder["small"]);
        if (Run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", folder["small"]) != 0)
        {
            Assert.Ignore("this system does not let root mount a tmpfs");
        }

        try
        {
            Assert.That(Gpugan.Run([.. Sweep, "--out", folder["whole"]]).ExitCode, Is.Zero);
            Gpugan full = Gpugan.Run([.. Sweep, "--out", folder["small/s"]]);
            int done = SweepFiles.Chunks(folder["small/s"]).Length;
            Run("mount", "-o", "remount,size=8m", folder["small"]);
            Gpugan again = Gpugan.Run([.. Sweep, "--out", folder["small/s"]]);
            Assert.Multiple(() =>
            {
                Assert.That(full.ExitCode, Is.EqualTo(1));
                Assert.That(full.Error, Does.Match(@"\Agpugan: .*/small/s/chunks/\d+-\d+-[0-9a-f]{8}\.chunk: No space left on device\n\z"));
                Assert.That(done, Is.InRange(5, 60));
                Assert.That(again.ExitCode, Is.Zero, again.Error);
                Assert.That(again.Output, Does.Match("done before +[1-9]"));
                Assert.That(SweepFiles.Parquet(folder["small/s"]), Is.EqualTo(SweepFiles.Parquet(folder["whole"])));
            });
        }
        finally
        {
            Run("umount", folder["small"]);
        }
    }

    private void WaitForChunk(Process process)
    {
        while (!Directory.Exists(folder["s/chunks"]) || SweepFiles.Chunks(folder["s"]).Length == 0)
        {
            Assert.That(process.HasExited, Is.False);
            Thread.Sleep(5);
        }
    }

    private static int Run(string program, params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
