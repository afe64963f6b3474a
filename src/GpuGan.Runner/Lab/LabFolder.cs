using System.Text.Json.Nodes;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Trainings;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Lab;

/// <summary>Saves an experiment, as the command that trains it does.</summary>
internal static class LabFolder
{
    /// <summary>Trains into a new folder of runs; rows that were drawn by hand become a file beside it.</summary>
    /// <returns>Where it is.</returns>
    /// <exception cref="CommandException">The training cannot be saved.</exception>
    public static JsonObject Save(LabExperiment experiment)
    {
        TrainArguments arguments = experiment.Arguments with { Json = true, Quiet = true };
        if (experiment.Request.Points is { } points)
        {
            string file = Path.Join("runs", $"drawn-{points.Sha256[..12]}.csv");
            Directory.CreateDirectory("runs");
            AtomicFile.Write(file, LabRequest.Csv(points));
            arguments = arguments with { Data = file };
        }

        using StringWriter output = new(), error = new();
        ExitCode exitCode = Failure.OrTell(error, () => SingleTraining.Run(arguments, output, error));
        return output.ToString() is { Length: > 0 } text && JsonNode.Parse(text)?["run_folder"]?.GetValue<string>() is string folder
            ? new JsonObject { ["folder"] = folder }
            : throw new CommandException(exitCode, error.ToString().Trim());
    }
}
