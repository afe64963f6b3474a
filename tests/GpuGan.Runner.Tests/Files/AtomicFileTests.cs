using GpuGan.Runner.Files;

namespace GpuGan.Runner.Tests.Files;

internal sealed class AtomicFileTests
{
    [Test]
    public void A_file_has_its_final_name_only_when_it_is_whole()
    {
        using TemporaryFolder folder = new();
        AtomicFile.Write(folder["file"], stream =>
        {
            stream.WriteByte(1);
            stream.Flush();
            Assert.That(File.Exists(folder["file"]), Is.False);
        });
        Assert.That(Directory.GetFiles(folder.Path), Is.EqualTo(new[] { folder["file"] }));
    }

    [Test]
    public void A_failure_leaves_what_was_there()
    {
        using TemporaryFolder folder = new();
        folder.Write("file", "before");
        Assert.That(
            () => AtomicFile.Write(folder["file"], _ => throw new IOException("disk full")),
            Throws.Exception.Message.EqualTo($"{folder["file"]}: disk full"));
        Assert.That(Directory.GetFiles(folder.Path), Is.EqualTo(new[] { folder["file"] }));
        Assert.That(File.ReadAllText(folder["file"]), Is.EqualTo("before"));
    }
}
