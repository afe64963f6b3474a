using System.Text.Json.Nodes;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Sweeps.Execution;

/// <summary>What a sweep will take, before anything of it is run.</summary>
/// <param name="Members">Members of the part.</param>
/// <param name="ResultBytes">What the results take on the disk, at most.</param>
/// <param name="Kernels">Kernels that are compiled, for a group of members or for several.</param>
/// <param name="Chunks">Trained one after the other by an accelerator.</param>
/// <param name="DeviceBytes">Memory of an accelerator for a chunk.</param>
/// <param name="Launches">Of kernels.</param>
/// <param name="Seconds">With compiling.</param>
/// <param name="CompilingSeconds">Of these, to compile the kernels.</param>
/// <param name="IsWide">Whether some members are trained one a core, or one at a time, without compiling anything.</param>
internal sealed record SweepEstimate(
    int Members, long ResultBytes, int Kernels, int Chunks, long DeviceBytes, double Launches, double Seconds, double CompilingSeconds, bool IsWide)
{
    private const double SecondsOfLaunch = 0.2;
    private const double LaunchesOfChunk = 8;

    /// <summary>Tries the accelerators for some tenths of a second: each engine with its largest group; others take as much longer as they compute more.</summary>
    /// <param name="plan">The sweep's.</param>
    /// <param name="shard">The part.</param>
    /// <param name="devices">Will work on it together.</param>
    public static SweepEstimate Of(SweepPlan plan, Shard shard, OpenedDevices devices)
    {
        WorkRange own = shard.WorkOf(plan);
        SweepEstimate sum = new(own.Count, plan.Groups.Sum(group => CountOf(group) * BytesOf(group)), 0, 0, 0, 0, 0, 0, IsWide: false);
        foreach (IGrouping<bool, KernelGroup> engine in plan.Groups.Where(group => CountOf(group) > 0).GroupBy(group => SweepDevice.Compiles(plan, group)))
        {
            KernelGroup tried = engine.MaxBy(group => (double)group.Settings.Cost * CountOf(group))!;
            double costPerSecond = devices.All.Sum(device => device.Measure(plan, tried)) * tried.Settings.CostOfStep;
            int size = devices.All.Max(device => device.ChunkOf(tried, CountOf(tried)));
            foreach (KernelGroup group in engine)
            {
                double seconds = (double)group.Settings.Cost * CountOf(group) / costPerSecond;
                int chunks = (CountOf(group) + size - 1) / size;
                double launches = devices.All.Any(device => device.Launches(plan, group)) ? (seconds / SecondsOfLaunch) + (chunks * LaunchesOfChunk) : 0;
                sum = sum with
                {
                    Chunks = sum.Chunks + chunks,
                    Launches = sum.Launches + launches,
                    Seconds = sum.Seconds + seconds,
                };
            }

            // Kernels know what they take; without, it is known of each group.
            IEnumerable<KernelGroup> measured = engine.Key ? [tried] : engine;
            sum = sum with { DeviceBytes = Math.Max(sum.DeviceBytes, devices.All.Max(device => measured.Max(group => device.BytesOf(plan, group, Math.Min(size, CountOf(group)))))) };

            int kernels = engine.Select(group => group.Code).Distinct().Count();
            sum = engine.Key
                ? sum with
                {
                    Kernels = kernels,

                    // One after the other; several accelerators divide the groups among them.
                    CompilingSeconds = kernels * devices.All.Max(device => device.CompilingSeconds) / Math.Min(kernels, devices.All.Count),
                }
                : sum with { IsWide = true };
        }

        return sum with { Seconds = sum.Seconds + sum.CompilingSeconds };

        long BytesOf(KernelGroup group) =>
            MemberResult.SizeOf(plan.Specification.AccuracyRows is not null, plan.Specification.HasMixture) +
            (group.History is { } history ? PointBytes.SizeOf(history.CountOf(group.Settings.Training.Epochs), history.ParametersOf(group.Settings.Training)) : 0);

        int CountOf(KernelGroup group) => group.Work.Intersect(own).Count;
    }

    /// <summary>What <c>--plan --json</c> prints.</summary>
    public JsonObject ToJson() => new()
    {
        ["members"] = Members,
        ["kernels"] = Kernels,
        ["chunks"] = Chunks,
        ["device_bytes"] = DeviceBytes,
        ["result_bytes"] = ResultBytes,
        ["launches"] = Math.Round(Launches),
        ["seconds"] = Math.Round(Seconds, 2),
        ["compiling_seconds"] = Math.Round(CompilingSeconds, 2),
    };
}
