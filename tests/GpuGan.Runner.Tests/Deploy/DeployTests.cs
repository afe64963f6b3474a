using System.Text.RegularExpressions;

namespace GpuGan.Runner.Tests.Deploy;

/// <summary>What the files of <c>deploy</c> ask the program for, it understands: each part finds its shard there.</summary>
[NonParallelizable]
internal sealed class DeployTests
{
    private static readonly string Folder = Path.Join(AppContext.BaseDirectory, "Deploy");

    // Planning takes a second; the last part shows where counting begins as the first would.
    [TestCase(0, Category = "Slow")]
    [TestCase(7)]
    public void A_pod_of_the_Indexed_Job_finds_its_shard(int index)
    {
        string yaml = File.ReadAllText(Path.Join(Folder, "sweep.yaml"));
        string[] args = [.. Regex.Match(yaml, @"args:\n((?: +- .+\n)+)").Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()[2..])];
        Assert.Multiple(() =>
        {
            Assert.That(args[0], Is.EqualTo("sweep"));
            Assert.That(args, Does.Contain("--shards=8"));
            Assert.That(yaml, Does.Contain("completionMode: Indexed\n  completions: 8\n"));
            Assert.That(args.Single(arg => arg.StartsWith("--out=", StringComparison.Ordinal)), Does.StartWith("--out=/sweep/"), "on the volume");
            Assert.That(yaml, Does.Contain("mountPath: /sweep\n"));
            Assert.That(Plan(args, ("JOB_COMPLETION_INDEX", $"{index}")), Does.Match($@"\n *shard +{index + 1}/8"));
        });
    }

    [TestCase(1, Category = "Slow")]
    [TestCase(8)]
    public void A_task_of_the_array_finds_its_shard(int task)
    {
        string script = File.ReadAllText(Path.Join(Folder, "sweep.sbatch"));
        Match example = Regex.Match(script, @"# +sbatch --array=1-8 deploy/slurm/sweep\.sbatch (.+)\n"), command = Regex.Match(script, "exec gpugan (.+) \"\\$@\"\n");
        Assert.That((example.Success, command.Success), Is.EqualTo((true, true)));
        string own = command.Groups[1].Value.Replace("\"${SLURM_CPUS_PER_TASK:-0}\"", "1", StringComparison.Ordinal);
        string plan = Plan(
            [.. own.Split(' '), .. example.Groups[1].Value.Split(' ')],
            ("SLURM_ARRAY_TASK_ID", $"{task}"),
            ("SLURM_ARRAY_TASK_COUNT", "8"),
            ("SLURM_ARRAY_TASK_MIN", "1"),
            ("SLURM_ARRAY_TASK_STEP", "1"));
        Assert.That(plan, Does.Match($@"\n *shard +{task}/8"));
    }

    private static string Plan(string[] args, params (string Name, string Value)[] variables)
    {
        foreach ((string name, string value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        try
        {
            Gpugan run = Gpugan.Run([.. args, "--device", "cpu", "--plan"]);
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
            return run.Output;
        }
        finally
        {
            foreach ((string name, _) in variables)
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }
}
