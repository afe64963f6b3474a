using GpuGan.Kernels.Training;
using GpuGan.Runner.Wording;
using Spectre.Console;

namespace GpuGan.Runner.Report;

/// <summary>Shows a training while it runs: a live bar on a terminal, plain lines elsewhere.</summary>
internal static class TrainingProgress
{
    private const int PlainLines = 20;

    /// <summary>Runs a training that reports each epoch.</summary>
    /// <param name="error">Takes the progress.</param>
    /// <param name="quiet">Whether to show nothing.</param>
    /// <param name="epochs">Number of epochs to come.</param>
    /// <param name="train">Trains, and reports each epoch to its argument.</param>
    public static void Show(TextWriter error, bool quiet, int epochs, Action<Action<EpochLosses>> train)
    {
        if (quiet)
        {
            train(_ => { });
        }
        else if (Terminal.IsTerminal(error))
        {
            ShowBar(Terminal.ConsoleOf(error), epochs, train);
        }
        else
        {
            train(losses => WriteLine(error, epochs, losses));
        }
    }

    private static string Describe(EpochLosses losses, int epochs) =>
        $"epoch {losses.Epoch}/{epochs}  loss_d {Digits.Fixed(losses.LossD)}  loss_g {Digits.Fixed(losses.LossG)}";

    // A line for each epoch where they are few, else at equal distances.
    private static void WriteLine(TextWriter error, int epochs, EpochLosses losses)
    {
        long lines = Math.Min(epochs, PlainLines);
        if (losses.Epoch * lines / epochs != (losses.Epoch - 1) * lines / epochs)
        {
            error.WriteLine(Describe(losses, epochs));
        }
    }

    private static void ShowBar(IAnsiConsole console, int epochs, Action<Action<EpochLosses>> train) => console
        .Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
        .Start(context =>
        {
            ProgressTask task = context.AddTask("begun", maxValue: epochs);
            train(losses =>
            {
                task.Description = Describe(losses, epochs);
                task.Value = losses.Epoch;
            });
        });
}
