using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests.Sweeps;

internal sealed class SweepSpecificationTests
{
    [TestCase("lr_d", ".01,5e-2", "0.01 0.05")]
    [TestCase("lr_d", "lin:0:1:11", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1")]
    [TestCase("lr_d", "log:1e-4:1:5", "0.0001 0.001 0.01 0.1 1")]
    [TestCase("lr_d", "log:1:1e-2:3", "1 0.1 0.01")]
    [TestCase("lr_d", "log:1:3:2", "1 3")]
    [TestCase("lr_g", "7,log:.001:.1:3", "7 0.001 0.01 0.1")]
    [TestCase("batch_size", "log:1:8:4", "1 2 4 8")]
    [TestCase("epochs", "lin:1:10:4", "1 4 7 10")]
    [TestCase("batch_size", "lin:1:3:9", "1 2 3")]
    [TestCase("batch_size", "7,log:1:4:20", "7 1 2 3 4")]
    [TestCase("discriminator", "2-5-3-1,2-8-1", "2-5-3-1 2-8-1")]
    [TestCase("hidden_activation", "leaky_relu,tanh", "leaky-relu tanh")]
    [TestCase("loss", "minimax", "minimax")]
    public void Values_are_listed_and_ranges_include_both_ends(string name, string text, string values)
    {
        Assert.That(Of(name, text).Settings.Single(axis => axis.Name == name).Values, Is.EqualTo(values.Split(' ')));
    }

    [Test]
    public void Spellings_of_the_same_sweep_have_one_folder()
    {
        Assert.That(Of("lr_d", "log:.01:1:3").Hash, Is.EqualTo(Of("lr_d", ".010,1e-1,1").Hash));
        Assert.That(Of("lr_d", "log:.01:1:3").Hash, Is.Not.EqualTo(Of("lr_g", ".01,.1,1").Hash));
        Assert.That(Of("lr_d", ".01,.05", ("generator", "2-2")).Hash, Is.EqualTo(Of("lr_d", ".01,.05").Hash), "a default that is written out");
        Assert.That(SweepFolder.DefaultPath(Of("lr_d", ".01,.05")), Is.EqualTo($"runs/sweep-{Of("lr_d", ".01,.05").Hash}"));
    }

    [Test]
    public void Where_the_rows_of_a_file_lie_does_not_make_another_sweep()
    {
        static SweepSpecification Of(string path, string hash, params (string Name, string Text)[] reading) => SweepSpecification.Of(
            new SweepRequest(null, reading.Append(("data", path)).ToDictionary(one => one.Item1, one => (IReadOnlyList<string>)[one.Item2])), 2, hash, 20);
        SweepSpecification one = Of("x.csv", "00");
        Assert.Multiple(() =>
        {
            Assert.That(Of("/data/copy.csv", "00").Hash, Is.EqualTo(one.Hash));
            Assert.That(Of("./x.csv", "00").DifferenceTo(one, "there", "here"), Is.Null);
            Assert.That(Of("x.csv", "01").Hash, Is.Not.EqualTo(one.Hash));
            Assert.That(Of("x.csv", "01").DifferenceTo(one, "there", "here"), Is.EqualTo("the rows of 'x.csv' have changed: SHA-256 00 there, 01 here"));
            Assert.That(Of("x.csv", "00", ("decimal", ","), ("delimiter", ";"), ("columns", "1-2")).Hash, Is.EqualTo(one.Hash), "the rows were spelt otherwise");
            Assert.That(one.ToJson()["data"]!.GetValue<string>(), Is.EqualTo("x.csv"), "settings keep it as it was given");
        });
    }

    [Test]
    public void A_range_says_that_equal_numbers_are_dropped()
    {
        Gpugan run = Gpugan.Run("sweep", "--batch-size", "4,lin:5:7:9", "--lr-d", "lin:0:1:3", "--print-spec");
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "gpugan: --batch-size 'lin:5:7:9' has 3 different whole numbers, not 9; equal ones are dropped\n")));
    }

    [Test]
    public void A_sweep_that_asks_for_no_accuracy_has_one_folder()
    {
        Assert.That(Of("lr_d", ".01,.05").Hash, Is.EqualTo("64a768563eed"));
        Assert.That(Of("lr_d", ".01,.05", ("accuracy", "1000")).Hash, Is.Not.EqualTo("64a768563eed"));
    }

    [Test]
    public void Zipped_lists_go_side_by_side()
    {
        SweepPlan plan = new(Of("lr_d", ".1,.2,.3", ("lr_g", ".4,.5,.6"), ("zip", "true"), ("beta1", ".5"), ("seeds", "2")));
        Assert.That(
            Enumerable.Range(0, plan.Points).Select(plan.SettingsOf).Select(s => (s.Training.LrD, s.Training.LrG, s.Training.Beta1)),
            Is.EqualTo(new[] { (.1, .4, .5), (.2, .5, .5), (.3, .6, .5) }));
        Assert.That(plan.Members, Is.EqualTo(6));
    }

    [Test]
    public void What_is_drawn_lies_in_its_distribution_and_is_a_function_of_the_seed_and_the_point()
    {
        MemberSettings[] Draw(string seed, string number = "2000") => [.. Points(
            Of("lr_d", "loguniform:1e-4:1", ("beta1", "uniform:.2:.6"), ("batch_size", "uniform:3:6"), ("loss", "minimax,non-saturating"), ("random", number), ("seed", seed)))];
        MemberSettings[] drawn = Draw("1");
        double[] logs = [.. drawn.Select(s => Math.Log10(s.Training.LrD)).Order()];
        Assert.Multiple(() =>
        {
            Assert.That(drawn, Is.EqualTo(Draw("1")).And.Not.EqualTo(Draw("2")));
            Assert.That(Draw("1", "10"), Is.EqualTo(drawn[..10]), "more points leave the first as they are");
            Assert.That(drawn.Select(s => s.Training.LrD), Has.All.InRange(1e-4, 1));
            Assert.That(drawn.Select(s => s.Training.Beta1), Has.All.InRange(.2, .6));
            Assert.That(drawn.Select(s => s.Training.BatchSize).Distinct().Order(), Is.EqualTo(new[] { 3, 4, 5, 6 }));

            // Standard errors: .0258 of the median of the logarithm, .0026 of the mean, 22 of the count.
            Assert.That(logs[1000], Is.EqualTo(-2).Within(.15));
            Assert.That(drawn.Average(s => s.Training.Beta1), Is.EqualTo(.4).Within(.015));
            Assert.That(drawn.Count(s => s.Training.Loss is Kernels.Training.Losses.MinimaxLoss), Is.InRange(880, 1120));
        });
    }

    [Test]
    public void Members_of_one_kernel_stand_together_in_the_order_of_work()
    {
        SweepPlan plan = new(Of("lr_d", ".1,.2", ("lr_decay", "1,.9"), ("beta1", ".5,.6"), ("epochs", "1,2"), ("seeds", "3")));
        Assert.Multiple(() =>
        {
            Assert.That(plan.Groups.Select(group => (group.Settings.Training.Epochs, group.Work)), Is.EqualTo(new[]
            {
                (1, new WorkRange(0, 24)), (2, new WorkRange(24, 48)),
            }));
            Assert.That(Enumerable.Range(0, 48).Select(plan.MemberAt).Order(), Is.EqualTo(Enumerable.Range(0, 48)));
            foreach (KernelGroup group in plan.Groups)
            {
                int[] members = [.. Enumerable.Range(group.Work.Start, 24).Select(plan.MemberAt)];
                Assert.That(members, Is.Ordered);
                Assert.That(members.Select(member => plan.GroupOfPoint()(member / 3)), Is.All.EqualTo(group));
            }
        });
    }

    [Test]
    public void Groups_of_the_same_code_follow_each_other()
    {
        SweepPlan plan = new(Of("rows", "9,30,5", ("discriminator", "2-3-1,2-4-1"), ("epochs", "1,2")));
        Assert.Multiple(() =>
        {
            Assert.That(plan.Groups.Select(group => $"{group.Settings.Training.Discriminator} {group.Settings.Rows} {group.Settings.Training.Epochs}"), Is.EqualTo(new[]
            {
                "2-3-1 9 1", "2-3-1 9 2", "2-3-1 30 1", "2-3-1 30 2", "2-4-1 9 1", "2-4-1 9 2", "2-4-1 30 1", "2-4-1 30 2",
                "2-3-1 5 1", "2-3-1 5 2", "2-4-1 5 1", "2-4-1 5 2",
            }), "batches of 5 rows are another code than those of 8");
            Assert.That(plan.Groups.Select(group => group.Code).Distinct().Count(), Is.EqualTo(4));
            Assert.That(Enumerable.Range(0, plan.Members).Select(plan.MemberAt).Order(), Is.EqualTo(Enumerable.Range(0, plan.Members)));
        });
    }

    [Test]
    public void A_thousand_random_decays_are_of_one_kernel()
    {
        SweepPlan plan = new(Of("lr_decay", "uniform:0.8:1", ("lr_d", "loguniform:.001:.1"), ("random", "1000")));
        Assert.That(plan.Groups, Has.Count.EqualTo(1));
        Assert.That(Enumerable.Range(0, 1000).Select(work => plan.SettingsAt(work).Training.LrDecay).Distinct().Count(), Is.GreaterThan(990));
    }

    [TestCase("lr_d", "1,x", "--lr-d 'x' is no finite number, such as 0.05 or 1e-8")]
    [TestCase("lr_d", "1,,2", "--lr-d '' is no finite number, such as 0.05 or 1e-8")]
    [TestCase("lr_d", "-1", "--lr-d '-1' is refused: -1 is negative; it must be at least 0")]
    [TestCase("beta1", ".5,1", "--beta1 '1' is refused: 1 is too large; it must be below 1")]
    [TestCase("beta1", "lin:0:1:3", "--beta1 '1' is refused: 1 is too large; it must be below 1")]
    [TestCase("lr_d", ".1,0.1", "--lr-d has 0.1 twice")]
    [TestCase("lr_d", "lin:1:2", "--lr-d 'lin:1:2' is no range; write lin:FROM:TO:COUNT, such as lin:0.001:1:7")]
    [TestCase("lr_d", "lin:1:2:0", "--lr-d 'lin:1:2:0' is an empty range or none: COUNT is a whole number from 2 to 1000000, as both ends are included")]
    [TestCase("lr_d", "log:1:2:1", "--lr-d 'log:1:2:1' is an empty range or none: COUNT is a whole number from 2 to 1000000, as both ends are included")]
    [TestCase("lr_d", "log:0:1:5", "--lr-d 'log:0:1:5' takes the logarithm of a number that is not above 0; begin above 0, or space it evenly with lin or uniform")]
    [TestCase("lr_d", "log:-1:1:5", "--lr-d 'log:-1:1:5' takes the logarithm of a number that is not above 0; begin above 0, or space it evenly with lin or uniform")]
    [TestCase("lr_d", "lin:0:inf:5", "--lr-d 'lin:0:inf:5' is no range; write lin:FROM:TO:COUNT, such as lin:0.001:1:7")]
    [TestCase("lr_d", "uniform:0:1", "--lr-d 'uniform:0:1' is drawn from; add --random N, the number of points")]
    [TestCase("lr_d", ".1,uniform:0:1", "--lr-d 'uniform:0:1' is a distribution; it stands alone, without other values")]
    [TestCase("lr_d", "uniform:1:1", "--lr-d 'uniform:1:1' is empty: its second number must be above its first")]
    [TestCase("lr_d", "loguniform:0:1", "--lr-d 'loguniform:0:1' takes the logarithm of a number that is not above 0; begin above 0, or space it evenly with lin or uniform")]
    [TestCase("lr_d", "uniform:-1:1", "--lr-d 'uniform:-1:1' is refused: -1 is negative; it must be at least 0")]
    [TestCase("batch_size", "2.5", "--batch-size '2.5' is neither all nor a whole number from 1 to 2147483647")]
    [TestCase("batch_size", "2,lin:1:3:9", "--batch-size has 2 twice")]
    [TestCase("loss", "hing", "--loss 'hing' is none of {losses}")]
    [TestCase("loss", "lin:0:1:2", "--loss 'lin:0:1:2' is a range, but --loss takes no numbers; list its values")]
    [TestCase("discriminator", "2-5-3-1,3-1", "--discriminator '3-1' is refused: 3-1 does not fit: the data have 2 columns, so its first width must be 2")]
    [TestCase("generator", "2-x", "--generator '2-x' is refused: '2-x' is no network; write its widths with dashes, such as 2-5-3-1")]
    [TestCase("seeds", "0", "--seeds '0' is no whole number from 1 to 100000000")]
    [TestCase("seeds", "1,2", "--seeds '1,2' is no whole number from 1 to 100000000")]
    [TestCase("random", "0", "--random '0' is no whole number from 1 to 100000000")]
    [TestCase("random", "5", "--random has nothing to draw; give a distribution such as --lr-d loguniform:0.0001:1")]
    public void What_is_wrong_with_an_argument_is_told(string name, string text, string problem)
    {
        problem = problem.Replace("{losses}", string.Join(", ", LossTable.All.Words), StringComparison.Ordinal);
        Assert.That(() => Of(name, text), Throws.InstanceOf<CommandException>().With.Message.EqualTo(problem).And.Property("ExitCode").EqualTo(ExitCode.Usage));
    }

    [TestCase("lin:1:2:1000000", "lin:1:2:1000000", "1", "--seeds 1 would make a sweep of 1,000,000,000,000 members; at most 100,000,000")]
    [TestCase("lin:1:2:1000", "lin:1:2:1000", "101", "--seeds 101 would make a sweep of 101,000,000 members; at most 100,000,000")]
    public void More_members_than_there_can_be_are_told(string lrD, string lrG, string seeds, string problem)
    {
        Assert.That(() => Of("lr_d", lrD, ("lr_g", lrG), ("seeds", seeds)), Throws.InstanceOf<CommandException>().With.Message.EqualTo(problem));
    }

    [Test]
    public void The_number_of_members_does_not_overflow()
    {
        (string, string)[] more = [.. ((string[])["lr_g", "epsilon", "init_std", "lr_decay", "epochs"]).Select(name => (name, "lin:1:1000000:1000000"))];
        Assert.That(() => Of("lr_d", "lin:1:2:1000000", more), Throws.InstanceOf<CommandException>().With.Message.Contains("10^30 or more members"));
    }

    [Test]
    public void Lists_of_different_lengths_cannot_be_zipped()
    {
        Assert.That(
            () => Of("lr_d", "1,2", ("lr_g", "1,2,3"), ("zip", "true")),
            Throws.InstanceOf<CommandException>().With.Message.EqualTo("--zip pairs lists of one length; lr_d has 2 values and lr_g 3"));
    }

    [Test]
    public void Seeds_cannot_pass_the_last()
    {
        Assert.That(
            () => Of("seed", $"{ulong.MaxValue}", ("seeds", "2")),
            Throws.InstanceOf<CommandException>().With.Message.EqualTo("--seeds 2 from seed 18446744073709551615 on passes the last seed, 18446744073709551615"));
    }

    [TestCase("{\"lr_x\": 1}", "unknown axis 'lr_x'; did you mean 'lr_d'?")]
    [TestCase("{\"learning rate\": 1}", "unknown axis 'learning rate'; there are distribution, rows, ")]
    [TestCase("[]", "is no JSON object; ")]
    [TestCase("{\"lr_d\": 1", "is not valid JSON: ")]
    [TestCase("{\"lr_d\": {}}", "lr_d is no number, text, or list of them")]
    [TestCase("{\"lr_d\": []}", "lr_d has no values")]
    [TestCase("{\"lr_d\": [1, \"x\"]}", "lr_d 'x' is no finite number, such as 0.05 or 1e-8")]
    [TestCase("{\"lr_d\": \"log:0:1:3\"}", "lr_d 'log:0:1:3' takes the logarithm of a number that is not above 0; ")]
    [TestCase("{\"zip\": 3}", "zip '3' is neither true nor false")]
    [TestCase("{\"seeds\": 1e12}", "seeds '1e12' is no whole number from 1 to 100000000")]
    public void What_is_wrong_with_a_file_is_told(string json, string problem)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("sweep.json", json);
        Gpugan run = Gpugan.Run("sweep", "--spec", path, "--print-spec");
        string lead = $"{path}: {problem}";
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((1, "")));
        Assert.That(run.Error, Does.StartWith($"gpugan: {lead}"));
        Assert.That(run.Error.Count(c => c == '\n'), Is.EqualTo(1));
    }

    [TestCase("{\"data\": \"x.csv\", \"rows\": 9}", "sweep.json: rows is for drawn data; data trains on all rows of its file, 2")]
    [TestCase("{\"data\": \"x.csv\", \"rows\": [2, 3]}", "sweep.json: rows is for drawn data; data trains on all rows of its file, 2")]
    [TestCase("{\"data_sha256\": \"00\"}", "sweep.json: data_sha256 is of a file, and none is named; name it by data")]
    [TestCase("{\"data\": \"x.csv\", \"data_sha256\": \"00\"}", "x.csv: has other numbers (SHA-256 ")]
    public void What_a_file_says_of_data_has_to_be_true(string json, string problem)
    {
        using TemporaryFolder folder = new();
        folder.Write("x.csv", "1,2\n3,4\n");
        folder.Write("sweep.json", json);
        using System.Diagnostics.Process process = Gpugan.Start(folder.Path, ["sweep", "--spec", "sweep.json", "--print-spec"]);
        Gpugan run = Gpugan.Finish(process);
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((1, "")));
        Assert.That(run.Error, Does.StartWith($"gpugan: {problem}"));
    }

    [TestCase("utf-8")]
    [TestCase("utf-16")]
    public void A_file_may_begin_with_a_byte_order_mark(string encoding)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["sweep.json"], "{\"seeds\": 3}", System.Text.Encoding.GetEncoding(encoding));
        Assert.That(Gpugan.Run("sweep", "--spec", folder["sweep.json"], "--print-spec").Output, Does.Contain("\"seeds\": 3"));
    }

    [Test]
    public void An_option_that_overrides_a_file_is_blamed_itself()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("sweep.json", "{\"lr_d\": [1, 2], \"seeds\": 3}");
        Gpugan run = Gpugan.Run("sweep", "--spec", path, "--seeds", "none", "--print-spec");
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((2, "gpugan: --seeds 'none' is no whole number from 1 to 100000000\n")));
    }

    [Test]
    public void A_default_depends_on_the_columns_of_the_data()
    {
        SweepSpecification specification = SweepSpecification.Of(new SweepRequest(null, new Dictionary<string, IReadOnlyList<string>>()), columns: 3, null);
        Assert.That(specification.First.Training.Discriminator, Is.EqualTo(new Network(3, 5, 3, 1)));
        Assert.That(specification.Axes, Is.Empty);
    }

    private static IEnumerable<MemberSettings> Points(SweepSpecification specification)
    {
        SweepPlan plan = new(specification);
        return Enumerable.Range(0, plan.Points).Select(plan.SettingsOf);
    }

    private static SweepSpecification Of(string name, string text, params (string Name, string Text)[] more)
    {
        Dictionary<string, IReadOnlyList<string>> texts = more.Append((name, text)).ToDictionary(pair => pair.Item1, pair => (IReadOnlyList<string>)pair.Item2.Split(','));
        return SweepSpecification.Of(new SweepRequest(null, texts), columns: 2, dataSha256: null);
    }
}
