using System.Diagnostics;
using System.Text.Json.Nodes;

namespace GpuGan.Runner.Wording;

/// <summary>Seconds of the stages of a run.</summary>
internal sealed class StageClock
{
    private readonly JsonObject times = [];
    private long start = Stopwatch.GetTimestamp();

    /// <summary>Ends a stage, which began when the one before it ended.</summary>
    /// <returns>How long it took.</returns>
    public double End(string stage)
    {
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        times[stage] = Math.Round(seconds, 4);
        start = Stopwatch.GetTimestamp();
        return seconds;
    }

    /// <summary>All stages so far, and <c>total</c>: since the process started.</summary>
    public JsonObject ToJson()
    {
        JsonObject all = times.DeepClone().AsObject();
        using Process process = Process.GetCurrentProcess();
        all["total"] = Math.Round((DateTime.Now - process.StartTime).TotalSeconds, 4);
        return all;
    }
}
