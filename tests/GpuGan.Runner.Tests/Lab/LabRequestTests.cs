using GpuGan.Runner.Lab;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests.Lab;

internal sealed class LabRequestTests
{
    [Test]
    public void An_address_means_what_the_options_mean()
    {
        LabExperiment experiment = LabRequest.Parse("seed=3&lr_d=.01&loss=hinge&generator_bias=false&momentum=-0.5&distribution=ring:4:2:0.1").Read();
        Assert.Multiple(() =>
        {
            Assert.That(experiment.Settings.Seed, Is.EqualTo(3));
            Assert.That(experiment.Settings.LrD, Is.InRange(0.01, 0.01));
            Assert.That(experiment.Settings.Momentum, Is.InRange(-0.5, -0.5));
            Assert.That(experiment.Settings.Loss.Word, Is.EqualTo("hinge"));
            Assert.That(experiment.Settings.Generator.HasBias, Is.False);
            Assert.That($"{experiment.Arguments.Distribution}", Is.EqualTo("ring:4:2:0.1"));
            Assert.That(
                string.Join(' ', experiment.Request.CommandWords("train")),
                Is.EqualTo("gpugan train --distribution ring:4:2:0.1 --no-generator-bias --loss hinge --lr-d .01 --momentum -0.5 --seed 3"));
        });
    }

    [Test]
    public void Rows_that_were_drawn_are_the_data()
    {
        LabExperiment experiment = LabRequest.Parse("points=0.5,1;-2,0.25;1,1").Read();
        Assert.Multiple(() =>
        {
            Assert.That(experiment.Data.Real.Values.Select(BitConverter.DoubleToInt64Bits), Is.EqualTo(((double[])[0.5, 1, -2, 0.25, 1, 1]).Select(BitConverter.DoubleToInt64Bits)));
            Assert.That(experiment.Settings.Shuffle, Is.True, "as rows of a file");
            Assert.That(LabRequest.Csv(experiment.Data.Real), Is.EqualTo("0.5,1\n-2,0.25\n1,1\n"));
        });
    }

    [TestCase("lr_d=.05&lr_d=.1", "lr_d is given twice")]
    [TestCase("out=/tmp/x", "there is no setting 'out'")]
    [TestCase("data=/etc/passwd", "there is no setting 'data'")]
    [TestCase("init_from=x", "there is no setting 'init_from'")]
    [TestCase("lr_d=--out", "lr_d '--out' is no value")]
    [TestCase("lr_d=", "lr_d '' is no value")]
    [TestCase("lr_d=fast", "'fast'")]
    [TestCase("lr_d=-1", "--lr-d -1")]
    [TestCase("loss=fair", "'fair'")]
    [TestCase("generator=2-3", "--generator")]
    [TestCase("epochs=1000000000", "at most")]
    [TestCase("epochs=20000&batch_size=1", "steps")]
    [TestCase("rows=1000000", "at most")]
    [TestCase("generator=2-5000-2", "parameters")]
    [TestCase("distribution=normal:17", "columns")]
    [TestCase("evaluation_rows=1000000", "at most")]
    [TestCase("generator=2-90-90-2&discriminator=2-60-1&epochs=4000", "such networks")]
    [TestCase("points=1,2", "two rows at least")]
    [TestCase("points=1,2;3", "equally many")]
    [TestCase("points=1,2;x,4", "'x' is no number")]
    [TestCase("points=1,2;1e40,4", "is no number")]
    public void What_is_none_or_more_than_a_page_is_for_is_refused(string address, string problem)
    {
        CommandException refusal = Assert.Throws<CommandException>(() => LabRequest.Parse(address).Read());
        Assert.That(refusal.Message, Does.Contain(problem).And.Not.Contain("\n"));
    }
}
