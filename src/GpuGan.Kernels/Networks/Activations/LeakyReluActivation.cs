using System.Globalization;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Networks.Activations;

/// <summary>x above zero, else slope x; derivative 1 above zero, else the slope, as PyTorch's.</summary>
/// <param name="slope">From 0 to 1.</param>
public readonly struct LeakyReluActivation(float slope) : IActivation
{
    /// <summary>PyTorch's.</summary>
    public const float DefaultSlope = 0.01f;

    /// <summary>The slope.</summary>
    public float Coefficient { get; } = slope;

    /// <inheritdoc/>
    public string Word => Coefficient == DefaultSlope ? "leaky-relu" : string.Create(CultureInfo.InvariantCulture, $"leaky-relu:{Coefficient}");

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => true;

    /// <summary>Reads a slope.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static IActivation Parse(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float slope) && slope is >= 0 and <= 1
            ? new LeakyReluActivation(slope)
            : throw new FormatException("has no slope from 0 to 1, as leaky-relu:0.2 has");

    /// <inheritdoc/>
    public T Value<T, TOps>(T preactivation, T coefficient, TOps o)
        where TOps : struct, IOperations<T> =>
        o.SelectLess(o.Constant(0), preactivation, preactivation, o.Multiply(coefficient, preactivation));

    /// <inheritdoc/>
    public T Derivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T> =>
        o.SelectLess(o.Constant(0), value, o.Constant(1), coefficient);

    /// <inheritdoc/>
    public T SecondDerivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T> => o.Constant(0);
}
