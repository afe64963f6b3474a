using System.Text.Json.Nodes;
using GpuGan.Runner.Commands;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Sweeps;

/// <summary>What a sweep will take, before anything of it is run: the accelerators are tried for some tenths of a second.</summary>
internal static class SweepEstimate
{
    private const double SecondsOfLaunch = 0.2;
    private const int LaunchesOfChunk = 8;

    /// <summary>Prints the estimate.</summary>
    public static ExitCode Print(SweepArguments arguments, SweepPlan plan, Shard shard, SweepData data, string path, TextWriter output)
    {
        WorkRange own = shard.WorkOf(plan);
        IReadOnlyList<SweepDevice> devices = arguments.Devices.Open(data, arguments.Chunk);
        try
        {
            // Each engine is tried with its largest group; others are as much slower as they compute more.
            double seconds = 0, launches = 0;
            long memory = 0;
            int chunks = 0, kernels = 0;
            foreach (IGrouping<bool, KernelGroup> engine in plan.Groups.Where(group => Count(group) > 0).GroupBy(group => group.IsCompiled))
            {
                KernelGroup tried = engine.MaxBy(group => (double)group.Settings.Cost * Count(group))!;
                double costPerSecond = devices.Sum(device => device.Measure(plan, tried)) * tried.Settings.CostOfStep;
                foreach (KernelGroup group in engine)
                {
                    double ownSeconds = (double)group.Settings.Cost * Count(group) / costPerSecond;
                    int size = group.IsCompiled ? devices.Max(device => device.ChunkOf(group, Count(group))) : 1;
                    int some = (Count(group) + size - 1) / size;
                    seconds += ownSeconds;
                    chunks += some;
                    kernels += group.IsCompiled ? 1 : 0;
                    launches += group.IsCompiled ? (ownSeconds / SecondsOfLaunch) + (some * LaunchesOfChunk) : 8.0 * group.Settings.Steps * Count(group);
                    memory = Math.Max(memory, group.IsCompiled ? devices.Max(device => device.BytesOf(plan, group, size)) : 0);
                }
            }

            JsonObject json = new()
            {
                ["members"] = own.Count,
                ["cells"] = plan.Points,
                ["seeds"] = plan.Specification.Seeds,
                ["kernels"] = kernels,
                ["chunks"] = chunks,
                ["device_bytes"] = memory,
                ["result_bytes"] = (long)own.Count * MemberResult.Size,
                ["launches"] = Math.Round(launches),
                ["seconds"] = Math.Round(seconds, 2),
                ["run_folder"] = path,
            };
            if (arguments.Json)
            {
                output.Write(Json.Document(json));
                return ExitCode.Done;
            }

            SweepReport.WritePlan(output, plan);
            if (shard != Shard.Whole)
            {
                Line("shard", $"{shard}, {own.Count:n0} members");
            }

            Line("kernels", $"{kernels:n0} to compile{(plan.Groups.Any(group => !group.IsCompiled) ? "; larger networks by the stepwise engine, one member at a time" : "")}");
            Line("chunks", $"about {chunks:n0}");
            Line("memory", $"{memory / 1e6:f1} MB on a device for a chunk, {(double)own.Count * MemberResult.Size / 1e6:f1} MB of results on the disk");
            Line("launches", $"about {launches:n0}");
            Line("time", $"about {(seconds < 3600 ? $@"{TimeSpan.FromSeconds(seconds):m\:ss}" : $"{seconds / 3600:n1} hours")}, compiling not included");
            Line("device", string.Join(", ", devices.Select(device => $"{device.Word} ({device.Name})")));
            Line("run folder", path);
            return ExitCode.Done;
        }
        finally
        {
            foreach (SweepDevice device in devices)
            {
                device.Dispose();
            }
        }

        int Count(KernelGroup group) => group.Work.Intersect(own).Count;

        void Line(string name, string text) => PopulationReport.Line(output, name, text);
    }
}
