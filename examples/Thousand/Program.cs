using GpuGan.Kernels;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

// A thousand GANs, each with learning rates and rows of its own, by two devices at once; Ctrl-C ends them.
using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};
GanOptions options = new() { Devices = Gan.Devices.Count > 2 ? [.. Gan.Devices.Take(2)] : ["cpu", "cpu"] };
Progress<TrainingProgress> progress = new(now => Console.Error.Write($"\r{now.Members} of {now.TotalMembers}, {now.Share:p0}, {now.StepsPerSecond:0.0e+0} steps/s "));
int converged = 0;
try
{
    await foreach (TrainedMember member in Gan.Population(Gaussian.Chapter, rows: 1000, count: 1000, SettingsOf, options, progress, stop.Token))
    {
        converged += member.Verdict.Converged ? 1 : 0;
    }

    Console.WriteLine($"{converged} of 1000 converged");
}
catch (OperationCanceledException)
{
    Console.WriteLine($"ended early, {converged} converged");
}

static TrainingSettings SettingsOf(int member) => new() { Seed = (ulong)member, LrD = 0.02 * (1 + (member % 5)), LrG = 0.002 * (1 + (member / 5 % 5)) };
