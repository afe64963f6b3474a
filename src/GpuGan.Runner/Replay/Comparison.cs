using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Stepwise;
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

    /// <summary>Trains along a trace.</summary>
    public static Comparison Of(Trace trace, Device device)
    {
        Tolerances tolerances = trace.Tolerances;
        Largest lossD = new(), lossG = new();
        List<Deviation> kept = [];
        int? horizon = null;
        int noisePerStep = trace.Noise.Length / trace.Steps;
        int batches = (trace.Data.Rows + trace.Settings.BatchSize - 1) / trace.Settings.BatchSize;
        using StepwiseTrainer trainer = new(device, trace.Settings, trace.Data, trace.Initial);
        for (int step = 1; step <= trace.Steps; step++)
        {
            int firstRow = (step - 1) % batches * trace.Settings.BatchSize;
            int rows = Math.Min(trace.Settings.BatchSize, trace.Data.Rows - firstRow);
            (float d, float g) = trainer.TrainStep(trace.Noise.AsSpan((step - 1) * noisePerStep, rows * trace.Settings.Generator.Inputs));
            double offD = Math.Abs(d - trace.LossD[step - 1]), offG = Math.Abs(g - trace.LossG[step - 1]);
            if (!(offD <= HorizonDeviation && offG <= HorizonDeviation))
            {
                horizon ??= step - 1;
            }

            if (step <= tolerances.UntilStep)
            {
                lossD.See(step, offD);
                lossG.See(step, offG);
            }

            if (trace.KeptSteps.Contains(step))
            {
                GanParameters gradients = trainer.ReadGradients();
                kept.Add(new Deviation("discriminator gradient", step, Far(gradients.DiscriminatorValues, trace.GradientD(step)), null));
                kept.Add(new Deviation("generator gradient", step, Far(gradients.GeneratorValues, trace.GradientG(step)), null));
                kept.Add(new Deviation(
                    "parameters", step, Far(trainer.ReadParameters().Values, trace.After(step)), step <= tolerances.UntilStep ? tolerances.Parameter : null));
            }
        }

        return new Comparison(
            [lossD.ToDeviation("loss_d", tolerances.Loss), lossG.ToDeviation("loss_g", tolerances.Loss), .. kept],
            horizon ?? trace.Steps,
            tolerances.LeastHorizon);
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
