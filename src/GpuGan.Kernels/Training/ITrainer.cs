namespace GpuGan.Kernels.Training;

/// <summary>The training of one GAN, by whichever engine: the bits are the same.</summary>
public interface ITrainer : IDisposable
{
    /// <summary>Which engine it is; never <see cref="Engine.Auto"/>.</summary>
    Engine Engine { get; }

    /// <summary>Steps done so far.</summary>
    int Steps { get; }

    /// <summary>Epochs done so far.</summary>
    int Epochs { get; }

    /// <summary>The first step, counted from 1, after which a parameter was not finite; null while all are.</summary>
    int? DivergedAt { get; }

    /// <summary>Trains one epoch and waits for it; after single steps, the rest of theirs.</summary>
    /// <returns>The losses of the epoch, means over the steps that were trained here and had one.</returns>
    EpochLosses TrainEpoch();

    /// <summary>Copies the parameters; all of them NaN after a divergence.</summary>
    GanParameters ReadParameters();

    /// <summary>Copies the averaged generator and the discriminator; all NaN after a divergence.</summary>
    /// <exception cref="InvalidOperationException">The generator is not averaged.</exception>
    GanParameters ReadAverages();

    /// <summary>Copies the parameters with the generator that is judged: its average, where there is one.</summary>
    GanParameters ReadJudged();

    /// <summary>Copies all that the rest of the training depends on, at the end of an epoch.</summary>
    /// <exception cref="ArgumentException">The epoch has not ended.</exception>
    TrainingState ReadState();

    /// <summary>Goes on where another training was when its state was read, whichever engine it had.</summary>
    /// <param name="state">The state; its settings and data are those of this training.</param>
    /// <exception cref="ArgumentException">The state is of other networks, or not of the end of an epoch.</exception>
    void WriteState(TrainingState state);
}
