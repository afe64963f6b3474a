namespace GpuGan.Runner.Wording;

/// <summary>Ends a command with an exit code and one line on stderr.</summary>
/// <param name="exitCode">The exit code.</param>
/// <param name="message">What is wrong, where, and what would be right.</param>
internal sealed class CommandException(ExitCode exitCode, string message) : Exception(message)
{
    public ExitCode ExitCode { get; } = exitCode;
}
