namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>The optimisers that have a word.</summary>
internal static class OptimizerTable
{
    /// <summary>All of them.</summary>
    public static WordTable<IOptimizer> All { get; } = new(
        "optimizer",
        new("adam", default(Adam)),
        new("sgd", default(GradientDescent)),
        new("rmsprop", default(RmsProp)),
        new("optimistic-adam", default(OptimisticAdam)),
        new("optimistic-sgd", default(OptimisticGradientDescent)));
}
