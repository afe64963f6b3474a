using System.CommandLine;
using GpuGan.Runner.Files;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Trainings;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan train</c>: trains one GAN, or a population, and says whether it converged.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        TrainOptions options = new();
        Verb command = new(
            "train",
            $"Trains one GAN, or with --population many at once, writes the results into a folder, and says whether it converged. {TrainOptions.Converged}",
            "gpugan train",
            "gpugan train --seed 7 --epochs 40 --loss minimax",
            "gpugan train --data points.csv --generator 2-16-2 --discriminator 2-32-16-1 --batch-size 32",
            "gpugan train --distribution ring --generator 2-16-2 --discriminator 2-16-1 --epochs 200",
            "gpugan train --device cpu --out results --json --require-converged",
            "gpugan train --epochs 100000 --checkpoint-every 1000 --out long",
            "gpugan train --population 4096 --out population",
            "gpugan train --from population --member 17");
        options.AddTo(command);
        command.SetAction(parsed => (int)Run(
            options.Bind(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static ExitCode Run(TrainArguments arguments, TextWriter output, TextWriter error)
    {
        // What can be refused is refused before anything is opened or made.
        arguments.Check(arguments.Data is null ? arguments.Distribution.Columns : null);
        if (arguments.Out is not null)
        {
            RunFolder.RequireReplaceable(arguments.Out, arguments.Force);
        }

        return arguments.Population is null ? SingleTraining.Run(arguments, output, error) : PopulationTraining.Run(arguments, output, error);
    }
}
