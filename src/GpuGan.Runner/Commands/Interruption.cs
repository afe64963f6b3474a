using System.Runtime.InteropServices;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Commands;

/// <summary>Ctrl-C: the first asks for an orderly end, the second ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly TextWriter error;
    private readonly string unit;
    private readonly PosixSignalRegistration registration;
    private volatile bool requested;

    /// <summary>Begins to listen.</summary>
    /// <param name="error">Is told that Ctrl-C was understood.</param>
    /// <param name="unit">What is finished before the end.</param>
    public Interruption(TextWriter error, string unit = "epoch")
    {
        (this.error, this.unit) = (error, unit);
        registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
    }

    /// <summary>Whether Ctrl-C was pressed.</summary>
    public bool Requested => requested;

    public void Dispose() => registration.Dispose();

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
        error.WriteLine($"finishing the {unit}; Ctrl-C again stops at once");
    }
}
