using System.Runtime.InteropServices;

namespace GpuGan.Runner.Wording;

/// <summary>
/// Ctrl-C, or SIGTERM, by which clusters and services end a process: the first asks for an orderly end, the second ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly TextWriter error;
    private readonly string unit;
    private readonly PosixSignalRegistration[] registrations;
    private volatile bool requested;

    /// <summary>Begins to listen.</summary>
    /// <param name="error">Is told that the signal was understood.</param>
    /// <param name="unit">What is finished before the end.</param>
    public Interruption(TextWriter error, string unit = "epoch")
    {
        (this.error, this.unit) = (error, unit);
        registrations = [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM]).Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    /// <summary>Whether a signal came.</summary>
    public bool Requested => requested;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (requested)
        {
            if (Terminal.IsTerminal(error))
            {
                // A live bar had hidden the cursor.
                error.Write("\e[?25h");
            }

            Environment.Exit((int)ExitCode.Interrupted);
        }

        requested = true;
        error.WriteLine($"finishing the {unit}; {(context.Signal == PosixSignal.SIGTERM ? "SIGTERM" : "Ctrl-C")} again stops at once");
    }
}
