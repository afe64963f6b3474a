using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests.Sweeps;

internal sealed class ShardTests
{
    [TestCase("1/8", 1, 8)]
    [TestCase("8/8", 8, 8)]
    [TestCase("1/1", 1, 1)]
    public void The_option_counts_from_one(string text, int index, int count) => Assert.That(Shard.Find(text, null, _ => "99"), Is.EqualTo(new Shard(index, count)));

    [TestCase("0/8")]
    [TestCase("9/8")]
    [TestCase("8")]
    [TestCase("-1/8")]
    [TestCase("1/8/2")]
    [TestCase("a/b")]
    [TestCase("1/0")]
    [TestCase("1/100001")]
    public void A_part_that_is_none_is_told(string text)
    {
        Gpugan run = Gpugan.Run("sweep", "--shard", text);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((2, $"gpugan: --shard '{text}' is no part; write i/n, i from 1 to n, such as 1/8\n")));
    }

    [TestCase("1", "8", "1", null, 1, 8)]
    [TestCase("8", "8", "1", "1", 8, 8)]
    [TestCase("0", "8", "0", null, 1, 8)]
    [TestCase("104", "5", "100", "1", 5, 5)]
    public void A_Slurm_array_begins_anywhere(string id, string count, string least, string? step, int index, int of)
    {
        Assert.That(Shard.Find(null, null, Slurm(id, count, least, step)), Is.EqualTo(new Shard(index, of)));
    }

    [TestCase("3", "4", "1", "2", null, "the Slurm array has a step of 2; submit it without one, such as --array=1-8, or say by --shards N how many parts there are")]
    [TestCase("7", "3", "1", null, null, "task 7 is outside an array of 3 tasks from 1 on; submit one without gaps, such as --array=1-8")]
    [TestCase("9", "8", "2", null, 8, "task 9 of the Slurm array is none of --shards 8, which are counted from 1; submit --array=1-8, or some of these")]
    [TestCase("0", "8", "0", null, 8, "task 0 of the Slurm array is none of --shards 8, which are counted from 1; submit --array=1-8, or some of these")]
    [TestCase("3", null, "1", null, null, "SLURM_ARRAY_TASK_ID is set and SLURM_ARRAY_TASK_COUNT is not; write --shard i/n")]
    [TestCase("x", "3", "1", null, null, "SLURM_ARRAY_TASK_ID is 'x', no whole number; write --shard i/n")]
    public void A_Slurm_array_that_is_no_division_is_told(string id, string? count, string least, string? step, int? shards, string problem)
    {
        Assert.That(() => Shard.Find(null, shards, Slurm(id, count, least, step)), Throws.InstanceOf<CommandException>().With.Message.EqualTo(problem));
    }

    [TestCase("3", "1", "3", "1")]
    [TestCase("3", "2", "3", "1")]
    [TestCase("3", "4", "1", "2")]
    [TestCase("3", "8", "1", null)]
    public void Tasks_of_an_array_whose_parts_are_counted_do_the_parts_of_their_numbers(string id, string count, string least, string? step) =>
        Assert.That(Shard.Find(null, 8, Slurm(id, count, least, step)), Is.EqualTo(new Shard(3, 8)));

    [Test]
    public void A_Slurm_array_with_gaps_is_told_to_each_of_its_tasks()
    {
        string? Gaps(string name) => name == "SLURM_ARRAY_TASK_MAX" ? "4" : Slurm("1", "3", "1", null)(name);
        Assert.That(() => Shard.Find(null, null, Gaps), Throws.InstanceOf<CommandException>().With.Message.EqualTo(
            "the Slurm array has 3 tasks from 1 to 4; submit one without gaps, such as --array=1-8, or for some of its tasks again say by --shards N how many parts there are"));
    }

    [Test]
    public void A_Kubernetes_job_counts_from_zero()
    {
        Assert.That(Shard.Find(null, 8, Kubernetes("0")), Is.EqualTo(new Shard(1, 8)));
        Assert.That(Shard.Find(null, 8, Kubernetes("7")), Is.EqualTo(new Shard(8, 8)));
        Assert.That(() => Shard.Find(null, 8, Kubernetes("8")), Throws.InstanceOf<CommandException>().With.Message.Contains("outside --shards 8"));
        Assert.That(() => Shard.Find(null, null, Kubernetes("0")), Throws.InstanceOf<CommandException>().With.Message.Contains("add --shards N"));
    }

    [Test]
    public void Without_a_cluster_there_is_one_part()
    {
        Assert.That(Shard.Find(null, null, _ => null), Is.EqualTo(Shard.Whole));
        Assert.That(() => Shard.Find(null, 8, _ => null), Throws.InstanceOf<CommandException>().With.Message.Contains("write --shard i/n"));
        Assert.That(() => Shard.Find("1/8", 8, _ => null), Throws.InstanceOf<CommandException>().With.Message.Contains("leave --shards out"));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(100)]
    [TestCase(1000)]
    public void Parts_cover_the_work_once_and_cost_the_same(int count)
    {
        Dictionary<string, IReadOnlyList<string>> texts = new() { ["epochs"] = ["1", "10", "300"], ["lr_d"] = ["lin:1:2:20"], ["seeds"] = ["5"] };
        SweepPlan plan = new(SweepSpecification.Of(new SweepRequest(null, texts), 2, null));
        WorkRange[] parts = [.. Enumerable.Range(1, count).Select(index => new Shard(index, count).WorkOf(plan))];
        double[] costs = [.. parts.Select(part => plan.Groups.Sum(group => (double)group.Settings.Cost * group.Work.Intersect(part).Count))];
        double largest = (double)plan.Groups[^1].Settings.Cost;
        Assert.Multiple(() =>
        {
            Assert.That(parts[0].Start, Is.Zero);
            Assert.That(parts[^1].End, Is.EqualTo(plan.Members));
            Assert.That(parts.Zip(parts.Skip(1)), Has.All.Matches<(WorkRange One, WorkRange Next)>(pair => pair.One.End == pair.Next.Start));
            Assert.That(costs, Is.All.EqualTo(costs.Average()).Within(largest), "to a member");
        });
    }

    private static Func<string, string?> Slurm(string id, string? count, string least, string? step) => name => name switch
    {
        "SLURM_ARRAY_TASK_ID" => id,
        "SLURM_ARRAY_TASK_COUNT" => count,
        "SLURM_ARRAY_TASK_MIN" => least,
        "SLURM_ARRAY_TASK_STEP" => step,
        _ => null,
    };

    private static Func<string, string?> Kubernetes(string index) => name => name == "JOB_COMPLETION_INDEX" ? index : null;
}
