using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>What the optimisers of one member share, update by update: made on the host for the steps of a launch.</summary>
/// <param name="settings">The member's.</param>
/// <param name="stepsPerEpoch">Steps of an epoch.</param>
internal sealed class MemberUpdates(TrainingSettings settings, int stepsPerEpoch)
{
    private readonly OptimizerSchedule<float> schedule = OptimizerSchedule.Of(settings);
    private DecayPowers<float> powersD = OptimizerSchedule.InitialPowers, powersG = OptimizerSchedule.InitialPowers;
    private double factor = 1;

    /// <summary>The discriminator's powers after the steps so far.</summary>
    public DecayPowers<float> PowersD => powersD;

    /// <summary>The generator's.</summary>
    public DecayPowers<float> PowersG => powersG;

    /// <summary>Goes on from a state.</summary>
    public void Set(TrainingState state)
    {
        (powersD, powersG) = (state.PowersD, state.PowersG);
        factor = TrainingSettings.LearningRateFactor(settings.LrDecay, state.Steps / stepsPerEpoch);
    }

    /// <summary>The updates of the next step.</summary>
    /// <param name="step">Which it is, from 0.</param>
    /// <param name="updates">Filled: the discriminator's first; the others only where the generator is updated.</param>
    public void Next(int step, Span<OptimizerStep<float>> updates)
    {
        updates[0] = Of(settings.DOptimizer, ref powersD, settings.LrD, step == 0);
        if (settings.GeneratesIn(step))
        {
            bool isFirst = settings.GeneratorSteps(0, step) == 0;
            for (int again = 1; again < updates.Length; again++)
            {
                updates[again] = Of(settings.GOptimizer, ref powersG, settings.LrG, isFirst && again == 1);
            }
        }

        if ((step + 1) % stepsPerEpoch == 0)
        {
            factor *= settings.LrDecay;
        }
    }

    private OptimizerStep<float> Of(IOptimizer optimizer, ref DecayPowers<float> powers, double learningRate, bool isFirst)
    {
        powers = optimizer.CorrectsBias ? schedule.Next(powers, default(DeviceOperations)) : powers;
        return schedule.At(optimizer, powers, (float)(learningRate * factor), isFirst ? 1 : 0, default(DeviceOperations));
    }
}
