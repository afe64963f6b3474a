using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>A member and what became of it, on the way into a table.</summary>
/// <param name="Member">From 0, in the order of the rows.</param>
/// <param name="Seed">Its own.</param>
/// <param name="Settings">Those of its point: the same object for all members of the point.</param>
/// <param name="Result">What became of it.</param>
internal readonly record struct MemberRow(int Member, ulong Seed, MemberSettings Settings, MemberResult Result)
{
    /// <summary>Whether its losses, which do not tell, lie near those of an equilibrium.</summary>
    public bool LooksConverged => Equilibrium.Of(Settings.Training).IsNear(Result.LossD, Result.LossG);
}
