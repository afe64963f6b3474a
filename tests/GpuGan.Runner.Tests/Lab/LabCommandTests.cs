using System.Diagnostics;
using System.Globalization;

namespace GpuGan.Runner.Tests.Lab;

internal sealed class LabCommandTests
{
    [TestCase("INT")]
    [TestCase("TERM")]
    public void A_signal_ends_it(string signal)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("there are no signals on Windows");
        }

        using TemporaryFolder folder = new();
        using Process process = Gpugan.Start(folder.Path, "lab", "--no-browser", "--device", "cpu");
        string? address = process.StandardOutput.ReadLine();
        using (LabVisitor visitor = new(new Uri(address!)))
        {
            Assert.That(visitor.Train("epochs=1")["result"], Is.Not.Null);
            using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
            Gpugan ended = Gpugan.Finish(process);
            Assert.Multiple(() =>
            {
                Assert.That(ended.ExitCode, Is.Zero, ended.Error);
                Assert.That(ended.Output, Is.Empty, "the address is all that it prints");
                Assert.That(ended.Error.Trim(), Is.EqualTo("Ctrl-C ends it"));
                Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty, "nothing is written that was not asked for");
            });
        }
    }

    [Test]
    public void A_port_that_is_taken_is_told_in_a_line()
    {
        using System.Net.Sockets.TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        int port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        Gpugan lab = Gpugan.Run("lab", "--no-browser", "--device", "cpu", "--port", $"{port}");
        Assert.Multiple(() =>
        {
            Assert.That(lab.ExitCode, Is.EqualTo(1));
            Assert.That(lab.Error, Is.EqualTo($"gpugan: --port {port} is taken; without --port one is taken that is free\n"));
        });
    }
}
