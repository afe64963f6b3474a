using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GpuGan.Runner.Tests.Commands;

/// <summary>What only a process of its own can show: signals, exit codes, the default folder, no stack trace.</summary>
internal sealed class ProcessTests
{
    private static readonly string[] Endless = ["--epochs", "1000000", "--rows", "80", "--no-plots", "--device", "cpu"];

    [Test]
    public void Results_go_to_a_folder_of_their_own_and_the_exit_code_is_zero()
    {
        using TemporaryFolder folder = new();
        using Process process = Gpugan.Start(folder.Path, "--rows", "50", "--epochs", "1", "--device", "cpu");
        Gpugan run = Gpugan.Finish(process);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Error, Does.StartWith("epoch 1/1  loss_d "));
            Assert.That(run.Output, Does.Match(@"run folder +runs/\d{8}-\d{6}-seed0\n"));
            Assert.That(Directory.GetFiles(Directory.GetDirectories(folder["runs"]).Single()), Has.Length.EqualTo(15), "5 pictures twice, 5 files");
        });
    }

    [TestCase(2, "gpugan: unknown option '--xyzzy'; 'gpugan train --help' lists what there is", "--xyzzy")]
    [TestCase(1, "gpugan: no-such.csv: no such file or folder", "--data", "no-such.csv")]
    public void An_error_is_one_line_and_an_exit_code(int exitCode, string line, params string[] args)
    {
        using TemporaryFolder folder = new();
        using Process process = Gpugan.Start(folder.Path, args);
        Gpugan run = Gpugan.Finish(process);
        Assert.That((run.ExitCode, run.Error.TrimEnd(), run.Output), Is.EqualTo((exitCode, line, "")));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void The_first_interrupt_finishes_the_epoch_and_writes()
    {
        using TemporaryFolder folder = new();
        using Process process = Gpugan.Start(folder.Path, [.. Endless, "--out", "run"]);
        WaitForTraining(process);
        Signal(process, "INT");
        Gpugan run = Gpugan.Finish(process);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(130), run.Error);
            Assert.That(run.Error, Does.Match(@"gpugan: interrupted after \d+ of 1000000 epochs; what there is was written, 'gpugan resume run' goes on\n"));
            Assert.That(run.Output, Does.Contain("verdict "));
            Assert.That(File.ReadAllText(folder["run/metrics.json"]), Does.Contain("\"interrupted\": true"));
            Assert.That(SafetensorsFile.Read(folder["run/weights.safetensors"]).Names, Has.Count.EqualTo(8));
        });
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void The_first_interrupt_of_a_population_finishes_the_chunk_and_writes()
    {
        using TemporaryFolder folder = new();
        using Process process = Gpugan.Start(
            folder.Path, "train", "--population", "1000000", "--rows", "8", "--epochs", "200", "--no-plots", "--device", "cpu", "--out", "run");
        while (!process.StandardOutput.ReadLine()!.StartsWith("data", StringComparison.Ordinal))
        {
        }

        Signal(process, "INT");
        Gpugan run = Gpugan.Finish(process);
        Match told = Regex.Match(run.Error, @"\ngpugan: interrupted after (\d+) of 1000000 members; what there is was written\n$");
        int members = int.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture);
        string[] rows = File.ReadAllLines(folder["run/members.csv"]);
        string summary = File.ReadAllText(folder["run/summary.json"]);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(130), run.Error);
            Assert.That(members, Is.InRange(1, 999_999));
            Assert.That(rows, Has.Length.EqualTo(1 + members));
            Assert.That(rows[^1], Does.StartWith($"{members - 1},{members - 1},"));
            Assert.That(summary, Does.Contain($"\"members\": {members},").And.Contain("\"interrupted\": true"));
        });
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Rows_end_when_nobody_reads_them_any_more()
    {
        // A billion rows would take many minutes.
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["g.safetensors"], Files.SafetensorsBytes.Counting([], "0.weight:2x2", "0.bias:2"));
        using Process process = Gpugan.Start(folder.Path, "sample", "g.safetensors", "-n", "1000000000");
        Assert.That(process.StandardOutput.ReadLine(), Is.EqualTo("x1,x2"));
        process.StandardOutput.Close();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That((process.ExitCode, error), Is.EqualTo((0, "")));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void The_second_interrupt_ends_at_once()
    {
        // An epoch of many minutes: only the second signal can end it.
        using TemporaryFolder folder = new();
        using Process process = Gpugan.Start(folder.Path, "--rows", "2000000", "--batch-size", "1", "--device", "cpu", "--out", "run");
        WaitForFile(folder["run/settings.json"], process);
        Signal(process, "INT");
        Assert.That(process.StandardError.ReadLine(), Is.EqualTo("finishing the epoch; Ctrl-C again stops at once"));
        Signal(process, "INT");
        Gpugan run = Gpugan.Finish(process);
        Assert.That(run.ExitCode, Is.EqualTo(130));
        Assert.That(File.Exists(folder["run/metrics.json"]), Is.False);
    }

    [Test]
    public void A_kill_while_a_file_is_written_leaves_nothing_under_its_final_name()
    {
        // Four megabytes of weights: the kill comes as soon as there is anything of them.
        using TemporaryFolder folder = new();
        using Process process = Gpugan.Start(
            folder.Path, "--discriminator", "2-1000-1000-1", "--rows", "1", "--epochs", "1", "--no-plots", "--device", "cpu", "--quiet", "--out", "run");
        while (!Directory.Exists(folder["run"]) || Directory.GetFiles(folder["run"], "*weights*").Length == 0)
        {
            Assert.That(process.HasExited, Is.False);
            Thread.Sleep(1);
        }

        process.Kill();
        process.WaitForExit();
        RequireWhole(folder["run"]);
        Assert.That(File.Exists(folder["run/metrics.json"]), Is.False, "the kill came before the end");
    }

    // The first comes between two files, however fast the machine is; more moments are tried where there is time.
    [TestCase(1)]
    [TestCase(6, Category = "Slow")]
    public void A_kill_at_any_moment_leaves_whole_files_only(int kills)
    {
        for (int kill = 0; kill < kills; kill++)
        {
            using TemporaryFolder folder = new();
            using Process process = Gpugan.Start(folder.Path, "--rows", "50", "--epochs", "1", "--device", "cpu", "--quiet", "--out", "run");
            WaitForFile(folder[kill % 2 == 0 ? "run/weights.safetensors" : "run/settings.json"], process);
            Thread.Sleep(kill * 80);
            process.Kill();
            process.WaitForExit();
            RequireWhole(folder["run"]);
        }
    }

    // Every file that has its final name is whole; with metrics.json everything is there.
    private static void RequireWhole(string run)
    {
        if (!Directory.Exists(run))
        {
            return;
        }

        string[] files = [.. Directory.GetFiles(run).Select(file => Path.GetFileName(file)).Where(name => !name.EndsWith(".tmp", StringComparison.Ordinal))];
        Assert.That(files, Does.Contain("settings.json"));
        foreach (string name in files)
        {
            byte[] bytes = File.ReadAllBytes(Path.Join(run, name));
            switch (Path.GetExtension(name))
            {
                case ".json":
                    using (System.Text.Json.JsonDocument.Parse(bytes))
                    {
                        break;
                    }

                case ".safetensors":
                    _ = SafetensorsFile.Parse(name, bytes);
                    break;
                case ".png":
                    Assert.That(bytes.AsSpan(^12..).ToArray(), Is.EqualTo(new byte[] { 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82 }), name);
                    break;
                case ".svg":
                    Assert.That(System.Text.Encoding.UTF8.GetString(bytes).TrimEnd(), Does.EndWith("</svg>"), name);
                    break;
                default:
                    Assert.That(bytes[^1], Is.EqualTo((byte)'\n'), name);
                    break;
            }
        }

        Assert.That(files, Has.Length.EqualTo(15).Or.Not.Contain("metrics.json"));
    }

    private static void WaitForTraining(Process process)
    {
        while (!process.StandardOutput.ReadLine()!.StartsWith("in theory", StringComparison.Ordinal))
        {
        }
    }

    private static void WaitForFile(string path, Process process)
    {
        while (!File.Exists(path))
        {
            Assert.That(process.HasExited, Is.False);
            Thread.Sleep(20);
        }
    }

    private static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
