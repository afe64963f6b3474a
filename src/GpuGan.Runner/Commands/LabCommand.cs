using System.CommandLine;
using System.Diagnostics;
using System.Net;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Lab;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan lab</c>: a page in the browser where a setting is moved and its whole training is there at once.</summary>
internal static class LabCommand
{
    public static Command Create()
    {
        Option<int> port = Options.Count("--port", "Port to listen on, on this machine alone [default: one that is free]", 0, least: 0, most: IPEndPoint.MaxPort);
        Option<bool> noBrowser = Options.Switch("--no-browser", "Print the address, and open no browser");
        DeviceOptions device = new();
        Verb command = new(
            "lab",
            "Serves a page to the browser of this machine: move a setting, and its whole training is there at once, with its verdict; beside it a map of two " +
            "settings and many seeds. The page shows the commands that give the same bits. Ctrl-C ends it.",
            "gpugan lab",
            "gpugan lab --port 8080 --no-browser") { port, noBrowser };
        foreach (Option option in device.All)
        {
            command.Add(option);
        }

        command.SetAction(parsed => (int)Run(
            parsed.GetValue(port), !parsed.GetValue(noBrowser), device.Bind(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static ExitCode Run(int port, bool opensBrowser, DeviceArguments arguments, TextWriter output, TextWriter error)
    {
        using Device device = arguments.Open();
        return ServeAsync(device, port, opensBrowser, output, error).GetAwaiter().GetResult();
    }

    private static async Task<ExitCode> ServeAsync(Device device, int port, bool opensBrowser, TextWriter output, TextWriter error)
    {
        LabServer server;
        try
        {
            server = await LabServer.StartAsync(device, port).ConfigureAwait(false);
        }
        catch (IOException)
        {
            throw new CommandException(ExitCode.Failed, $"--port {port} is taken; without --port one is taken that is free");
        }

        await using (server.ConfigureAwait(false))
        {
            await output.WriteLineAsync($"{server.Address}").ConfigureAwait(false);
            await output.FlushAsync().ConfigureAwait(false);
            if (opensBrowser)
            {
                OpenBrowser(server.Address, error);
            }

            await error.WriteLineAsync("Ctrl-C ends it").ConfigureAwait(false);
            await server.WaitAsync().ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    // Where there is no browser, the address is there to be copied.
    private static void OpenBrowser(Uri address, TextWriter error)
    {
        bool hasScreen = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ||
            ((string[])["DISPLAY", "WAYLAND_DISPLAY"]).Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
        try
        {
            if (hasScreen)
            {
                using Process? browser = Process.Start(new ProcessStartInfo($"{address}") { UseShellExecute = true });
                return;
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
        }

        error.WriteLine("open this address in a browser of this machine");
    }
}
