using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Tests.Arithmetic;

/// <summary>An elementary function, its float64 truth, its domain and the error that it may have there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">As the kernels compute it.</param>
/// <param name="Truth">In float64: its own error, about 1e-16, is 2^-29 of the unit that float32 is measured in.</param>
/// <param name="Ulps">The largest error that is stated.</param>
/// <param name="Domain">Whether an input belongs to the domain.</param>
internal sealed record ElementaryFunction(
    string Name, Func<float, float> Value, Func<double, double> Truth, double Ulps, Func<float, bool> Domain)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ElementaryFunction> All { get; } =
    [
        new("tanh", x => ExactFunctions.Tanh(x, default(DeviceOperations)), Math.Tanh, 2, _ => true),
        new("exp", x => ExactFunctions.Exp(x, default(DeviceOperations)), Math.Exp, 2, _ => true),
        new("log", x => ExactFunctions.Log(x, default(DeviceOperations)), Math.Log, 4, x => x > 0 && float.IsFinite(x)),
        new("sigmoid", x => ExactFunctions.Sigmoid(x, default(DeviceOperations)), x => 1 / (1 + Math.Exp(-x)), 4, x => Math.Abs(x) <= 20),
        new("sigmoid of far numbers", x => ExactFunctions.Sigmoid(x, default(DeviceOperations)), x => 1 / (1 + Math.Exp(-x)), 6, x => Math.Abs(x) <= 80),
        new("sine of turns", Sine, TrueSine, 4, IsTurn),
        new("cosine of turns", Cosine, TrueCosine, 4, IsTurn),
    ];

    /// <summary>The worst of some inputs, given by their bits; those outside the domain are left out.</summary>
    public WorstCase Sweep(long from, long to, long stride)
    {
        var worst = new WorstCase(-1, 0);
        for (long bits = from; bits < to; bits += stride)
        {
            float input = BitConverter.UInt32BitsToSingle((uint)bits);
            if (Domain(input))
            {
                worst = WorstCase.Of(worst, new WorstCase(Ulp.Error(Value(input), Truth(input)), input));
            }
        }

        return worst;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The angles of the noise: k 2^-24 turns, below 1.</summary>
    private static bool IsTurn(float u) => u >= 0 && u < 1 && u * (1 << 24) == MathF.Floor(u * (1 << 24));

    private static float Sine(float turns)
    {
        ExactFunctions.SinCosTurns(turns, default(DeviceOperations), out float sine, out _);
        return sine;
    }

    private static float Cosine(float turns)
    {
        ExactFunctions.SinCosTurns(turns, default(DeviceOperations), out _, out float cosine);
        return cosine;
    }

    private static double TrueSine(double turns) => Math.Round(4 * turns) switch
    {
        1 => Math.Cos(RestOfQuarter(turns)),
        2 => -Math.Sin(RestOfQuarter(turns)),
        3 => -Math.Cos(RestOfQuarter(turns)),
        _ => Math.Sin(RestOfQuarter(turns)),
    };

    private static double TrueCosine(double turns) => Math.Round(4 * turns) switch
    {
        1 => -Math.Sin(RestOfQuarter(turns)),
        2 => -Math.Cos(RestOfQuarter(turns)),
        3 => Math.Sin(RestOfQuarter(turns)),
        _ => Math.Cos(RestOfQuarter(turns)),
    };

    /// <summary>The angle from the nearest quarter turn; the difference is exact, so that zeros are zeros.</summary>
    private static double RestOfQuarter(double turns) => Math.Tau * (turns - (Math.Round(4 * turns) / 4));
}
