using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>
/// The random numbers of a step beside the data's: latent rows, instance noise, where the gradient penalty is taken. Drawn in place from each
/// member's seed, or read from behind the data, to follow a recorded training.
/// </summary>
internal sealed class RecordedStepNumbers
{
    private readonly Recording recording;
    private readonly TrainingSettings settings;
    private readonly RowWalk walk;
    private readonly FollowedNumbers? followed;
    private readonly (Symbol Low, Symbol High) seed;
    private readonly Symbol? deviation;
    private readonly Symbol latent, added, mix;
    private readonly int batch;
    private Symbol stepStart, fakeStart;

    /// <summary>Sets scratch memory aside.</summary>
    /// <param name="recording">Where.</param>
    /// <param name="walk">How rows are passed.</param>
    /// <param name="settings">The game.</param>
    /// <param name="batch">The most rows of a batch.</param>
    /// <param name="isFollowing">Whether the numbers stand behind the data.</param>
    /// <param name="seed">Its halves, the low one first.</param>
    /// <param name="deviation">The standard deviation of the instance noise; null where there is none.</param>
    public RecordedStepNumbers(
        Recording recording, RowWalk walk, TrainingSettings settings, int batch, bool isFollowing, (Symbol Low, Symbol High) seed, Symbol? deviation)
    {
        (this.recording, this.walk, this.settings, this.batch, this.seed, this.deviation) = (recording, walk, settings, batch, seed, deviation);
        followed = isFollowing ? new FollowedNumbers(settings, batch) : null;
        latent = Scratch(settings.Generator.Latent != Networks.Latent.Zero, batch, settings.Generator.Inputs);
        added = Scratch(deviation is not null, 2 * batch, settings.Discriminator.Inputs);
        mix = Scratch(settings.GradientPenalty != 0, batch, 1);

        Symbol Scratch(bool isUsed, int rows, int width) => recording.Scratch(isUsed && !isFollowing ? walk.LengthOfDrawn(rows * width, width) : 0);
    }

    private RecordingOperations O => recording.Operations;

    /// <summary>Draws the numbers of a step, or finds them.</summary>
    /// <param name="step">An index: which step, from 0.</param>
    /// <param name="rows">An index: rows of the data.</param>
    /// <param name="count">An index: rows of the batch.</param>
    public void Prepare(Symbol step, Symbol rows, Symbol count)
    {
        if (deviation is not null)
        {
            fakeStart = Times(followed is null ? count : Index(batch), settings.Discriminator.Inputs);
        }

        if (followed is not null)
        {
            stepStart = Index(Operation.IndexAdd, Times(rows, settings.Discriminator.Inputs), Times(step, followed.Length));
            return;
        }

        Symbol word = recording.Word(step);
        if (settings.Generator.Latent != Networks.Latent.Zero)
        {
            IVariates variates = settings.Generator.Latent == Networks.Latent.Uniform ? default(SignedUniformNumbers) : default(NormalNumbers);
            Draw(variates, StreamId.Noise, settings.FixedNoise ? O.Word(0) : word, Times(count, settings.Generator.Inputs), latent);
        }

        if (deviation is not null)
        {
            Draw(default(NormalNumbers), StreamId.InputNoise, word, Times(count, 2 * settings.Discriminator.Inputs), added);
        }

        if (settings.GradientPenalty != 0)
        {
            Draw(default(UniformNumbers), StreamId.Mix, word, count, mix);
        }
    }

    /// <summary>A latent row.</summary>
    /// <param name="group">An index: which of the batch.</param>
    public Symbol[] Latent(Symbol group)
    {
        int width = settings.Generator.Inputs;
        return followed is not null ? walk.LoadData(From(group, width), width, followed.Latent)
            : settings.Generator.Latent == Networks.Latent.Zero ? [.. Enumerable.Repeat(O.Constant(0), width)]
            : walk.LoadDrawn(latent, Times(walk.FirstOf(group), width), width);
    }

    /// <summary>A real row with its noise.</summary>
    /// <param name="group">An index: which of the batch.</param>
    /// <param name="values"><c>[column]</c>.</param>
    public Symbol[] AddToReal(Symbol group, Symbol[] values) => deviation is null ? values : Add(Times(walk.FirstOf(group), settings.Discriminator.Inputs), values);

    /// <summary>A generated row with its noise.</summary>
    /// <param name="group">An index: which of the batch.</param>
    /// <param name="values"><c>[column]</c>.</param>
    public Symbol[] AddToFake(Symbol group, Symbol[] values) =>
        deviation is null ? values : Add(Index(Operation.IndexAdd, fakeStart, Times(walk.FirstOf(group), settings.Discriminator.Inputs)), values);

    /// <summary>Where between its real and its generated row the gradient penalty of a row is taken, from 0 to below 1.</summary>
    /// <param name="group">An index: which of the batch.</param>
    public Symbol Mix(Symbol group) => followed is not null
        ? walk.LoadData(From(group, 1), 1, followed.Mix)[0]
        : walk.LoadDrawn(mix, walk.FirstOf(group), 1)[0];

    private Symbol[] Add(Symbol element, Symbol[] values)
    {
        Symbol sigma = deviation!.Value;
        Symbol[] variates = followed is null
            ? walk.LoadDrawn(added, element, values.Length)
            : walk.LoadData(Index(Operation.IndexAdd, stepStart, element), values.Length, followed.InputNoise);
        return [.. values.Zip(variates, (value, variate) => O.Fma(sigma, variate, value))];
    }

    private void Draw(IVariates variates, StreamId stream, Symbol step, Symbol elements, Symbol target) =>
        RecordedNumbers.Draw(recording, walk, variates, seed, stream, step, Index(0), elements, target);

    private Symbol From(Symbol group, int width) => Index(Operation.IndexAdd, stepStart, Times(walk.FirstOf(group), width));

    private Symbol Times(Symbol index, int factor) => Index(Operation.IndexMultiply, index, Index(factor));

    private Symbol Index(int value) => recording.Index(value);

    private Symbol Index(Operation operation, params ReadOnlySpan<Symbol> operands) => recording.Index(operation, operands);
}
