namespace GpuGan.Runner.Tests.Commands;

internal sealed class ExportCommandTests
{
    private static readonly string[] Short = ["--epochs", "1", "--device", "cpu", "--quiet", "--no-plots"];

    private TemporaryFolder folder = null!;

    private string Run => folder["run"];

    [OneTimeSetUp]
    public void Train()
    {
        folder = new TemporaryFolder();
        string data = folder.Write("data.csv", "\"a \"\"b\"\" \\\",größe 😀\n1,2\n3,5\n4,4\n");
        Gpugan trained = Gpugan.Run(["train", .. Short, "--data", data, "--generator", "3-4-2", "--hidden-activation", "leaky-relu", "--seed", "5", "--out", Run]);
        Assert.That(trained.ExitCode, Is.Zero, trained.Error);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void A_folder_has_each_network_and_the_Python_that_makes_them()
    {
        string made = folder["made/here"];
        Gpugan run = Gpugan.Run("export", Run, "--out", made);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Output, Is.EqualTo($"folder              {made}\ntry                 python3 {made}/networks.py\n"));
        string script = File.ReadAllText(Path.Join(made, "networks.py"));
        Assert.Multiple(() =>
        {
            Assert.That(
                Directory.GetFileSystemEntries(made).Select(Path.GetFileName),
                Is.EquivalentTo(new[] { "generator.safetensors", "discriminator.safetensors", "networks.py" }));
            Assert.That(Names("generator"), Is.EqualTo(new[] { "0.weight", "0.bias", "2.weight", "2.bias" }));
            Assert.That(Names("discriminator"), Is.EqualTo(new[] { "0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias" }));
            Assert.That(script, Does.Contain("COLUMNS = [\"a \\U00000022b\\U00000022 \\U0000005c\", \"größe \\U0001f600\"]\nLATENT = 3\n"));
            Assert.That(script, Does.Contain(
                "nn.Sequential(\n        nn.Linear(3, 4),\n        nn.LeakyReLU(0.01),\n        nn.Linear(4, 2),\n    )"));
            Assert.That(script, Does.Contain("nn.Linear(2, 5),\n        nn.LeakyReLU(0.01),\n        nn.Linear(5, 3),\n        nn.LeakyReLU(0.01),\n        nn.Linear(3, 1),\n"));
            Assert.That(script, Does.Not.Match(@"\{(columns|latent|generator|discriminator)\}"));
        });

        IEnumerable<string> Names(string network) => SafetensorsFile.Read(Path.Join(made, $"{network}.safetensors")).Names;
    }

    [Test]
    public void A_generator_alone_makes_the_rows_of_its_run()
    {
        string made = folder["alone"];
        Gpugan.Run("export", Run, "--out", made);
        Gpugan rows = Gpugan.Run("sample", Path.Join(made, "generator.safetensors"), "-n", "20");
        Assert.That((rows.ExitCode, rows.Error), Is.EqualTo((0, "")));
        Assert.That(rows.Output, Is.EqualTo(Gpugan.Run("sample", Run, "-n", "20").Output));
        string discriminator = Path.Join(made, "discriminator.safetensors");
        Refused(1, $"{discriminator}: has no generator: it is a discriminator alone", "sample", discriminator);
    }

    [Test]
    public void What_exists_is_refused_and_force_of_a_training_deletes_what_the_earlier_exported()
    {
        string run = folder["twice"];
        Gpugan.Run(["train", .. Short, "--rows", "20", "--out", run]);
        Assert.That(Gpugan.Run("export", run).Output, Does.Contain($"{run}/pytorch\n"));
        Refused(1, $"{run}/pytorch: exists; name another folder with --out, or delete it", "export", run);
        Refused(1, $"{folder["data.csv"]}: exists; name another folder with --out, or delete it", "export", run, "--out", folder["data.csv"]);
        Gpugan.Run(["train", .. Short, "--rows", "20", "--out", run, "--force"]);
        Assert.That(Directory.Exists(Path.Join(run, "pytorch")), Is.False);

        Gpugan.Run("export", run);
        string own = Path.Join(run, "pytorch", "mine.txt");
        File.WriteAllText(own, "");
        Gpugan.Run(["train", .. Short, "--rows", "20", "--out", run, "--force"]);
        Assert.That(Directory.GetFiles(Path.Join(run, "pytorch")), Is.EqualTo(new[] { own }));
    }

    [Test]
    public void Other_folders_are_told()
    {
        Gpugan.Run(["train", .. Short, "--rows", "20", "--init-std", "1e38", "--out", folder["wild"]]);
        Refused(1, $"{folder["wild/weights.safetensors"]}: its weights are not finite: the training diverged", "export", folder["wild"]);
        Assert.That(Directory.Exists(folder["wild/pytorch"]), Is.False);
        Gpugan.Run(["train", .. Short, "--rows", "20", "--population", "2", "--out", folder["many"]]);
        Refused(1, $"{folder["many/settings.json"]}: is a population's; name the folder of one training", "export", folder["many"]);
        Refused(1, "no-such/settings.json: no such file or folder", "export", "no-such");
        Refused(2, "export needs RUN; see 'gpugan export --help'", "export");
        Refused(2, "--out '' is empty; give a path", "export", Run, "--out", "");
    }

    [Test]
    public void A_folder_that_cannot_be_made_leaves_nothing_behind()
    {
        // Even root can make nothing below a file.
        string below = Path.Join(folder.Write("file", ""), "made");
        Gpugan run = Gpugan.Run("export", Run, "--out", below);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Match(@"\Agpugan: .*: the folder cannot be made: .+\n\z"));
        Assert.That(Directory.GetFileSystemEntries(folder.Path, "*.tmp"), Is.Empty);
    }

    private static void Refused(int exitCode, string line, params string[] args)
    {
        Gpugan run = Gpugan.Run(args);
        Assert.That((run.ExitCode, run.Error, run.Output), Is.EqualTo((exitCode, $"gpugan: {line}\n", "")));
    }
}
