using ILGPU;

namespace GpuGan.Kernels.Arithmetic;

/// <summary>
/// The operations as device code: what ILGPU compiles for CUDA, OpenCL and the CPU, and what the host runs.
/// </summary>
/// <remarks>
/// Arithmetic and comparisons go through <see cref="ExactIntrinsics"/>, because ILGPU rewrites plain ones and assemblers
/// contract them. Signs, conversions and moves of bits are exact as they stand.
/// </remarks>
internal readonly struct DeviceOperations : IOperations<float>, IWordOperations<uint>, IConversions<uint, float>
{
    private const int MantissaBits = 23;
    private const int ExponentBias = 127;
    private const uint MantissaMask = (1u << MantissaBits) - 1;

    /// <summary>The bits of the smallest number that is not below sqrt(1/2): where <see cref="Mantissa"/> begins.</summary>
    internal const uint RootOfHalf = 0x3f3504f4;

    /// <inheritdoc/>
    public float Constant(float value) => value;

    /// <inheritdoc/>
    public float Add(float a, float b) => ExactIntrinsics.Add(a, b);

    /// <inheritdoc/>
    public float Subtract(float a, float b) => ExactIntrinsics.Subtract(a, b);

    /// <inheritdoc/>
    public float Multiply(float a, float b) => ExactIntrinsics.Multiply(a, b);

    /// <inheritdoc/>
    public float Fma(float a, float b, float c) => ExactIntrinsics.Fma(a, b, c);

    /// <inheritdoc/>
    public float Reciprocal(float a) => ExactIntrinsics.Reciprocal(a);

    /// <inheritdoc/>
    public float DivideNearOne(float a, float b) => ExactIntrinsics.DivideNearOne(a, b);

    /// <inheritdoc/>
    public float SquareRoot(float a) => ExactIntrinsics.SquareRoot(a);

    /// <inheritdoc/>
    public float Negate(float a) => -a;

    /// <inheritdoc/>
    public float Abs(float a) => MathF.Abs(a);

    /// <inheritdoc/>
    public float CopySign(float magnitude, float sign) => ExactIntrinsics.CopySign(magnitude, sign);

    /// <inheritdoc/>
    public float SelectLess(float a, float b, float whenLess, float otherwise) =>
        ExactIntrinsics.SelectLess(a, b, whenLess, otherwise);

    /// <inheritdoc/>
    public float Clamp(float a, float low, float high) => SelectLess(a, low, low, SelectLess(high, a, high, a));

    /// <inheritdoc/>
    public float AtLeast(float a, float low) => ExactIntrinsics.AtLeast(a, low);

    /// <inheritdoc/>
    public float PowerOfTwo(float shifted) => Interop.IntAsFloat(Interop.FloatAsInt(shifted) << MantissaBits);

    /// <inheritdoc/>
    public float ScaleByPowerOfTwo(float a, float n)
    {
        // Two factors, as 2^n alone may leave the range: the first product is exact, the second rounds.
        int whole = (int)n;
        int half = whole >> 1;
        return Multiply(Multiply(a, Power(half)), Power(whole - half));
    }

    /// <inheritdoc/>
    public float Exponent(float a) => (int)(Interop.FloatAsInt(a) - RootOfHalf) >> MantissaBits;

    /// <inheritdoc/>
    public float Mantissa(float a) =>
        Interop.IntAsFloat(((Interop.FloatAsInt(a) - RootOfHalf) & MantissaMask) + RootOfHalf);

    /// <inheritdoc/>
    public float ZeroIfTiny(float x) => ExactFunctions.ZeroIfTiny(x, default(DeviceOperations));

    /// <inheritdoc/>
    public float Tanh(float x) => ExactFunctions.Tanh(x, default(DeviceOperations));

    /// <inheritdoc/>
    public float Sigmoid(float x) => ExactFunctions.Sigmoid(x, default(DeviceOperations));

    /// <inheritdoc/>
    public float LogOfNormal(float x) => ExactFunctions.LogOfNormal(x, default(DeviceOperations));

    /// <inheritdoc/>
    public void SinCosTurns(float turns, out float sine, out float cosine) =>
        ExactFunctions.SinCosTurns(turns, default(DeviceOperations), out sine, out cosine);

    /// <inheritdoc/>
    public uint Word(uint value) => value;

    /// <inheritdoc/>
    public uint AddWords(uint a, uint b) => a + b;

    /// <inheritdoc/>
    public uint ExclusiveOr(uint a, uint b) => a ^ b;

    /// <inheritdoc/>
    public uint MultiplyLow(uint a, uint b) => ExactIntrinsics.MultiplyLow(a, b);

    /// <inheritdoc/>
    public uint MultiplyHigh(uint a, uint b) => ExactIntrinsics.MultiplyHigh(a, b);

    /// <inheritdoc/>
    public uint ShiftRight(uint a, int count) => a >> count;

    /// <inheritdoc/>
    public float ToNumber(uint word) => (int)word;

    /// <inheritdoc/>
    public uint ToWord(float number) => (uint)(int)number;

    private static float Power(int n) => Interop.IntAsFloat((uint)(n + ExponentBias) << MantissaBits);
}
