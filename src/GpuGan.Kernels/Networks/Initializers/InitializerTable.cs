namespace GpuGan.Kernels.Networks.Initializers;

/// <summary>The initialisations that have a word.</summary>
internal static class InitializerTable
{
    /// <summary>All of them.</summary>
    public static WordTable<IInitializer> All { get; } = new(
        "initialisation",
        new("normal", default(NormalInitializer)),
        new("normal-biases", default(NormalBiasesInitializer)),
        new("xavier", default(XavierInitializer)),
        new("he", default(HeInitializer)),
        new("pytorch", default(PyTorchInitializer)));
}
