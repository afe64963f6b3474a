using GpuGan.Kernels;
using GpuGan.Kernels.Devices;

namespace GpuGan.Runner.Wording;

/// <summary>What a failure is told as, and ends with.</summary>
internal static class Failure
{
    /// <summary>Runs a command, and tells its failure in one line.</summary>
    public static ExitCode OrTell(TextWriter error, Func<ExitCode> run)
    {
        try
        {
            return run();
        }
        catch (Exception exception)
        {
            (ExitCode exitCode, string message) = Describe(exception);
            return Notice.Fail(error, exitCode, message);
        }
    }

    /// <summary>The exit code and the message of an exception.</summary>
    public static (ExitCode ExitCode, string Message) Describe(Exception exception) => exception switch
    {
        CommandException command => (command.ExitCode, command.Message),
        FileContentException file => (ExitCode.Failed, file.Message),
        DeviceNotFoundException device => (ExitCode.NoDevice, $"{device.Message}; --device cpu works everywhere"),
        DeviceMemoryException memory => (ExitCode.NoDevice, memory.Message),
        InvalidSettingException setting => (ExitCode.Usage, $"{(setting.Member is int member ? $"member {member}: " : "")}--{Words.Kebab(setting.Setting)} {setting.Problem}"),
        OutOfMemoryException => (ExitCode.Failed, "not enough memory; take fewer rows or narrower networks"),

        // Nothing is expected here; yet a user never sees a stack trace.
        _ => (ExitCode.Failed, $"unexpected {exception.GetType().Name}: {exception.Message}"),
    };
}
