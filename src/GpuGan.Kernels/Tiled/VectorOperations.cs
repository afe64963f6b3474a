using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Tiled;

/// <summary>
/// The operations on vectors: lane for lane the bits of <see cref="DeviceOperations"/>, so that each formula of the library, written once for
/// any number type, is that of a vector too.
/// </summary>
internal readonly struct VectorOperations<TNumbers, TWords, TVectors> : IOperations<TNumbers>, IWordOperations<TWords>, IConversions<TWords, TNumbers>
    where TVectors : IVectors<TNumbers, TWords>
{
    private const int MantissaBits = 23;
    private const uint ExponentBias = 127, MantissaMask = (1u << MantissaBits) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers Constant(float value) => TVectors.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers Add(TNumbers a, TNumbers b) => TVectors.Add(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers Subtract(TNumbers a, TNumbers b) => TVectors.Subtract(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers Multiply(TNumbers a, TNumbers b) => TVectors.Multiply(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers Fma(TNumbers a, TNumbers b, TNumbers c) => TVectors.Fma(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers Reciprocal(TNumbers a) => TVectors.Divide(TVectors.Create(1), a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers DivideNearOne(TNumbers a, TNumbers b) => TVectors.Divide(a, b);

    // 0 times infinity is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers SquareRoot(TNumbers a) => TVectors.Fma(TVectors.Create(0), a, TVectors.Sqrt(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers Negate(TNumbers a) => TVectors.Negate(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers Abs(TNumbers a) => TVectors.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers CopySign(TNumbers magnitude, TNumbers sign) => TVectors.CopySign(magnitude, sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers SelectLess(TNumbers a, TNumbers b, TNumbers whenLess, TNumbers otherwise) => TVectors.SelectLess(a, b, whenLess, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers Clamp(TNumbers a, float low, float high)
    {
        TNumbers least = TVectors.Create(low), most = TVectors.Create(high);
        return TVectors.SelectLess(a, least, least, TVectors.SelectLess(most, a, most, a));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers AtLeast(TNumbers a, float low) => TVectors.Max(a, TVectors.Create(low));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers PowerOfTwo(TNumbers shifted) => TVectors.AsNumbers(TVectors.ShiftLeft(TVectors.AsWords(shifted), MantissaBits));

    // Two factors, as 2^n alone may leave the range: the first product is exact, the second rounds.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers ScaleByPowerOfTwo(TNumbers a, TNumbers n)
    {
        TWords whole = TVectors.ConvertToWords(n), half = TVectors.ShiftRightArithmetic(whole, 1);
        return TVectors.Multiply(TVectors.Multiply(a, Power(half)), Power(TVectors.Subtract(whole, half)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers Exponent(TNumbers a) => TVectors.ConvertToNumbers(TVectors.ShiftRightArithmetic(FromRootOfHalf(a), MantissaBits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers Mantissa(TNumbers a) => TVectors.AsNumbers(
        TVectors.Add(TVectors.And(FromRootOfHalf(a), TVectors.CreateWords(MantissaMask)), TVectors.CreateWords(DeviceOperations.RootOfHalf)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers ZeroIfTiny(TNumbers x) => ExactFunctions.ZeroIfTiny(x, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers Tanh(TNumbers x) => ExactFunctions.Tanh(x, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers Sigmoid(TNumbers x) => ExactFunctions.Sigmoid(x, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers LogOfNormal(TNumbers x) => ExactFunctions.LogOfNormal(x, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SinCosTurns(TNumbers turns, out TNumbers sine, out TNumbers cosine) => ExactFunctions.SinCosTurns(turns, this, out sine, out cosine);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWords Word(uint value) => TVectors.CreateWords(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWords AddWords(TWords a, TWords b) => TVectors.Add(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWords ExclusiveOr(TWords a, TWords b) => TVectors.Xor(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWords MultiplyLow(TWords a, TWords b) => TVectors.MultiplyLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWords MultiplyHigh(TWords a, TWords b) => TVectors.MultiplyHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWords ShiftRight(TWords a, int count) => TVectors.ShiftRight(a, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TNumbers ToNumber(TWords word) => TVectors.ConvertToNumbers(word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWords ToWord(TNumbers number) => TVectors.ConvertToWords(number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TNumbers Power(TWords n) =>
        TVectors.AsNumbers(TVectors.ShiftLeft(TVectors.Add(n, TVectors.CreateWords(ExponentBias)), MantissaBits));

    /// <summary>How far the bits of a number are from those of sqrt(1/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords FromRootOfHalf(TNumbers a) => TVectors.Subtract(TVectors.AsWords(a), TVectors.CreateWords(DeviceOperations.RootOfHalf));
}
