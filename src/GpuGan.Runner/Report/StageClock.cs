using System.Diagnostics;
using System.Text.Json.Nodes;

namespace GpuGan.Runner.Report;

/// <summary>Seconds of the stages of a run.</summary>
internal sealed class StageClock
{
    private readonly JsonObject times = [];
    private long start = Stopwatch.GetTimestamp();

    /// <summary>Ends a stage, which began when the one before it ended.</summary>
    public void End(string stage)
    {
        times[stage] = Seconds(Stopwatch.GetElapsedTime(start));
        start = Stopwatch.GetTimestamp();
    }

    /// <summary>All stages so far, and <c>total</c>: since the process started.</summary>
    public JsonObject ToJson()
    {
        JsonObject all = times.DeepClone().AsObject();
        using Process process = Process.GetCurrentProcess();
        all["total"] = Seconds(DateTime.Now - process.StartTime);
        return all;
    }

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 4);
}
