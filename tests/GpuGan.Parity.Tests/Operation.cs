using GpuGan.Kernels.Arithmetic;
using ILGPU;

namespace GpuGan.Parity.Tests;

/// <summary>The operations of <see cref="IOperations{T}"/>, <see cref="IConversions{TWord,T}"/> and <see cref="IWordOperations{TWord}"/>.</summary>
public enum Operation
{
    Add, Subtract, Multiply, Fma, Reciprocal, DivideNearOne, SquareRoot, Negate, Abs, CopySign, SelectLess, Clamp, AtLeast,
    PowerOfTwo, ScaleByPowerOfTwo, Exponent, Mantissa, ToNumber,
    AddWords, ExclusiveOr, MultiplyLow, MultiplyHigh, ShiftRight, ToWord,
}

/// <summary>Each operation as a kernel, which the host can call too.</summary>
internal static class OperationKernel
{
    private const uint SmallestNormal = 0x00800000, NormalCount = 0x7f000000;

    /// <summary>Whether the result is a number, not a word.</summary>
    public static bool GivesNumber(Operation operation) => operation <= Operation.ToNumber;

    public static void Kernel(Index1D i, int operation, ArrayView<uint> a, ArrayView<uint> b, ArrayView<uint> c, ArrayView<uint> results) =>
        results[i] = Result((Operation)operation, a[i], b[i], c[i]);

    /// <summary>The bits of a result of any bits; those outside an operation's domain are folded into it.</summary>
    public static uint Result(Operation operation, uint a, uint b, uint c)
    {
        DeviceOperations o = default;
        float x = Interop.IntAsFloat(a), y = Interop.IntAsFloat(b), z = Interop.IntAsFloat(c);
        return operation switch
        {
            Operation.Add => Interop.FloatAsInt(o.Add(x, y)),
            Operation.Subtract => Interop.FloatAsInt(o.Subtract(x, y)),
            Operation.Multiply => Interop.FloatAsInt(o.Multiply(x, y)),
            Operation.Fma => Interop.FloatAsInt(o.Fma(x, y, z)),
            Operation.Reciprocal => Interop.FloatAsInt(o.Reciprocal(Invertible(x))),
            Operation.DivideNearOne => Interop.FloatAsInt(QuotientNearOne(a, b)),
            Operation.SquareRoot => Interop.FloatAsInt(o.SquareRoot(HasRoot(x))),
            Operation.Negate => Interop.FloatAsInt(o.Negate(x)),
            Operation.Abs => Interop.FloatAsInt(o.Abs(x)),
            Operation.CopySign => Interop.FloatAsInt(o.CopySign(x, y)),
            Operation.SelectLess => Interop.FloatAsInt(o.SelectLess(x, y, z, 1)),
            Operation.Clamp => Interop.FloatAsInt(o.Clamp(x, -1.5f, 3)),
            Operation.AtLeast => Interop.FloatAsInt(o.AtLeast(x, o.CopySign(PositiveNormal(b), z))),
            Operation.PowerOfTwo => Interop.FloatAsInt(o.PowerOfTwo((int)ExactFunctions.PowerShift - 126 + (int)(a % 254))),
            Operation.ScaleByPowerOfTwo => Interop.FloatAsInt(o.ScaleByPowerOfTwo(o.Mantissa(PositiveNormal(a)), (int)(b % 501) - 250)),
            Operation.Exponent => Interop.FloatAsInt(o.Exponent(PositiveNormal(a))),
            Operation.Mantissa => Interop.FloatAsInt(o.Mantissa(PositiveNormal(a))),
            Operation.ToNumber => Interop.FloatAsInt(o.ToNumber(a >> 8)),
            Operation.AddWords => o.AddWords(a, b),
            Operation.ExclusiveOr => o.ExclusiveOr(a, b),
            Operation.MultiplyLow => o.MultiplyLow(a, b),
            Operation.MultiplyHigh => o.MultiplyHigh(a, b),
            Operation.ShiftRight => o.ShiftRight(a, (int)(b & 31)),
            _ => o.ToWord(o.ToNumber(a >> 8)),
        };
    }

    /// <summary>A positive normal number, of any bits.</summary>
    public static float PositiveNormal(uint bits) => Interop.IntAsFloat(SmallestNormal + ((bits & 0x7fffffff) % NormalCount));

    /// <summary>The nearest number of magnitude 2^-120 to 2^120; NaN stays.</summary>
    public static float Invertible(float x)
    {
        const float Smallest = 7.52316385e-37f, Largest = 1.32922800e36f;
        DeviceOperations o = default;
        return o.CopySign(o.Clamp(o.Abs(x), Smallest, Largest), x);
    }

    /// <summary>The nearest number from 2^-100 to infinity; NaN stays.</summary>
    public static float HasRoot(float x)
    {
        const float Smallest = 7.88860905e-31f;
        DeviceOperations o = default;
        return o.AtLeast(o.Abs(x), Smallest);
    }

    /// <summary>A quotient of tanh, whose dividend is never above zero; or, where b is odd, one of any other dividend and 1.</summary>
    private static float QuotientNearOne(uint a, uint b)
    {
        const uint BelowHalf = 0x3effffff;
        DeviceOperations o = default;
        ExactFunctions.TanhQuotient(Interop.IntAsFloat(a), o, out float numerator, out float denominator);
        return (b & 1) == 0 ? o.DivideNearOne(numerator, denominator) : o.DivideNearOne(Interop.IntAsFloat(a & BelowHalf), 1);
    }
}
