using GpuGan.Runner.Files;

namespace GpuGan.Runner.Tests.Files;

internal sealed class PopulationFolderTests
{
    [TestCase("{}", "has no population")]
    [TestCase("{\"population\": 3}", "is not the settings of a population")]
    [TestCase("{\"population\"", "is not the settings of a population")]
    [TestCase("[]", "is not the settings of a population")]
    public void Settings_of_something_else_are_told_in_one_line(string settings, string problem)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("settings.json", settings);
        Assert.That(() => PopulationFolder.Read(folder.Path), Throws.InstanceOf<FileContentException>().With.Message.StartWith($"{path}: {problem}"));
    }

    [TestCase("0")]
    [TestCase("-3")]
    [TestCase("\"3\"")]
    public void A_population_has_members(string count)
    {
        using TemporaryFolder folder = new();
        Gpugan.Run("train", "--population", "3", "--rows", "8", "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["run"]);
        string path = folder["run/settings.json"], settings = File.ReadAllText(path);
        Assert.That(PopulationFolder.Read(folder["run"]).Count, Is.EqualTo(3));
        File.WriteAllText(path, settings.Replace("\"population\": 3", $"\"population\": {count}", StringComparison.Ordinal));
        Assert.That(
            () => PopulationFolder.Read(folder["run"]),
            Throws.InstanceOf<FileContentException>().With.Message.StartWith($"{path}: is not the settings of a population: "));
    }

    [Test]
    public void A_folder_that_is_not_there_is_told()
    {
        using TemporaryFolder folder = new();
        Assert.That(() => PopulationFolder.Read(folder["none"]), Throws.InstanceOf<FileContentException>().With.Message.EndsWith("no such file or folder"));
    }
}
