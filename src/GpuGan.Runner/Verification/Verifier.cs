using System.Diagnostics;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Replay;

namespace GpuGan.Runner.Verification;

/// <summary>Trains the same on every accelerator, and compares.</summary>
/// <remarks>
/// The first accelerator is the reference. Its trainings are compared with the checksums that they have on all machines, those of
/// the others with its own, number by number.
/// </remarks>
internal static class Verifier
{
    /// <summary>Runs all checks, one after the other.</summary>
    /// <param name="accelerators">The reference first.</param>
    /// <param name="trainings">What is trained on each.</param>
    /// <param name="traces">Names of <see cref="ReferenceTraces"/>.</param>
    public static IEnumerable<Check> Run(
        IReadOnlyList<VerifiedAccelerator> accelerators, IReadOnlyList<TrainingCase> trainings, IReadOnlyList<string> traces)
    {
        Dictionary<TrainingCase, TrainingOutcome> expected = [];
        foreach (VerifiedAccelerator accelerator in accelerators)
        {
            Device? device = null;
            Check opening = Measure(new Check(accelerator.Name, "opening it", "nothing"), check =>
            {
                device = accelerator.Open();
                return check with { Holds = true };
            });
            if (device is null)
            {
                yield return opening;
                continue;
            }

            using (device)
            {
                foreach (TrainingCase training in trainings.Where(training => training.IsShort || !accelerator.IsSlow))
                {
                    yield return accelerator == accelerators[0]
                        ? Measure(new Check(accelerator.Name, training.Name, "known checksum"), check =>
                        {
                            expected[training] = TrainingOutcome.Of(training, device, Engine.Stepwise);
                            return AgainstChecksum(check, training, expected[training]);
                        })
                        : Measure(new Check(accelerator.Name, training.Name, accelerators[0].Name), check =>
                            Against(check, expected.GetValueOrDefault(training), TrainingOutcome.Of(training, device, Engine.Stepwise)));
                }

                foreach (TrainingCase training in trainings.Where(training => training.HasChaptersNetworks && (training.IsShort || !accelerator.IsSlow)))
                {
                    yield return Measure(new Check(accelerator.Name, $"{training.Name}, compiled", $"{accelerators[0].Name}, stepwise"), check =>
                        Against(check, expected.GetValueOrDefault(training), TrainingOutcome.Of(training, device, Engine.Compiled)));
                }

                foreach (TrainingCase training in trainings.Where(training => !accelerator.IsSlow))
                {
                    yield return Measure(new Check(accelerator.Name, $"{training.Name}, tiled", $"{accelerators[0].Name}, stepwise"), check =>
                        Against(check, expected.GetValueOrDefault(training), TrainingOutcome.Of(training, device, Engine.Tiled)));
                }

                foreach (string trace in accelerator.IsSlow ? [] : traces)
                {
                    yield return Measure(new Check(accelerator.Name, $"recorded {trace}", "PyTorch"), check =>
                        Against(check, Comparison.Of(ReferenceTraces.Open(trace), device)));
                }
            }
        }
    }

    /// <summary>Judges a training of the reference.</summary>
    public static Check AgainstChecksum(Check check, TrainingCase training, TrainingOutcome outcome)
    {
        bool same = outcome.WeightsSha256 == training.WeightsSha256;
        return check with { Holds = same, SameBits = same, WeightsSha256 = outcome.WeightsSha256 };
    }

    /// <summary>Judges a training of another accelerator.</summary>
    public static Check Against(Check check, TrainingOutcome? reference, TrainingOutcome outcome)
    {
        if (reference is null)
        {
            return check with { Problem = "the reference has failed", WeightsSha256 = outcome.WeightsSha256 };
        }

        bool same = outcome.HasBitsOf(reference);
        return check with
        {
            Holds = same,
            SameBits = same,
            LargestDeviation = outcome.LargestDeviation(reference),
            WeightsSha256 = outcome.WeightsSha256,
        };
    }

    /// <summary>Judges a training along a recorded one; the deviation that is told is the one nearest to its tolerance.</summary>
    public static Check Against(Check check, Comparison comparison)
    {
        // MinBy of the negative, as it takes NaN for the smallest, where MaxBy would pass it over.
        Deviation nearest = comparison.Deviations
            .Where(deviation => deviation.Tolerance is not null)
            .MinBy(deviation => -deviation.Largest / deviation.Tolerance!.Value)!;
        return check with
        {
            Holds = comparison.Holds,
            LargestDeviation = nearest.Largest,
            Tolerance = nearest.Tolerance,
            Problem = comparison.Horizon < comparison.LeastHorizon
                ? $"parity ends after step {comparison.Horizon}; {comparison.LeastHorizon} is the least"
                : null,
        };
    }

    // What fails on an accelerator is a disagreement to be told, not the end of the others.
    private static Check Measure(Check check, Func<Check, Check> compare)
    {
        Stopwatch clock = Stopwatch.StartNew();
        try
        {
            check = compare(check);
        }
        catch (Exception exception)
        {
            check = check with { Problem = exception.Message };
        }

        return check with { Time = clock.Elapsed };
    }
}
