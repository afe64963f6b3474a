using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Kernels.Training;

/// <summary>Everything that decides how a GAN is trained. The defaults are the chapter's.</summary>
/// <remarks>
/// Numbers are doubles as typed; each is rounded once to a float where a kernel takes it.
/// </remarks>
public sealed record TrainingSettings
{
    /// <summary>Shape of the generator, from the latent variables to the columns of the data.</summary>
    public NetworkShape Generator { get; init; } = new(2, 2);

    /// <summary>Shape of the discriminator, from the columns of the data to one logit.</summary>
    public NetworkShape Discriminator { get; init; } = new(2, 5, 3, 1);

    /// <summary>What stands between the layers of both networks; the last layers are linear.</summary>
    public Activation HiddenActivation { get; init; } = Activation.Tanh;

    /// <summary>What the generator minimises.</summary>
    public GeneratorLoss GLoss { get; init; } = GeneratorLoss.NonSaturating;

    /// <summary>Standard deviation of the initial weights; biases begin at zero.</summary>
    public double InitStd { get; init; } = 0.02;

    /// <summary>Rows of a batch, at least 1; the last batch of an epoch may be shorter.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>How often all rows are passed through, at least 1.</summary>
    public int Epochs { get; init; } = 20;

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

    /// <summary>Whether each epoch passes through the rows in an order of its own, a function of seed and epoch.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Decides data, initial weights, noise, evaluation and the order of rows, each a stream of its own.</summary>
    public ulong Seed { get; init; }

    /// <summary>Steps of an epoch.</summary>
    /// <param name="rows">Rows of the data, at least 1.</param>
    /// <exception cref="InvalidSettingException">The batch size is too small.</exception>
    public int StepsPerEpoch(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        RequireBatch();
        return ((rows - 1) / Math.Min(BatchSize, rows)) + 1;
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
        Require(nameof(HiddenActivation), Enum.IsDefined(HiddenActivation), $"{HiddenActivation} is none that there is");
        Require(nameof(GLoss), Enum.IsDefined(GLoss), $"{GLoss} is none that there is");
        RequireBatch();
        Require(nameof(Epochs), Epochs >= 1, $"{Epochs} is too small; it must be at least 1");
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

    /// <summary>Checks what each member of a population may have of its own, and the decay of the learning rates.</summary>
    internal void ValidateNumbers()
    {
        RequireNumber(nameof(InitStd), InitStd);
        RequireNumber(nameof(LrD), LrD);
        RequireNumber(nameof(LrG), LrG);
        RequireNumber(nameof(LrDecay), LrDecay);
        RequireNumber(nameof(Beta1), Beta1);
        RequireNumber(nameof(Beta2), Beta2);
        RequireNumber(nameof(Epsilon), Epsilon);
        Require(nameof(Epsilon), Epsilon, Epsilon <= 1e30, "is too large; it must be at most 1e30");
        Require(nameof(Beta1), Beta1, (float)Beta1 < 1, "is too large; it must be below 1");
        Require(nameof(Beta2), Beta2, (float)Beta2 < 1, "is too large; it must be below 1");
    }

    private void RequireBatch() => Require(nameof(BatchSize), BatchSize >= 1, $"{BatchSize} is too small; it must be at least 1");

    private static void RequireNumber(string setting, double value)
    {
        Require(setting, value, float.IsFinite((float)value), "is not a finite float32 number");
        Require(setting, value, value >= 0, "is negative; it must be at least 0");
    }

    // The message is made where it is needed: a population has millions of numbers.
    private static void Require(string setting, double value, bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidSettingException(setting, FormattableString.Invariant($"{value} {otherwise}"));
        }
    }

    private static void Require(string setting, bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidSettingException(setting, otherwise);
        }
    }
}
