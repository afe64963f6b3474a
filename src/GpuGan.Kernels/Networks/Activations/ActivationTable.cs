namespace GpuGan.Kernels.Networks.Activations;

/// <summary>The activations that have a word.</summary>
internal static class ActivationTable
{
    /// <summary>All of them.</summary>
    public static WordTable<IActivation> All { get; } = new(
        "activation",
        new("tanh", default(TanhActivation)),
        new("relu", default(ReluActivation)),
        new("leaky-relu", new LeakyReluActivation(LeakyReluActivation.DefaultSlope), "SLOPE", LeakyReluActivation.Parse),
        new("sigmoid", default(SigmoidActivation)),
        new("identity", default(IdentityActivation)));

    /// <summary>Those that stand behind the last layer of a generator.</summary>
    public static WordTable<IActivation> Outputs { get; } = new(
        "output",
        new("identity", default(IdentityActivation)),
        new("tanh", default(TanhActivation)),
        new("sigmoid", default(SigmoidActivation)));
}
