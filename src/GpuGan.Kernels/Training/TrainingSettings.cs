using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Networks.Initializers;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Training;

/// <summary>Everything that decides how a GAN is trained. The defaults are the chapter's.</summary>
/// <remarks>
/// Numbers are doubles as typed; each is rounded once to a float where a kernel takes it.
/// </remarks>
public sealed record TrainingSettings
{
    /// <summary>From the latent variables to the columns of the data.</summary>
    public Network Generator { get; init; } = new(2, 2);

    /// <summary>From the columns of the data to one logit.</summary>
    public Network Discriminator { get; init; } = new(2, 5, 3, 1);

    /// <summary>What the two players minimise.</summary>
    public ILoss Loss { get; init; } = default(NonSaturatingLoss);

    /// <summary>Share of the label 0 in the labels of the real rows, for losses that have labels.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Strength of the penalty on the squared gradient at real rows; 0 for none.</summary>
    public double R1 { get; init; }

    /// <summary>Strength of the penalty on the squared gradient at generated rows; 0 for none.</summary>
    public double R2 { get; init; }

    /// <summary>Strength of the penalty on a gradient whose norm is not 1, between real and generated rows; 0 for none.</summary>
    public double GradientPenalty { get; init; }

    /// <summary>What the discriminator's parameters are clamped to after each update, on both sides of zero; 0 for nothing.</summary>
    public double WeightClip { get; init; }

    /// <summary>Standard deviation of the noise that is added to what the discriminator sees; 0 for none.</summary>
    public double InstanceNoise { get; init; }

    /// <summary>How the initial parameters are drawn.</summary>
    public IInitializer Init { get; init; } = default(NormalInitializer);

    /// <summary>Standard deviation of normal initial weights.</summary>
    public double InitStd { get; init; } = 0.02;

    /// <summary>Rows of a batch, at least 1; the last batch of an epoch may be shorter.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>The batch size that stands for all rows, however many there are.</summary>
    public const int AllRows = int.MaxValue;

    /// <summary>How often all rows are passed through, at least 1.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Steps from one update of the generator to the next.</summary>
    public int DSteps { get; init; } = 1;

    /// <summary>Updates of the generator by the noise of its step.</summary>
    public int GSteps { get; init; } = 1;

    /// <summary>In which order the players move.</summary>
    public Updates Updates { get; init; }

    /// <summary>Whether every step has the noise of the first.</summary>
    public bool FixedNoise { get; init; }

    /// <summary>How the discriminator moves by its gradient.</summary>
    public IOptimizer DOptimizer { get; init; } = default(Adam);

    /// <summary>How the generator moves by its gradient.</summary>
    public IOptimizer GOptimizer { get; init; } = default(Adam);

    /// <summary>Learning rate of the discriminator.</summary>
    public double LrD { get; init; } = 0.05;

    /// <summary>Learning rate of the generator.</summary>
    public double LrG { get; init; } = 0.005;

    /// <summary>Factor by which both learning rates shrink from one epoch to the next.</summary>
    public double LrDecay { get; init; } = 1;

    /// <summary>Adam's decay of the first moment, from 0 to below 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's decay of the second moment, from 0 to below 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Adam's summand that keeps it from dividing by zero, from 0 to 1e30.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The factor of the step before, for optimisers that have one; may be negative.</summary>
    public double Momentum { get; init; }

    /// <summary>How much of the averaged generator an update leaves; 0 for no averaging.</summary>
    public double GEma { get; init; }

    /// <summary>Whether each epoch passes through the rows in an order of its own, a function of seed and epoch.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Decides data, initial weights, noise, evaluation and the order of rows, each a stream of its own.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether the discriminator's loss has a penalty, at any rows.</summary>
    internal bool HasPenalty => R1 != 0 || R2 != 0 || GradientPenalty != 0;

    /// <summary>How many words the optimisers keep of each parameter.</summary>
    internal int StateWords => Math.Max(DOptimizer.StateWords, GOptimizer.StateWords);

    /// <summary>Whether both players are updated once in each step, so that their optimisers count the same.</summary>
    internal bool IsEven => DSteps == 1 && GSteps == 1;

    /// <summary>Steps of an epoch.</summary>
    /// <param name="rows">Rows of the data, at least 1.</param>
    /// <exception cref="InvalidSettingException">The batch size is too small.</exception>
    public int StepsPerEpoch(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        RequireBatch();
        return ((rows - 1) / Math.Min(BatchSize, rows)) + 1;
    }

    /// <summary>Whether the generator is updated in a step.</summary>
    /// <param name="step">From 0.</param>
    internal bool GeneratesIn(int step) => GeneratorSteps(step, 1) == 1;

    /// <summary>In how many of some steps the generator is updated.</summary>
    /// <param name="first">The first of them, from 0.</param>
    /// <param name="count">How many they are.</param>
    internal int GeneratorSteps(int first, int count)
    {
        // The last of each DSteps steps, or the first.
        int shift = Updates == Updates.GeneratorFirst ? DSteps - 1 : 0;
        return (int)(((long)first + count + shift) / DSteps) - (int)(((long)first + shift) / DSteps);
    }

    /// <summary>What learning rates have been multiplied by after some epochs: a product of doubles, epoch by epoch, as it is while training.</summary>
    internal static double LearningRateFactor(double decay, int epochs)
    {
        double factor = 1;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            factor *= decay;
        }

        return factor;
    }

    /// <summary>These settings with the batch size that <see cref="AllRows"/> means.</summary>
    /// <param name="rows">Rows of the data.</param>
    public TrainingSettings ForRows(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return BatchSize == AllRows ? this with { BatchSize = rows } : this;
    }

    /// <summary>These settings with one activation between the layers of both networks.</summary>
    public TrainingSettings WithActivation(IActivation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return this with { Generator = Generator with { Hidden = activation }, Discriminator = Discriminator with { Hidden = activation } };
    }

    /// <summary>Checks every number, and that the networks fit each other and the data.</summary>
    /// <param name="columns">Number of columns of the data.</param>
    /// <exception cref="InvalidSettingException">Something is out of range or does not fit.</exception>
    public void Validate(int columns)
    {
        string data = columns == 1 ? "the data have 1 column" : $"the data have {columns} columns";
        Require(nameof(Generator), Generator is not null, "is missing");
        Require(nameof(Discriminator), Discriminator is not null, "is missing");
        Require(nameof(Generator), Generator!.Outputs == columns, $"{Generator} does not fit: {data}, so its last width must be {columns}");
        Require(nameof(Discriminator), Discriminator!.Inputs == columns, $"{Discriminator} does not fit: {data}, so its first width must be {columns}");
        Require(nameof(Discriminator), Discriminator.Outputs == 1, $"{Discriminator} does not fit: its last width must be 1, the logit");
        Require(nameof(Discriminator), Discriminator.Output is IdentityActivation, "does not fit: behind its last layer, the logit, stands nothing");
        Require(nameof(Loss), Loss is not null, "is missing");
        Require(nameof(Init), Init is not null, "is missing");
        Require(nameof(DOptimizer), DOptimizer is not null, "is missing");
        Require(nameof(GOptimizer), GOptimizer is not null, "is missing");
        Require(nameof(Latent), Enum.IsDefined(Generator.Latent), $"{Generator.Latent} is none that there is");
        Require(nameof(Updates), Enum.IsDefined(Updates), $"{Updates} is none that there is");
        Require(nameof(LabelSmoothing), LabelSmoothing == 0 || Loss!.TakesLabels, $"is for losses that have labels, {string.Join(" and ", LossTable.Labelled)}; {Loss!.Word} has none");
        foreach (CountSetting count in SettingTable.All.OfType<CountSetting>())
        {
            count.Require(this);
        }

        ValidateNumbers();
    }

    /// <summary>Refuses more steps than can be counted.</summary>
    /// <param name="rows">Rows of the data, at least 1.</param>
    /// <exception cref="InvalidSettingException">There are too many epochs.</exception>
    internal void RequireCountableSteps(int rows)
    {
        int most = int.MaxValue / StepsPerEpoch(rows);
        Require(nameof(Epochs), Epochs <= most, $"{Epochs} is too large; with {StepsPerEpoch(rows)} steps each there can be at most {most}");
    }

    /// <summary>Checks what each member of a population has of its own.</summary>
    /// <exception cref="InvalidSettingException">A number is out of range.</exception>
    internal void ValidateNumbers()
    {
        foreach (NumberSetting number in SettingTable.Numbers)
        {
            number.Require(this);
        }
    }

    private void RequireBatch() => Require(nameof(BatchSize), BatchSize >= 1, $"{BatchSize} is too small; it must be at least 1");

    private static void Require(string setting, bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidSettingException(setting, otherwise);
        }
    }
}
