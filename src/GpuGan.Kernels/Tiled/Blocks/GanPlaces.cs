using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>Where all numbers of a GAN lie in its memory, and which group of the discriminator's rows is which.</summary>
internal sealed class GanPlaces
{
    private long next;

    /// <summary>Lays them out.</summary>
    /// <param name="settings">The game.</param>
    /// <param name="batch">Rows of a whole batch.</param>
    public GanPlaces(TrainingSettings settings, int batch)
    {
        Mixed = settings.GradientPenalty != 0 ? 1 : 0;
        Judged = 2 + Mixed;
        RealAgain = Judged + 1;
        long rows = (long)batch * (RealAgain + (settings.Loss.IsPaired ? 1 : 0));
        Generator = Place(settings.Generator, settings.GOptimizer, settings.GEma != 0, batch);
        Discriminator = Place(settings.Discriminator, settings.DOptimizer, isAveraged: false, rows);
        long penalized = settings.HasPenalty ? (long)batch * Judged * settings.Discriminator.UnitCount : 0;
        Sums = Take(penalized);
        Slopes = Take(penalized);
        Pretangents = Take(penalized);
        Tangents = Take(penalized);
        InputNoise = Take(settings.InstanceNoise != 0 ? 2L * batch * settings.Discriminator.Inputs : 0);
        Mix = Take(Mixed * (long)batch);
        Losses = Take((long)BlockLosses.OfRow * batch);
    }

    /// <summary>Numbers of the whole memory; more than <see cref="int.MaxValue"/> cannot be addressed.</summary>
    public long Words => next;

    public NetworkPlaces Generator { get; }

    public NetworkPlaces Discriminator { get; }

    /// <summary>Derivatives of the logit with respect to activations, laid out as the discriminator's units; so are the three below.</summary>
    public int Sums { get; }

    /// <summary>Derivatives of the logit with respect to pre-activations.</summary>
    public int Slopes { get; }

    /// <summary>Derivatives of pre-activations along v.</summary>
    public int Pretangents { get; }

    /// <summary>Derivatives of activations along v.</summary>
    public int Tangents { get; }

    /// <summary><c>[row, column]</c>, of the real rows and of the fake ones.</summary>
    public int InputNoise { get; }

    /// <summary><c>[row]</c>, where the gradient penalty is taken.</summary>
    public int Mix { get; }

    /// <summary><c>[row, loss]</c>.</summary>
    public int Losses { get; }

    /// <summary>Groups of rows between real and fake ones, 0 or 1: behind the real ones and the fake ones.</summary>
    public int Mixed { get; }

    /// <summary>The group of the fake rows as the generator's phase judges them.</summary>
    public int Judged { get; }

    /// <summary>The group of the real rows as that phase judges them.</summary>
    public int RealAgain { get; }

    private NetworkPlaces Place(Network network, IOptimizer optimizer, bool isAveraged, long rows)
    {
        long count = network.ParameterCount;
        return new NetworkPlaces
        {
            Network = network,
            Words = optimizer.StateWords,
            Parameters = Take(count),
            Transposed = Take(count),
            Gradients = Take(count),
            State = Take(optimizer.StateWords * count),
            Averages = Take(isAveraged ? count : 0),
            Units = Take(rows * network.UnitCount),
            Deltas = Take(rows * network.UnitCount),
        };
    }

    private int Take(long count)
    {
        long place = next;
        next += count;
        return (int)Math.Min(place, int.MaxValue);
    }
}
