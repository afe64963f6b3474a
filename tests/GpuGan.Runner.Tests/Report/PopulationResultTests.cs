using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests.Report;

internal sealed class PopulationResultTests
{
    [Test]
    public void Quantiles_lie_between_neighbours_and_leave_diverged_members_out()
    {
        PopulationResult result = Population(Calm(4, true), Calm(2, true), Diverged(), Calm(1, true), Calm(5, true), Calm(3, true));
        Assert.That(result.Quantiles("mean_error"), Is.EqualTo(new[] { 1.2, 2, 3, 4, 4.8 }).Within(1e-12), "as numpy.quantile");
    }

    [Test]
    public void Nothing_has_no_quantiles()
    {
        Assert.That(Population(Diverged()).Quantiles("loss_d"), Is.All.NaN);
    }

    [Test]
    public void A_member_is_of_one_kind()
    {
        PopulationResult result = Population(Calm(1, true), Calm(2, false), Calm(3, false, loss: 0.9f), Diverged());
        Assert.That(
            result.Kinds,
            Is.EqualTo(new[]
            {
                PopulationResult.Kind.Converged, PopulationResult.Kind.OnlyLooksConverged, PopulationResult.Kind.NotConverged, PopulationResult.Kind.Diverged,
            }));
        Assert.That(result.ShareOf(PopulationResult.Kind.OnlyLooksConverged), Is.EqualTo(new Share(1, 4)));
    }

    [Test]
    public void A_row_has_the_shortest_digits_that_tell_its_numbers_and_NaN_after_a_divergence()
    {
        Assert.Multiple(() =>
        {
            Assert.That(PopulationResult.CsvLine(3, Calm(0.1, true), withMixture: false), Is.EqualTo("3,7,0.69,0.69,0.1,,0.1,0.1,0.1,true,true,false,\n"));
            Assert.That(PopulationResult.CsvLine(4, Diverged(), withMixture: false), Is.EqualTo("4,7,NaN,NaN,NaN,,NaN,NaN,NaN,false,false,false,12\n"));
        });
    }

    private static PopulationResult Population(params TrainedMember[] members)
    {
        PopulationResult result = new();
        foreach (TrainedMember member in members)
        {
            result.Add(member);
        }

        return result;
    }

    private static TrainedMember Calm(double error, bool converged, float loss = 0.69f) =>
        Member(new EpochLosses(1, loss, loss, loss, loss), new Verdict(error, null, error, error, error, converged, Runaway: false), null);

    private static TrainedMember Diverged() => Member(new EpochLosses(1, float.NaN, float.NaN, float.NaN, float.NaN), Verdict.Diverged, 12);

    private static TrainedMember Member(EpochLosses losses, Verdict verdict, int? divergedAt)
    {
        Network shape = new(1, 1);
        return new TrainedMember(new TrainingSettings { Seed = 7 }, new GanParameters(shape, shape, new float[4]), losses, verdict, divergedAt);
    }
}
