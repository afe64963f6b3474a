using System.CommandLine;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Files;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Report;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan export</c>: writes the networks of a training for PyTorch.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Argument<string> run = new("run") { HelpName = "RUN", Description = "The folder of a training" };
        Option<string?> output = Options.Path("--out", "DIR", $"Folder to make [default: {PyTorchFolder.Name} in the run's folder]");
        Verb command = new(
            "export",
            "Writes the networks of a training for PyTorch: generator.safetensors and discriminator.safetensors, which load_state_dict takes as " +
            $"they are, and {PyTorchFolder.ScriptName}, which makes both modules and, run by python3, prints rows of the generator.",
            "gpugan export results",
            "gpugan export results --out gan && python3 gan/networks.py 10") { run, output };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(run);
            _ = RunSettings.Read(folder);
            string path = parsed.GetValue(output) ?? Path.Join(folder, PyTorchFolder.Name);
            PyTorchFolder.Write(path, WeightsFile.Read(Path.Join(folder, RunFolder.WeightsName), Words.Option));
            PopulationReport.Line(parsed.InvocationConfiguration.Output, "folder", path);
            PopulationReport.Line(parsed.InvocationConfiguration.Output, "try", $"python3 {Path.Join(path, PyTorchFolder.ScriptName)}");
            return (int)ExitCode.Done;
        });
        return command;
    }
}
