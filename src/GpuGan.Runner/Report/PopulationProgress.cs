using System.Diagnostics;
using GpuGan.Runner.Wording;
using Spectre.Console;

namespace GpuGan.Runner.Report;

/// <summary>Shows how far a population is and how long it will take: a live bar on a terminal, plain lines elsewhere.</summary>
internal static class PopulationProgress
{
    private const int PlainLines = 20;

    /// <summary>Runs a training that reports its steps.</summary>
    /// <param name="error">Takes the progress.</param>
    /// <param name="quiet">Whether to show nothing.</param>
    /// <param name="before">Steps that were done before, by an earlier process.</param>
    /// <param name="total">Steps of all members, with those.</param>
    /// <param name="train">Trains, and reports steps as they are done.</param>
    public static void Show(TextWriter error, bool quiet, long before, long total, Action<Action<long>> train)
    {
        long start = Stopwatch.GetTimestamp(), done = 0, left = total - before;
        long lines = LinesOf(0);
        if (quiet)
        {
            train(_ => { });
        }
        else if (Terminal.IsTerminal(error))
        {
            Terminal.ConsoleOf(error).Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).Start(context =>
            {
                ProgressTask task = context.AddTask("compiling", maxValue: total);
                task.Value = before;
                train(steps =>
                {
                    done += steps;
                    task.Value = before + done;
                    task.Description = Describe(done, left, Stopwatch.GetElapsedTime(start));
                });
            });
        }
        else
        {
            train(steps =>
            {
                done += steps;
                long due = LinesOf(done);
                if (due > lines)
                {
                    lines = due;
                    error.WriteLine($"{100.0 * (before + done) / total,3:f0} %  {Describe(done, left, Stopwatch.GetElapsedTime(start))}");
                }
            });
        }

        long LinesOf(long steps) => (long)((double)(before + steps) / total * PlainLines);
    }

    /// <summary>How fast it goes and what is left.</summary>
    internal static string Describe(long done, long total, TimeSpan elapsed)
    {
        if (done <= 0)
        {
            // A device that failed has taken its steps back.
            return "beginning again";
        }

        TimeSpan left = elapsed * ((double)(total - done) / done);
        return $"{done / elapsed.TotalSeconds:0.00e+0} GAN-steps/s, {(left.TotalHours < 1 ? $@"{left:m\:ss}" : $@"{(int)left.TotalHours}:{left:mm\:ss}")} left";
    }
}
