using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace GpuGan.Runner.Tests.Commands;

/// <summary>Real processes that are killed or interrupted at moments that nobody chose, and go on.</summary>
internal sealed class ResumeProcessTests
{
    private static readonly string[] Training =
        ["--rows", "400", "--epochs", "60", "--seed", "2", "--lr-decay", "0.99", "--no-plots", "--device", "cpu", "--quiet"];

    [TestCase(20, Category = "Slow")]
    public void A_kill_at_any_moment_changes_nothing(int kills)
    {
        using TemporaryFolder folder = new();
        string[] train = ["train", .. Training, "--engine", "stepwise", "--checkpoint-every", "1", "--out", "run"];
        string expected = Expected(folder);
        System.Random random = new(kills);
        int killed = 0, resumed = 0;
        for (int kill = 0; killed < kills; kill++)
        {
            // Another run begins where one was killed before its first checkpoint, or came to its end.
            bool goesOn = File.Exists(folder["run/checkpoint.safetensors"]) && !File.Exists(folder["run/metrics.json"]);
            string engine = random.Next(2) == 0 ? "stepwise" : "compiled";
            using Process process = Gpugan.Start(
                folder.Path, goesOn ? ["resume", "run", "--engine", engine, "--quiet", "--no-plots"] : [.. train, "--force"]);
            resumed += goesOn ? 1 : 0;
            if (kill % 2 == 0)
            {
                // However slow the machine is, the process does something before it is killed.
                WaitForCheckpoint(folder["run/checkpoint.safetensors"], process);
            }

            Thread.Sleep(random.Next(kill % 2 == 0 ? 200 : 1000));
            killed += process.HasExited ? 0 : 1;
            process.Kill();
            process.WaitForExit();
            if (File.Exists(folder["run/metrics.json"]))
            {
                Assert.That(Results(folder["run"]), Is.EqualTo(expected), $"after {killed} kills");
            }
        }

        Gpugan last = Gpugan.Finish(Gpugan.Start(
            folder.Path, File.Exists(folder["run/checkpoint.safetensors"]) ? ["resume", "run", "--quiet", "--no-plots"] : [.. train, "--force"]));
        Assert.That(last.ExitCode, Is.Zero, last.Error);
        Assert.That(Results(folder["run"]), Is.EqualTo(expected), $"after {killed} kills, {resumed} resumes");
        Assert.That(resumed, Is.Positive, "some of them went on from a checkpoint");
        Assert.That(Directory.GetFiles(folder["run"], ".*"), Is.Empty, "what a kill left of a file is gone");
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void What_Ctrl_C_interrupts_goes_on_though_no_checkpoint_was_asked_for()
    {
        using TemporaryFolder folder = new();
        string expected = Expected(folder);
        string[] args = ["train", .. Training, "--engine", "stepwise", "--out", "run"];
        for (int interrupts = 0; interrupts < 2; interrupts++)
        {
            using Process process = Gpugan.Start(folder.Path, args);
            while (process.StandardOutput.ReadLine() is string line && !line.StartsWith("in theory", StringComparison.Ordinal))
            {
            }

            Thread.Sleep(30 * interrupts);
            using Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
            Gpugan run = Gpugan.Finish(process);
            Assert.That(run.ExitCode, Is.EqualTo(130), run.Error);
            Assert.That(run.Error, Does.Match(@"interrupted after \d+ of 60 epochs; what there is was written, 'gpugan resume run' goes on\n"));
            args = ["resume", "run", "--quiet", "--no-plots"];
        }

        // The rest by the engine that has it soonest; any engine goes on from any.
        Gpugan last = Gpugan.Run("resume", folder["run"], "--engine", "compiled", "--quiet", "--no-plots");
        Assert.That(last.ExitCode, Is.Zero, last.Error);
        Assert.That(Results(folder["run"]), Is.EqualTo(expected));
    }

    // One that was not there when the process began.
    private static void WaitForCheckpoint(string path, Process process)
    {
        DateTime before = File.GetLastWriteTimeUtc(path);
        while (File.GetLastWriteTimeUtc(path) == before && !process.HasExited)
        {
            Thread.Sleep(5);
        }
    }

    private static string Expected(TemporaryFolder folder)
    {
        Assert.That(Gpugan.Run(["train", .. Training, "--out", folder["whole"]]).ExitCode, Is.Zero);
        return Results(folder["whole"]);
    }

    // Losses of every epoch, and all metrics but times, engine and the folder's name.
    private static string Results(string run)
    {
        JsonObject metrics = JsonNode.Parse(File.ReadAllText(Path.Join(run, "metrics.json")))!.AsObject();
        foreach (string name in (string[])["times", "engine", "run_folder"])
        {
            Assert.That(metrics.Remove(name));
        }

        return metrics.ToJsonString() + File.ReadAllText(Path.Join(run, "losses.csv")) +
            Convert.ToHexString(File.ReadAllBytes(Path.Join(run, "weights.safetensors")));
    }
}
