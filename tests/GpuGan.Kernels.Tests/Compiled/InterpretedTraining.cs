using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Compiled.BackEnds;
using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Compiled.Steps;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Compiled;

/// <summary>One GAN trained by the recordings of the compiled engine, line by line, with nothing emitted.</summary>
internal sealed class InterpretedTraining
{
    private readonly TrainingSettings settings;
    private readonly StateLayout layout;
    private readonly Recording training;
    private readonly float[] data, state;
    private readonly int batch, rows, stepsPerEpoch;
    private int steps;

    /// <summary>Begins a training.</summary>
    /// <param name="settings">How to train.</param>
    /// <param name="data">What to learn.</param>
    /// <param name="ownData">Where the member draws the same data from by itself; null where it reads them.</param>
    public InterpretedTraining(TrainingSettings settings, DataSet data, IDistribution? ownData = null)
    {
        (this.settings, rows, batch) = (settings, data.Rows, Math.Min(settings.BatchSize, data.Rows));
        this.data = ownData is null ? data.Values : [];
        stepsPerEpoch = ((rows - 1) / batch) + 1;
        layout = new StateLayout(settings);
        training = TrainingRecording.Record(settings, batch, ownData, isFollowing: false, withLosses: true, VectorLanes.Four, fastMath: false);
        state = new float[layout.Length];
        state[StateLayout.SeedLow] = BitConverter.UInt32BitsToSingle((uint)settings.Seed);
        state[StateLayout.SeedHigh] = BitConverter.UInt32BitsToSingle((uint)(settings.Seed >> 32));
        (state[StateLayout.Beta1], state[StateLayout.Beta1 + 1]) = Pair(settings.Beta1);
        (state[StateLayout.Beta2], state[StateLayout.Beta2 + 1]) = Pair(settings.Beta2);
        state[StateLayout.OneMinusBeta1] = (float)(1 - settings.Beta1);
        state[StateLayout.OneMinusBeta2] = (float)(1 - settings.Beta2);
        state[StateLayout.Epsilon] = (float)settings.Epsilon;
        state[StateLayout.InitStd] = (float)settings.InitStd;
        foreach ((int word, Func<TrainingSettings, double> value) in layout.Numbers)
        {
            state[word] = (float)value(settings);
        }

        new Interpreter(InitialRecording.Record(settings), []).Run(state);
    }

    /// <summary>The parameters of both networks.</summary>
    public float[] Parameters => state[StateLayout.Parameter..(StateLayout.Parameter + layout.ParameterCount)];

    /// <summary>After how many steps all parameters were finite.</summary>
    public int FiniteSteps => BitConverter.SingleToInt32Bits(state[StateLayout.FiniteSteps]);

    /// <summary>Trains one epoch.</summary>
    public EpochLosses TrainEpoch()
    {
        double factor = Enumerable.Range(0, steps / stepsPerEpoch).Aggregate(1.0, (product, _) => product * settings.LrDecay);
        state[StateLayout.LrD] = (float)(settings.LrD * factor);
        state[StateLayout.LrG] = (float)(settings.LrG * factor);
        (state[StateLayout.SumD], state[StateLayout.SumG]) = (0, 0);
        new Interpreter(training, data, steps, stepsPerEpoch, 0, rows, steps / stepsPerEpoch, steps % settings.DSteps).Run(state);
        int updates = settings.GeneratorSteps(steps, stepsPerEpoch);
        steps += stepsPerEpoch;
        return new EpochLosses(
            steps / stepsPerEpoch,
            state[StateLayout.SumD] / stepsPerEpoch,
            state[StateLayout.SumG] / updates,
            state[StateLayout.LastD],
            state[StateLayout.LastG]);
    }

    private static (float High, float Low) Pair(double value) => (FloatPair.Of(value).High, FloatPair.Of(value).Low);
}
