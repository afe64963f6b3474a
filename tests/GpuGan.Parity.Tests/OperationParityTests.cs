using System.Collections.Concurrent;
using GpuGan.Kernels.Arithmetic;
using ILGPU;
using ILGPU.Runtime;

namespace GpuGan.Parity.Tests;

/// <summary>Each operation alone, on 117,000 triples of bits.</summary>
public sealed class OperationParityTests(string accelerator) : KernelFixture(accelerator)
{
    private static readonly uint[] A = [.. BitPatterns.Triples.Select(triple => triple.A)];
    private static readonly uint[] B = [.. BitPatterns.Triples.Select(triple => triple.B)];
    private static readonly uint[] C = [.. BitPatterns.Triples.Select(triple => triple.C)];

    // The host's results are the same for every accelerator.
    private static readonly ConcurrentDictionary<Operation, uint[]> Expected = [];

    private delegate void Launcher(
        AcceleratorStream stream, Index1D count, int operation, ArrayView<uint> a, ArrayView<uint> b, ArrayView<uint> c, ArrayView<uint> results);

    [Test]
    public void Each_operation_gives_the_hosts_bits([Values] Operation operation)
    {
        uint[] results = new uint[BitPatterns.Triples.Count];
        using var a = Device.Accelerator.Allocate1D(A);
        using var b = Device.Accelerator.Allocate1D(B);
        using var c = Device.Accelerator.Allocate1D(C);
        using var resultsOnDevice = Device.Accelerator.Allocate1D(results);
        Device.Load<Launcher>(typeof(OperationKernel), nameof(OperationKernel.Kernel))(
            Device.Accelerator.DefaultStream, results.Length, (int)operation, a.View, b.View, c.View, resultsOnDevice.View);
        resultsOnDevice.CopyToCPU(results);

        uint[] expected = Expected.GetOrAdd(
            operation, _ => [.. BitPatterns.Triples.Select(triple => OperationKernel.Result(operation, triple.A, triple.B, triple.C))]);
        SameBits.Assert(results, expected, OperationKernel.GivesNumber(operation), i => $"{operation} of {Text(BitPatterns.Triples[i])}");
    }

    [Test]
    public void Every_operation_is_among_them()
    {
        IEnumerable<string> operations = new[] { typeof(IOperations<>), typeof(IWordOperations<>), typeof(IConversions<,>) }
            .SelectMany(type => type.GetMethods()).Select(method => method.Name).Except([nameof(DeviceOperations.Constant), nameof(DeviceOperations.Word)]);
        Assert.That(Enum.GetNames<Operation>(), Is.EquivalentTo(operations));
    }

    private static string Text((uint A, uint B, uint C) triple) => $"0x{triple.A:x8}, 0x{triple.B:x8}, 0x{triple.C:x8}";
}
