namespace GpuGan.Kernels.Devices;

/// <summary>
/// How many steps a launch takes: about a fifth of a second's, so that progress is seen, a stop is soon, and no watchdog of a
/// display ends it; yet enough for the cost of a launch not to count.
/// </summary>
internal sealed class LaunchPace
{
    // The first launch includes compiling; growth without a bound would trust a clock that hardly moved.
    private const double Seconds = 0.2, MostGrowth = 8;

    /// <summary>Steps of the next launch, at least 1.</summary>
    public int Steps { get; private set; } = 1;

    /// <summary>Learns from a launch.</summary>
    /// <param name="steps">Its steps; one that was cut short by the end of a training says less and is not listened to.</param>
    /// <param name="elapsed">How long it took.</param>
    public void Learn(int steps, TimeSpan elapsed)
    {
        double wanted = steps * Seconds / Math.Max(elapsed.TotalSeconds, 1e-6);
        if (steps >= Steps || wanted < Steps)
        {
            Steps = (int)Math.Clamp(wanted, 1, Math.Min(Steps * MostGrowth, int.MaxValue));
        }
    }
}
