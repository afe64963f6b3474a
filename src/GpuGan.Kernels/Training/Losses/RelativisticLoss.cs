using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Losses;

/// <summary>
/// softplus(b - a) of each real row and the generated one of its place: that the real one looks more real. The generator minimises
/// softplus(a - b) (Jolicoeur-Martineau, "The relativistic discriminator", 2019; Huang et al., "The GAN is dead; long live the GAN!", 2024).
/// </summary>
/// <remarks>The loss is counted with the real rows; that of the generated ones is 0.</remarks>
public readonly struct RelativisticLoss : ILoss
{
    /// <inheritdoc/>
    public string Word => "relativistic";

    /// <inheritdoc/>
    public bool IsPaired => true;

    /// <inheritdoc/>
    public T RealValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => ExactFunctions.Softplus(o.Subtract(generated, real), o);

    /// <inheritdoc/>
    public T RealDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Negate(o.Sigmoid(o.Subtract(generated, real)));

    /// <inheritdoc/>
    public T FakeValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Constant(0);

    /// <inheritdoc/>
    public T FakeDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Sigmoid(o.Subtract(generated, real));

    /// <inheritdoc/>
    public T GeneratorValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => ExactFunctions.Softplus(o.Subtract(real, generated), o);

    /// <inheritdoc/>
    public T GeneratorDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Negate(o.Sigmoid(o.Subtract(real, generated)));
}
