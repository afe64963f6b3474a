using System.Collections.Concurrent;
using System.Reflection;
using GpuGan.Kernels.Arithmetic;
using ILGPU;
using ILGPU.Runtime;

namespace GpuGan.Parity.Tests;

/// <summary>Each elementary function alone, on 131,072 bit patterns spread over all of them.</summary>
public sealed class FunctionParityTests(string accelerator) : KernelFixture(accelerator)
{
    private const int Count = 1 << 17;

    // Odd steps: every exponent, both signs, NaN and infinities, and mantissas without a pattern.
    private static readonly uint[] Arguments = [.. Enumerable.Range(0, Count).Select(i => (uint)i * 32771), 0x7f800000, 0xff800000, 0x80000000];

    // The host's results are the same for every accelerator.
    private static readonly ConcurrentDictionary<ElementaryFunction, uint[]> Expected = [];

    private delegate void Launcher(AcceleratorStream stream, Index1D count, int function, ArrayView<uint> arguments, ArrayView<uint> results);

    [Test]
    public void Each_function_gives_the_hosts_bits([Values] ElementaryFunction function)
    {
        uint[] results = new uint[Arguments.Length];
        using var argumentsOnDevice = Device.Accelerator.Allocate1D(Arguments);
        using var resultsOnDevice = Device.Accelerator.Allocate1D(results);
        Device.Load<Launcher>(typeof(FunctionKernel), nameof(FunctionKernel.Kernel))(
            Device.Accelerator.DefaultStream, Arguments.Length, (int)function, argumentsOnDevice.View, resultsOnDevice.View);
        resultsOnDevice.CopyToCPU(results);

        uint[] expected = Expected.GetOrAdd(
            function,
            _ => [.. Arguments.Select(bits => BitConverter.SingleToUInt32Bits(FunctionKernel.Result(function, BitConverter.UInt32BitsToSingle(bits))))]);
        SameBits.Assert(results, expected, areNumbers: true, i => $"{function} of 0x{Arguments[i]:x8}");
    }

    [Test]
    public void Every_function_is_among_them()
    {
        IEnumerable<string> functions = typeof(ExactFunctions).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name)
            .Except([nameof(ExactFunctions.SinCosTurns)]).Append(nameof(ElementaryFunction.Sine)).Append(nameof(ElementaryFunction.Cosine));
        Assert.That(Enum.GetNames<ElementaryFunction>(), Is.EquivalentTo(functions));
    }
}
