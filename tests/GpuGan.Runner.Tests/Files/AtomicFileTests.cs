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

    // Root could rename a file onto it.
    [Test]
    [Platform("Linux")]
    public void A_device_is_written_and_not_replaced()
    {
        Assert.That(() => AtomicFile.Write("/dev/full", "text"), Throws.Exception.Message.EqualTo("/dev/full: No space left on device"));
        Assert.That(Directory.GetFiles("/dev", ".full.*"), Is.Empty);
    }

    [Test]
    [Platform("Linux")]
    public void In_shared_memory_are_files_as_any_other()
    {
        Assume.That(Directory.Exists("/dev/shm"), "this machine has no /dev/shm");
        string file = $"/dev/shm/gpugan-{Path.GetRandomFileName()}";
        try
        {
            AtomicFile.Write(file, "first");
            AtomicFile.Write(file, "second");
            Assert.That(File.ReadAllText(file), Is.EqualTo("second"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public void What_is_being_written_is_not_tidied_away()
    {
        using TemporaryFolder folder = new();
        AtomicFile.Write(folder["file"], stream =>
        {
            AtomicFile.Tidy(folder.Path);
            stream.WriteByte(1);
        });
        Assert.That(File.ReadAllBytes(folder["file"]), Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public void What_kills_left_behind_is_tidied_away()
    {
        using TemporaryFolder folder = new();
        folder.Write("file", "whole");
        folder.Write(".file.x.tmp", "half");
        AtomicFile.Tidy(folder.Path);
        Assert.That(Directory.GetFiles(folder.Path), Is.EqualTo(new[] { folder["file"] }));
    }
}
