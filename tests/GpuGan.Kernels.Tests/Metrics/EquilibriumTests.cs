using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Kernels.Tests.Metrics;

/// <summary>The losses of the best discriminator that cannot tell, of each loss.</summary>
[TestFixture]
public class EquilibriumTests
{
    // Goodfellow 2014, theorem 1; the others by their formulas at the logit where real and generated rows are alike.
    private static readonly TestCaseData[] Games =
    [
        new TestCaseData("non-saturating", 0.0, Math.Log(2), Math.Log(2), "log 2"),
        new TestCaseData("minimax", 0.0, Math.Log(2), -Math.Log(2), "log 2"),
        new TestCaseData("least-squares", 0.0, 0.25, 0.125, "0.25 and 0.125"),
        new TestCaseData("wasserstein", 0.0, 0.0, null, "0"),
        new TestCaseData("hinge", 0.0, 2.0, 0.0, "2 and 0"),
        new TestCaseData("relativistic", 0.0, Math.Log(2), Math.Log(2), "log 2"),

        new TestCaseData("boundary-seeking", 0.0, Math.Log(2), 0.0, "log 2 and 0"),

        // D = (1 - s) / 2 = 0.4: (-.8 log .4 - .2 log .6 - log .6) / 2 and -log .4.
        new TestCaseData("non-saturating", 0.2, 0.6730116670092565, 0.916290731874155, "0.673 and 0.9163"),
    ];

    [Test]
    public void Every_loss_has_a_case() => Assert.That(Games.Select(game => game.Arguments[0]).Distinct(), Is.EquivalentTo(LossTable.All.Words));

    [TestCaseSource(nameof(Games))]
    public void The_losses_are_those_of_the_best_discriminator(string loss, double smoothing, double lossD, double? lossG, string said)
    {
        Equilibrium equilibrium = Equilibrium.Of(new TrainingSettings { Loss = LossTable.All.Parse(loss), LabelSmoothing = smoothing });
        Assert.Multiple(() =>
        {
            Assert.That(equilibrium.LossD, Is.InRange(lossD - 1e-6, lossD + 1e-6));
            Assert.That(equilibrium.LossG is double found ? Math.Abs(found - lossG!.Value) < 1e-6 : lossG is null);
            Assert.That($"{equilibrium}", Is.EqualTo(said));
            Assert.That(equilibrium.IsNear(lossD + 0.019, lossG ?? 1000));
            Assert.That(equilibrium.IsNear(lossD + 0.021, lossG ?? 0), Is.False);
            Assert.That(equilibrium.IsNear(lossD, (lossG ?? double.NaN) + 0.021), Is.False);
        });
    }

    [TestCase("non-saturating", 0.6931f, 0.7131f, true)]
    [TestCase("minimax", 0.6931f, -0.7131f, true)]
    [TestCase("minimax", 0.6931f, 0.6931f, false)]
    [TestCase("non-saturating", 0.6931f, 0.7133f, false)]
    [TestCase("non-saturating", 0.6729f, 0.6931f, false)]
    [TestCase("non-saturating", float.NaN, 0.6931f, false)]
    public void Losses_near_log_2_look_converged(string loss, float lossD, float lossG, bool looks) =>
        Assert.That(Equilibrium.Of(new TrainingSettings { Loss = LossTable.All.Parse(loss) }).IsNear(lossD, lossG), Is.EqualTo(looks));
}
