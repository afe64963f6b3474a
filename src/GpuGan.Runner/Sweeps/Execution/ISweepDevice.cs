using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Sweeps.Execution;

/// <summary>An accelerator that takes part in a sweep.</summary>
internal interface ISweepDevice : IDisposable
{
    /// <summary>The option's spelling, such as <c>cuda:0</c>.</summary>
    string Word { get; }

    /// <summary>How many of a group's members suit the accelerator at once, of so many that are left.</summary>
    int ChunkOf(KernelGroup group, int left);

    /// <summary>Trains members, and gives what became of them in the order of work.</summary>
    /// <param name="plan">The sweep's.</param>
    /// <param name="group">The group that all of them belong to.</param>
    /// <param name="work">Which.</param>
    /// <param name="progress">Told how many steps of GANs were done.</param>
    MemberResult[] Train(SweepPlan plan, KernelGroup group, WorkSet work, Action<long> progress);
}
