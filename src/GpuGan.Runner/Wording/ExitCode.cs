namespace GpuGan.Runner.Wording;

/// <summary>What the process tells its caller.</summary>
internal enum ExitCode
{
    /// <summary>Done, also where a training has not converged.</summary>
    Done = 0,

    /// <summary>Failed at run time, by the contents of files and folders above all.</summary>
    Failed = 1,

    /// <summary>The arguments alone show what is wrong.</summary>
    Usage = 2,

    /// <summary>No such device here, or not enough memory on it.</summary>
    NoDevice = 3,

    /// <summary>A verification disagreed, a published number was missed, or <c>--require-converged</c> was not met.</summary>
    Disagreed = 4,

    /// <summary>A single training diverged.</summary>
    Diverged = 5,

    /// <summary>Ctrl-C; 128 + SIGINT, as shells report it.</summary>
    Interrupted = 130,
}
