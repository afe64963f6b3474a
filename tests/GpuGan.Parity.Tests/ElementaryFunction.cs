using GpuGan.Kernels.Arithmetic;
using ILGPU;

namespace GpuGan.Parity.Tests;

/// <summary>The functions of <see cref="ExactFunctions"/>.</summary>
public enum ElementaryFunction
{
    Tanh, Sigmoid, Exp, Log, LogOfNormal, Softplus, Sine, Cosine,
}

/// <summary>Each function as a kernel, which the host can call too.</summary>
internal static class FunctionKernel
{
    public static void Kernel(Index1D i, int function, ArrayView<uint> arguments, ArrayView<uint> results) =>
        results[i] = Interop.FloatAsInt(Result((ElementaryFunction)function, Interop.IntAsFloat(arguments[i])));

    /// <summary>The function of any number, also outside its domain; but for the logarithm of a normal number, which is given one.</summary>
    public static float Result(ElementaryFunction function, float x)
    {
        DeviceOperations o = default;
        ExactFunctions.SinCosTurns(x, o, out float sine, out float cosine);
        return function switch
        {
            ElementaryFunction.Tanh => ExactFunctions.Tanh(x, o),
            ElementaryFunction.Sigmoid => ExactFunctions.Sigmoid(x, o),
            ElementaryFunction.Exp => ExactFunctions.Exp(x, o),
            ElementaryFunction.Log => ExactFunctions.Log(x, o),
            ElementaryFunction.LogOfNormal => ExactFunctions.LogOfNormal(OperationKernel.PositiveNormal(Interop.FloatAsInt(x)), o),
            ElementaryFunction.Softplus => ExactFunctions.Softplus(x, o),
            ElementaryFunction.Sine => sine,
            _ => cosine,
        };
    }
}
