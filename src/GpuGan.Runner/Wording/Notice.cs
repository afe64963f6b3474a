namespace GpuGan.Runner.Wording;

/// <summary>What is said on the standard error: one line each, in the name of the program.</summary>
internal static class Notice
{
    /// <summary>Writes an error as the one line that every command uses.</summary>
    public static ExitCode Fail(TextWriter error, ExitCode exitCode, string message)
    {
        error.WriteLine($"gpugan: {OneLine.Of(message)}");
        return exitCode;
    }

    /// <summary>Tells of what is no error, a line each.</summary>
    public static void Warn(TextWriter error, IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
        {
            error.WriteLine($"gpugan: {OneLine.Of(warning)}");
        }
    }
}
