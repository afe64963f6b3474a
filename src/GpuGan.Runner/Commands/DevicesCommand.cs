using System.CommandLine;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Report;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan devices</c>: lists the accelerators, and says what keeps the others from being used.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        Option<bool> json = Options.Switch("--json", "Print the list as JSON");
        Verb command = new(
            "devices",
            "Lists every accelerator that can be used, and every one that cannot with the reason and the remedy.",
            "gpugan devices",
            "gpugan devices --json") { json };
        command.SetAction(parsed =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            IReadOnlyList<AcceleratorEntry> entries = AcceleratorCatalog.List();
            if (parsed.GetValue(json))
            {
                output.Write(Json.Document(DevicesReport.ToJson(entries)));
            }
            else
            {
                DevicesReport.Write(output, entries);
            }
        });
        return command;
    }
}
