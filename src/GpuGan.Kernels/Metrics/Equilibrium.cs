using System.Globalization;
using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Kernels.Metrics;

/// <summary>
/// The losses of a game in which the best discriminator cannot tell real from generated rows: log 2 and log 2 of cross-entropies (Goodfellow et al.,
/// "Generative Adversarial Nets", 2014, theorem 1), 1/4 and 1/8 of least squares, 2 and 0 of the hinge. Where a training shows them, it looks
/// converged; whether it is, its losses do not tell.
/// </summary>
/// <param name="LossD">The discriminator's.</param>
/// <param name="LossG">The generator's; null where a number that is added to all logits changes it, so that it means nothing.</param>
internal sealed record Equilibrium(double LossD, double? LossG)
{
    private const double Tolerance = 0.02;

    /// <summary>Finds them from the formulas of the loss, at one logit for all rows.</summary>
    /// <param name="settings">The loss and its labels; penalties are in no loss that is told.</param>
    public static Equilibrium Of(TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ILoss loss = settings.Loss;
        DeviceOperations o = default;

        // With the label 1 - s for real rows the best discriminator says (1 - s) / 2.
        float smoothing = loss.TakesLabels ? (float)settings.LabelSmoothing : 0;
        float logit = loss.UndecidedLogit + MathF.Log((1 - smoothing) / (1 + smoothing));
        float real = SmoothedLabels.Value(loss, logit, logit, smoothing, o), fake = loss.FakeValue(logit, logit, o);
        return new Equilibrium(
            Exact(loss.Weight * ((double)real + fake)),
            loss.IsShiftInvariant && !loss.IsPaired ? null : Exact(loss.GeneratorValue(logit, logit, o)));
    }

    /// <summary>Whether losses lie within 0.02 of these, which does not mean that the generator is right.</summary>
    /// <param name="lossD">The discriminator's mean loss.</param>
    /// <param name="lossG">The generator's.</param>
    public bool IsNear(double lossD, double lossG) =>
        Math.Abs(lossD - LossD) <= Tolerance && (LossG is double equal ? Math.Abs(lossG - equal) <= Tolerance : !double.IsNaN(lossG));

    /// <summary>The losses and their names, each once.</summary>
    public IReadOnlyList<(double Loss, string Name)> Levels => [.. ((double?[])[LossD, LossG]).OfType<double>().Select(loss => (loss, Word(loss))).DistinctBy(level => level.Item2)];

    /// <summary>Such as <c>log 2</c> or <c>0.25 and 0.125</c>.</summary>
    public override string ToString() => Levels is [_, { Name: var second }] && second != $"-{Levels[0].Name}" ? $"{Levels[0].Name} and {second}" : Levels[0].Name;

    // The formulas are computed in floats.
    private static double Exact(double loss) => Math.Abs(Math.Abs(loss) - Math.Log(2)) < 1e-6 ? Math.CopySign(Math.Log(2), loss) : loss == 0 ? 0 : loss;

    private static string Word(double loss) =>
        Math.Abs(loss) == Math.Log(2) ? (loss < 0 ? "-log 2" : "log 2") : loss.ToString("0.####", CultureInfo.InvariantCulture);
}
