using GpuGan.Runner.Replay;
using GpuGan.Runner.Verification;

namespace GpuGan.Runner.Tests.Verification;

internal sealed class VerifierTests
{
    private static readonly Check Nothing = new("opencl:0", "relu", "cpu");

    private static TrainingOutcome Outcome(params float[] values) => new(values, DivergedAt: null, "0123");

    [Test]
    public void Equal_numbers_hold_not_a_number_included() =>
        Assert.That(
            Judge(Outcome(1, float.NaN, float.PositiveInfinity), Outcome(1, -float.NaN, float.PositiveInfinity)),
            Is.EqualTo((true, 0.0)));

    [Test]
    public void The_last_bit_counts() =>
        Assert.That(Judge(Outcome(1, 2), Outcome(1, float.BitIncrement(2))), Is.EqualTo((false, Math.Pow(2, -22))));

    [Test]
    public void The_sign_of_zero_counts() => Assert.That(Judge(Outcome(0f), Outcome(-0f)), Is.EqualTo((false, 0.0)));

    [Test]
    public void What_is_no_number_on_one_side_only_is_as_far_as_can_be() =>
        Assert.That(Judge(Outcome(float.NaN, 1), Outcome(1, 2)), Is.EqualTo((false, double.NaN)));

    [Test]
    public void Weights_and_the_step_of_divergence_count()
    {
        Assert.That(Judge(Outcome(1), Outcome(1) with { WeightsSha256 = "4567" }).Holds, Is.False);
        Assert.That(Judge(Outcome(1), Outcome(1) with { DivergedAt = 3 }).Holds, Is.False);
    }

    [Test]
    public void Without_a_reference_nothing_holds()
    {
        Check check = Verifier.Against(Nothing, reference: null, Outcome(1));
        Assert.That((check.Holds, check.Problem), Is.EqualTo((false, "the reference has failed")));
    }

    [TestCase(1e-5, 100, true, 1e-5, null)]
    [TestCase(3e-4, 100, false, 3e-4, null)]
    [TestCase(double.NaN, 100, false, double.NaN, null)]
    [TestCase(1e-5, 99, false, 1e-5, "parity ends after step 99; 100 is the least")]
    public void A_recorded_training_is_held_to_its_tolerances(double deviation, int horizon, bool holds, double largest, string? problem)
    {
        Comparison comparison = new(
            [new("loss_d", 1, 1e-6, 1e-3), new("parameters", 9, deviation, 2e-4), new("parameters", 99, 7, null)],
            horizon,
            LeastHorizon: 100)
        {
            Sha256 = "",
        };
        Check check = Verifier.Against(Nothing, comparison);
        Assert.That((check.Holds, check.Problem), Is.EqualTo((holds, problem)));
        Assert.That((check.LargestDeviation, check.Tolerance), Is.EqualTo(((double?)largest, (double?)2e-4)));
    }

    private static (bool Holds, double? LargestDeviation) Judge(TrainingOutcome reference, TrainingOutcome outcome)
    {
        Check check = Verifier.Against(Nothing, reference, outcome);
        return (check.Holds, check.LargestDeviation);
    }
}
