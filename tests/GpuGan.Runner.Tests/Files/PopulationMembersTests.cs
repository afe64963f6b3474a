using GpuGan.Runner.Folders;
using GpuGan.Runner.Sweeps.Results;

namespace GpuGan.Runner.Tests.Files;

internal sealed class PopulationMembersTests
{
    private const string Header = "member,seed,loss_d,loss_g,kl_divergence,nearest_neighbor_accuracy,mean_error,covariance_error,wasserstein_2,converged,looks_converged,runaway,diverged_at\n";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        folder = new TemporaryFolder();
        Gpugan.Run("train", "--population", "1", "--rows", "50", "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["run"]);
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Members_are_those_of_a_sweep_without_axes()
    {
        folder.Write("run/members.csv", $"{Header}0,18446744073709551615,0.1,-0.5,0.125,0.55,1,2,3,true,false,true,\n1,0,NaN,NaN,NaN,,NaN,NaN,NaN,false,false,false,12\n");
        SweepResult result = PopulationMembers.Read(folder["run"]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Axes, Is.Empty);
            Assert.That(result.Rows[0] with { Settings = null! }, Is.EqualTo(new SweepRow(0, ulong.MaxValue, null!, 0.1f, -0.5, 0.125, 0.55, 1, 2, 3, true, true, null)));
            Assert.That(result.Rows[1] with { Settings = null! }, Is.EqualTo(new SweepRow(1, 0, null!, null, null, null, null, null, null, null, false, false, 12)));
            Assert.That(result.SettingsOf(result.Rows[0]), Is.EqualTo(result.BaseSettings with { Seed = ulong.MaxValue }));
            Assert.That(result.Rows[0].Settings["rows"], Is.EqualTo("50"));
        });
    }

    [Test]
    public void Members_may_have_an_accuracy()
    {
        folder.Write("run/members.csv", $"{Header.TrimEnd()},discriminator_accuracy\n0,5,0.1,-0.5,0.125,,1,2,3,true,false,false,,0.515\n1,0,NaN,NaN,NaN,,NaN,NaN,NaN,false,false,false,12,NaN\n");
        Assert.That(PopulationMembers.Read(folder["run"]).Rows.Select(row => row.DiscriminatorAccuracy), Is.EqualTo(new double?[] { 0.515, null }));
    }

    [TestCase("", "has no member")]
    [TestCase("member,seed,converged\n", "has no members; its first line should be member,seed,loss_d,")]
    [TestCase("member,seed,loss_d,loss_g,mean_error,covariance_error,wasserstein_2,converged,looks_converged,runaway,diverged_at\n", "is of an earlier version of this program, whose verdict was another; train the population again, in another folder, or in this one with --force, which deletes what is there")]
    [TestCase(Header, "has no member")]
    [TestCase($"{Header}0,1,2\n", "line 2 is malformed: ")]
    [TestCase($"{Header}0,1,1,1,1,,1,1,1,true,false,false,\n0,-1,1,1,1,,1,1,1,true,false,false,\n", "line 3 is malformed: ")]
    public void What_is_malformed_is_told(string text, string problem)
    {
        string path = folder.Write("run/members.csv", text);
        Assert.That(() => PopulationMembers.Read(folder["run"]), Throws.TypeOf<FileContentException>().With.Message.StartsWith($"{path}: {problem}"));
    }
}
