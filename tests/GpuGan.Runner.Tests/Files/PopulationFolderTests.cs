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

    [Test]
    public void A_folder_that_is_not_there_is_told()
    {
        using TemporaryFolder folder = new();
        Assert.That(() => PopulationFolder.Read(folder["none"]), Throws.InstanceOf<FileContentException>().With.Message.EndsWith("no such file or folder"));
    }
}
