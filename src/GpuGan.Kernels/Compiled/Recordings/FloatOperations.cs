using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Compiled.Recordings;

/// <summary><see cref="DeviceOperations"/> as static methods, named as the <see cref="Operation"/>s that they do.</summary>
internal static class FloatOperations
{
    private static DeviceOperations O => default;

    public static float Add(float a, float b) => O.Add(a, b);

    public static float Subtract(float a, float b) => O.Subtract(a, b);

    public static float Multiply(float a, float b) => O.Multiply(a, b);

    public static float Fma(float a, float b, float c) => O.Fma(a, b, c);

    public static float Reciprocal(float a) => O.Reciprocal(a);

    public static float DivideNearOne(float a, float b) => O.DivideNearOne(a, b);

    public static float SquareRoot(float a) => O.SquareRoot(a);

    public static float Negate(float a) => O.Negate(a);

    public static float Abs(float a) => O.Abs(a);

    public static float CopySign(float magnitude, float sign) => O.CopySign(magnitude, sign);

    public static float SelectLess(float a, float b, float whenLess, float otherwise) => O.SelectLess(a, b, whenLess, otherwise);

    public static float AtLeast(float a, float low) => O.AtLeast(a, low);

    public static float PowerOfTwo(float shifted) => O.PowerOfTwo(shifted);

    public static float Exponent(float a) => O.Exponent(a);

    public static float Mantissa(float a) => O.Mantissa(a);

    public static float FastReciprocal(float a) => FastIntrinsics.FastReciprocal(a);

    public static float FastSquareRoot(float a) => FastIntrinsics.FastSquareRoot(a);

    public static float FastTanh(float x) => FastIntrinsics.FastTanh(x);

    public static float FastLog(float x) => FastIntrinsics.FastLog(x);

    public static float FastSine(float turns) => FastIntrinsics.FastSine(turns);

    public static float FastCosine(float turns) => FastIntrinsics.FastCosine(turns);

    public static uint AddWords(uint a, uint b) => O.AddWords(a, b);

    public static uint ExclusiveOr(uint a, uint b) => O.ExclusiveOr(a, b);

    public static uint MultiplyLow(uint a, uint b) => O.MultiplyLow(a, b);

    public static uint MultiplyHigh(uint a, uint b) => O.MultiplyHigh(a, b);

    public static uint ShiftRight(uint a, int count) => O.ShiftRight(a, count);

    public static float ToNumber(uint word) => O.ToNumber(word);

    public static uint ToWord(float number) => O.ToWord(number);
}
