using GpuGan.Runner.Files;

namespace GpuGan.Runner.Tests.Files;

internal sealed class FileLockTests
{
    [Test]
    public void One_has_it_until_it_lets_go()
    {
        using TemporaryFolder folder = new();
        using (FileLock? one = FileLock.TryTake(folder["lock"]))
        {
            Assert.That(one, Is.Not.Null);
            Assert.That(FileLock.TryTake(folder["lock"]), Is.Null);
            Assert.That(
                () => FileLock.Take(folder["lock"], TimeSpan.FromSeconds(0.1)),
                Throws.InstanceOf<FileContentException>().With.Message.StartWith($"{folder["lock"]}: another process has held it for 0 seconds"));
        }

        using FileLock? next = FileLock.TryTake(folder["lock"]);
        Assert.That(next, Is.Not.Null, "the file that is left means nothing");
    }

    [Test]
    public void A_file_that_cannot_be_made_is_told()
    {
        using TemporaryFolder folder = new();
        Assert.That(() => FileLock.TryTake(folder["none/lock"]), Throws.InstanceOf<FileContentException>().With.Message.EqualTo($"{folder["none/lock"]}: no such file or folder"));
    }
}
