using System.Globalization;
using System.Numerics;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Sweeps.Specification;

/// <summary>A part of a sweep that one machine of several does.</summary>
/// <param name="Index">Which part, from 1.</param>
/// <param name="Count">Of how many.</param>
internal readonly record struct Shard(int Index, int Count)
{
    /// <summary>The most parts of a sweep.</summary>
    public const int MostShards = 100_000;

    /// <summary>The whole sweep.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>The part that the options name, or the cluster by its variables.</summary>
    /// <param name="shard">The value of <c>--shard</c>, <c>i/n</c>; null where it is not given.</param>
    /// <param name="shards">The value of <c>--shards</c>; null where it is not given, and a Slurm array is the whole sweep.</param>
    /// <param name="variable">The value of an environment variable; null where it is not set.</param>
    /// <exception cref="CommandException">The options, or the variables, name no part.</exception>
    public static Shard Find(string? shard, int? shards, Func<string, string?> variable)
    {
        if (shard is not null)
        {
            return shards is null ? Parse(shard) : throw Refuse("--shard names the part and the number of parts; leave --shards out");
        }

        if (variable("SLURM_ARRAY_TASK_ID") is string task)
        {
            return OfSlurm(task, shards, variable);
        }

        if (variable("JOB_COMPLETION_INDEX") is string index)
        {
            int count = shards ?? throw Refuse("JOB_COMPLETION_INDEX is set, so this is a part of a Kubernetes job; add --shards N, its completions, or --shard i/n");
            int part = Number("JOB_COMPLETION_INDEX", index);
            return part < count
                ? new Shard(part + 1, count)
                : throw Refuse($"JOB_COMPLETION_INDEX {part} is outside --shards {count}; indices are 0 to {count - 1}");
        }

        return shards is null ? Whole : throw Refuse("--shards is for a Slurm array or a Kubernetes Indexed Job, and neither is here; write --shard i/n");
    }

    /// <summary>The places in the order of work that are this part's: of equal cost, whatever the networks and epochs.</summary>
    public WorkRange WorkOf(SweepPlan plan) => Count == 1
        ? new WorkRange(0, plan.Members)
        : new WorkRange(Boundary(plan, Index - 1), Boundary(plan, Index));

    public override string ToString() => $"{Index}/{Count}";

    private static Shard Parse(string text)
    {
        string[] parts = text.Split('/');
        return parts is [string i, string n] && TryNumber(i, out int index) && TryNumber(n, out int count)
            && count is >= 1 and <= MostShards && index >= 1 && index <= count
            ? new Shard(index, count)
            : throw Refuse($"--shard {OneLine.Quote(text)} is no part; write i/n, i from 1 to n, such as 1/8");
    }

    private static Shard OfSlurm(string task, int? shards, Func<string, string?> variable)
    {
        int id = Number("SLURM_ARRAY_TASK_ID", task);
        if (shards is int all)
        {
            // Whatever other tasks there are: some of them may be submitted again.
            return id >= 1 && id <= all
                ? new Shard(id, all)
                : throw Refuse($"task {id} of the Slurm array is none of --shards {all}, which are counted from 1; submit --array=1-{all}, or some of these");
        }

        int count = Needed("SLURM_ARRAY_TASK_COUNT"), least = Needed("SLURM_ARRAY_TASK_MIN");
        int step = variable("SLURM_ARRAY_TASK_STEP") is string text ? Number("SLURM_ARRAY_TASK_STEP", text) : 1;
        if (step != 1)
        {
            throw Refuse($"the Slurm array has a step of {step}; submit it without one, such as --array=1-8, or say by --shards N how many parts there are");
        }

        // Slurm counts the tasks that there are; with gaps the last of them would find no part.
        if (variable("SLURM_ARRAY_TASK_MAX") is string max && Number("SLURM_ARRAY_TASK_MAX", max) - least != count - 1)
        {
            throw Refuse($"the Slurm array has {count} tasks from {least} to {max}; submit one without gaps, such as --array=1-8, or for some of its tasks again say by --shards N how many parts there are");
        }

        return id >= least && id - least < count && count <= MostShards
            ? new Shard(id - least + 1, count)
            : throw Refuse($"task {id} is outside an array of {count} tasks from {least} on; submit one without gaps, such as --array=1-8");

        int Needed(string name) => Number(name, variable(name) ?? throw Refuse($"SLURM_ARRAY_TASK_ID is set and {name} is not; write --shard i/n"));
    }

    // The first place whose work begins at or after a share of the whole cost.
    private int Boundary(SweepPlan plan, int part)
    {
        BigInteger total = 0, before = 0;
        foreach (KernelGroup group in plan.Groups)
        {
            total += (BigInteger)group.Settings.Cost * group.Work.Count;
        }

        BigInteger wanted = total * part / Count;
        foreach (KernelGroup group in plan.Groups)
        {
            BigInteger cost = group.Settings.Cost, all = cost * group.Work.Count;
            if (before + all >= wanted)
            {
                return group.Work.Start + (int)((wanted - before + cost - 1) / cost);
            }

            before += all;
        }

        return plan.Members;
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static int Number(string name, string text) =>
        TryNumber(text, out int number) ? number : throw Refuse($"{name} is {OneLine.Quote(text)}, no whole number; write --shard i/n");

    private static CommandException Refuse(string problem) => new(ExitCode.Usage, problem);
}
