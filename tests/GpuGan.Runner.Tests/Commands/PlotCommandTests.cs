namespace GpuGan.Runner.Tests.Commands;

internal sealed class PlotCommandTests
{
    private static readonly string[] Short = ["--rows", "50", "--epochs", "2", "--device", "cpu", "--quiet"];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase("--seed 7 --lr-g 0.01", 10)]
    [TestCase("--population 6 --shared-data", 14)]
    public void The_pictures_are_drawn_again_to_the_same_bytes(string options, int count)
    {
        Gpugan.Run(["train", .. Short, .. options.Split(' '), "--out", folder["run"]]);
        Dictionary<string, byte[]> drawn = Pictures();
        foreach (string name in drawn.Keys)
        {
            File.Delete(folder[$"run/{name}"]);
        }

        Gpugan plot = Gpugan.Run("plot", folder["run"]);
        Assert.That((plot.ExitCode, plot.Error, plot.Output), Is.EqualTo((0, "", $"pictures            {count} files in {folder["run"]}\n")));
        Assert.That(drawn, Has.Count.EqualTo(count));
        Assert.That(Pictures(), Is.EqualTo(drawn));
    }

    [Test]
    public void A_sweep_is_drawn_from_its_table()
    {
        Gpugan.Run("sweep", "--lr-d", ".01,.05", "--lr-g", "loguniform:1e-3:1", "--random", "12", "--rows", "50", "--epochs", "1", "--device", "cpu", "--quiet", "--out", folder["run"]);
        Dictionary<string, byte[]> drawn = Pictures();
        Assert.That(drawn.Keys, Is.EquivalentTo(new[] { "heat_lr_d_lr_g.png", "heat_lr_d_lr_g.svg" }));
        File.WriteAllText(folder["run/heat_lr_d_lr_g.png"], "");
        Gpugan plot = Gpugan.Run("plot", folder["run"]);
        Assert.That((plot.ExitCode, plot.Error), Is.EqualTo((0, "")));
        Assert.That(Pictures(), Is.EqualTo(drawn));
    }

    [Test]
    public void What_is_done_of_an_unfinished_sweep_is_drawn_and_told()
    {
        string[] sweep = ["sweep", "--lr-d", ".01,.05", "--lr-g", ".1,.2", "--seeds", "3", "--rows", "50", "--epochs", "1", "--device", "cpu", "--quiet", "--out", folder["run"]];
        Gpugan.Run([.. sweep, "--shard", "2/3"]);
        Gpugan plot = Gpugan.Run("plot", folder["run"]);
        Dictionary<string, byte[]> part = Pictures();
        Assert.That((plot.ExitCode, plot.Error, plot.Output), Is.EqualTo(
            (0, "", $"pictures            2 files in {folder["run"]}\nunfinished          4 of 12 members are done, and these are shown\n")));

        // From the files of the chunks the same is read as from the table.
        Gpugan.Run(sweep);
        Dictionary<string, byte[]> whole = Pictures();
        File.Delete(folder["run/members.parquet"]);
        Gpugan again = Gpugan.Run("plot", folder["run"]);
        Assert.That((again.ExitCode, again.Output), Is.EqualTo((0, plot.Output[..(plot.Output.IndexOf('\n', StringComparison.Ordinal) + 1)])));
        Assert.That(Pictures(), Is.EqualTo(whole).And.Not.EqualTo(part));
    }

    [Test]
    public void A_sweep_of_which_nothing_is_done_is_told()
    {
        Gpugan.Run("sweep", "--lr-d", ".01,.05", "--rows", "50", "--epochs", "1", "--device", "cpu", "--quiet", "--shard", "1/2", "--out", folder["run"]);
        foreach (string chunk in Directory.GetFiles(folder["run/chunks"], "*.chunk"))
        {
            File.Delete(chunk);
        }

        Gpugan plot = Gpugan.Run("plot", folder["run"]);
        Assert.That((plot.ExitCode, plot.Error), Is.EqualTo((1, $"gpugan: {folder["run"]}: has no member that is done yet; run its command\n")));
    }

    [Test]
    public void A_diverged_training_is_drawn()
    {
        Gpugan.Run(["train", .. Short, "--init-std", "1e38", "--no-plots", "--out", folder["run"]]);
        Assert.That(Gpugan.Run("plot", folder["run"]).ExitCode, Is.Zero);
    }

    [Test]
    public void Own_data_are_read_again_and_must_have_the_same_rows()
    {
        string data = folder.Write("data.csv", "1,2\n3,4\n5,7\n");
        Gpugan.Run("train", "--data", data, "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["run"]);
        Assert.That(Gpugan.Run("plot", folder["run"]).ExitCode, Is.Zero);
        File.AppendAllText(data, "8,9\n");
        Gpugan plot = Gpugan.Run("plot", folder["run"]);
        Assert.That((plot.ExitCode, plot.Error), Is.EqualTo(
            (1, $"gpugan: {data}: the rows have changed since {folder["run"]} learnt them (4 here, 3 then); name a file of those rows by --data FILE\n")));
    }

    [Test]
    public void What_is_no_run_is_told()
    {
        Gpugan nothing = Gpugan.Run("plot", folder["nothing"]);
        Assert.That((nothing.ExitCode, nothing.Error), Is.EqualTo((1, $"gpugan: {folder["nothing/settings.json"]}: no such file or folder\n")));
        Assert.That(Gpugan.Run("plot").ExitCode, Is.EqualTo(2));

        Gpugan.Run(["train", .. Short, "--no-plots", "--out", folder["run"]]);
        File.WriteAllText(folder["run/losses.csv"], "epoch,loss_d,loss_g\n1,x,2\n");
        Gpugan malformed = Gpugan.Run("plot", folder["run"]);
        Assert.That((malformed.ExitCode, malformed.Error), Is.EqualTo((1, $"gpugan: {folder["run/losses.csv"]}: is malformed: The input string 'x' was not in a correct format.\n")));
        File.Delete(folder["run/weights.safetensors"]);
        File.WriteAllText(folder["run/losses.csv"], "epoch,loss_d,loss_g\n1,1,2\n");
        Assert.That(Gpugan.Run("plot", folder["run"]).Error, Is.EqualTo($"gpugan: {folder["run/weights.safetensors"]}: no such file or folder\n"));
    }

    private Dictionary<string, byte[]> Pictures() => Directory.EnumerateFiles(folder["run"])
        .Where(file => Path.GetExtension(file) is ".png" or ".svg").ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
}
