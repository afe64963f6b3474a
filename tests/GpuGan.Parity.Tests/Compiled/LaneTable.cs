using GpuGan.Kernels.Compiled.BackEnds;

namespace GpuGan.Parity.Tests.Compiled;

/// <summary>On which accelerators emitted code is compared, and with how many members for each thread.</summary>
internal static class LaneTable
{
    /// <summary>Stands for 8 lanes that all are one member's.</summary>
    public const int OfOneMember = 0;

    /// <summary>Pairs of an accelerator and a number of lanes: all on the reference, the widest on the other CPUs; GPUs have one.</summary>
    public static IEnumerable<object[]> OfAccelerators =>
        from accelerator in Accelerators.All
        from lanes in Numbers(accelerator)
        select (object[])[accelerator, lanes];

    /// <summary>Those whose code differs: the shape of a CPU accelerator changes none.</summary>
    public static IEnumerable<object[]> OfDifferentCode =>
        OfAccelerators.Where(pair => pair[0] is Accelerators.Reference || !((string)pair[0]).StartsWith("cpu", StringComparison.Ordinal));

    /// <summary>Those of them that have as many members as lanes.</summary>
    public static IEnumerable<object[]> OfMembers => OfDifferentCode.Where(pair => (int)pair[1] != OfOneMember);

    /// <summary>The lanes of that number.</summary>
    public static ILanes Of(int lanes) => lanes switch
    {
        OfOneMember => VectorLanes.OfOneMember!,
        1 => FloatLanes.One,
        4 => VectorLanes.Four,
        8 => VectorLanes.Eight,
        _ => VectorLanes.Sixteen,
    };

    private static IEnumerable<int> Numbers(string accelerator) =>
        accelerator == Accelerators.Reference ? [1, 4, 8, 16, .. OneMember] : accelerator.StartsWith("cpu", StringComparison.Ordinal) ? [16, .. OneMember] : [1];

    private static int[] OneMember => VectorLanes.OfOneMember is null ? [] : [OfOneMember];
}
