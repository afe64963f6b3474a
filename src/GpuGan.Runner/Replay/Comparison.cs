using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Replay;

/// <summary>A training along a trace, and how far the two came apart.</summary>
/// <param name="Deviations">Losses first, then the kept steps.</param>
/// <param name="Horizon">Steps before the first loss that is off by more than <see cref="HorizonDeviation"/>; all where none is.</param>
/// <param name="LeastHorizon">The least that the trace asks for; null for nothing.</param>
internal sealed record Comparison(IReadOnlyList<Deviation> Deviations, int Horizon, int? LeastHorizon)
{
    private const double HorizonDeviation = 1e-3;

    /// <summary>Whether everything that is judged is within its tolerance.</summary>
    public bool Holds => Deviations.All(deviation => deviation.Holds != false) && !(Horizon < LeastHorizon);

    /// <summary>SHA-256 of all losses and of the parameters after the kept steps: two engines that have the same have the same bits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Trains along a trace by the readable engine, and by the others where they take the networks.</summary>
    public static IReadOnlyList<(Engine Engine, Comparison Comparison)> All(Trace trace, Device device)
    {
        List<(Engine, Comparison)> all = [(Engine.Stepwise, Of(trace, device))];
        if (CompiledKernels.Fits(trace.Settings))
        {
            using CompiledFollower compiled = new(trace, device);
            all.Add((Engine.Compiled, Of(trace, compiled)));
        }

        using TrainerFollower tiled = new(trace, TiledEngine.Begin(device, trace.Settings, trace.Data, trace.Initial));
        all.Add((Engine.Tiled, Of(trace, tiled)));
        return all;
    }

    /// <summary>Trains along a trace by the readable engine.</summary>
    public static Comparison Of(Trace trace, Device device)
    {
        using TrainerFollower stepwise = new(trace, new StepwiseTrainer(device, trace.Settings, trace.Data, trace.Initial));
        return Of(trace, stepwise);
    }

    /// <summary>Trains along a trace.</summary>
    private static Comparison Of(Trace trace, IFollower follower)
    {
        Tolerances tolerances = trace.Tolerances;
        Largest lossD = new(), lossG = new();
        List<Deviation> kept = [];
        int? horizon = null;
        using IncrementalHash bits = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int step = 1; step <= trace.Steps; step++)
        {
            bool generates = trace.Generates(step);
            double? judged = step <= tolerances.UntilStep ? tolerances.Parameter : null;
            (float d, float g) = follower.Step();
            Append([d, g]);

            // Where the generator rests, it must have no loss here either.
            double offD = Math.Abs(d - trace.LossD[step - 1]), offG = generates ? Math.Abs(g - trace.LossG[step - 1]) : float.IsNaN(g) ? 0 : double.NaN;
            if (!(offD <= HorizonDeviation && offG <= HorizonDeviation))
            {
                horizon ??= step - 1;
            }

            if (step <= tolerances.UntilStep)
            {
                lossD.See(step, offD);
                lossG.See(step, offG);
            }

            if (!trace.KeptSteps.Contains(step))
            {
                continue;
            }

            if (follower.Gradients is GanParameters gradients)
            {
                kept.Add(new Deviation("discriminator gradient", step, Far(gradients.DiscriminatorValues, trace.GradientD(step)), null));
                if (generates)
                {
                    kept.Add(new Deviation("generator gradient", step, Far(gradients.GeneratorValues, trace.GradientG(step)), null));
                }
            }

            GanParameters parameters = follower.Parameters;
            Append(parameters.Values);
            kept.Add(new Deviation("parameters", step, Far(parameters.Values, trace.After(step)), judged));
            if (trace.Settings.GEma != 0)
            {
                GanParameters averages = follower.Averages;
                Append(averages.Values);
                kept.Add(new Deviation("averaged generator", step, Far(averages.GeneratorValues, trace.Average(step)), judged));
            }
        }

        return new Comparison(
            [lossD.ToDeviation("loss_d", tolerances.Loss), lossG.ToDeviation("loss_g", tolerances.Loss), .. kept],
            horizon ?? trace.Steps,
            tolerances.LeastHorizon)
        {
            Sha256 = Convert.ToHexStringLower(bits.GetHashAndReset()),
        };

        void Append(ReadOnlySpan<float> values) => bits.AppendData(MemoryMarshal.AsBytes(values));
    }

    private static double Far(ReadOnlySpan<float> values, double[] expected)
    {
        Largest largest = new();
        for (int i = 0; i < expected.Length; i++)
        {
            largest.See(0, Math.Abs(values[i] - expected[i]));
        }

        return largest.Value;
    }

    // The first largest number; a NaN is larger than all.
    private sealed class Largest
    {
        private int step = 1;

        public double Value { get; private set; }

        public void See(int atStep, double value)
        {
            if (!(value <= Value) && !double.IsNaN(Value))
            {
                (step, Value) = (atStep, value);
            }
        }

        public Deviation ToDeviation(string quantity, double tolerance) => new(quantity, step, Value, tolerance);
    }
}

/// <summary>How far a quantity is from the trace's.</summary>
/// <param name="Quantity">Its name.</param>
/// <param name="Step">Where; for a quantity of every step, where it is largest.</param>
/// <param name="Largest">The largest absolute difference; NaN where a value is none.</param>
/// <param name="Tolerance">What is allowed; null for what is shown only.</param>
internal sealed record Deviation(string Quantity, int Step, double Largest, double? Tolerance)
{
    /// <summary>Whether the tolerance is kept; null where there is none.</summary>
    public bool? Holds => Tolerance is null ? null : Largest <= Tolerance;
}
