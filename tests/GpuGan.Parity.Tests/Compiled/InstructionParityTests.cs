using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Compiled.BackEnds;
using GpuGan.Kernels.Compiled.Recordings;
using ILGPU;
using ILGPU.Runtime;

namespace GpuGan.Parity.Tests.Compiled;

/// <summary>Each operation of the compiled engine alone, emitted, against its interpretation: on 117,000 triples of bits.</summary>
[TestFixtureSource(typeof(LaneTable), nameof(LaneTable.OfMembers))]
public sealed class InstructionParityTests(string accelerator, int lanes) : EmittedFixture(accelerator, lanes)
{
    private const int Words = 4;

    private static readonly ConcurrentDictionary<InstructionCase, ((uint A, uint B, uint C)[] Triples, uint[] Results)> Expected = [];

    private static IEnumerable<InstructionCase> Cases => InstructionCase.All;

    [TestCaseSource(nameof(Cases))]
    public void Emitted_it_gives_the_bits_of_its_interpretation(object instruction)
    {
        var chosen = (InstructionCase)instruction;
        ((uint A, uint B, uint C)[] triples, uint[] expected) = Expected.GetOrAdd(chosen, Interpreted);
        SameBits.Assert(Emitted(chosen.Recording(), triples), expected, chosen.GivesNumber, i => $"{chosen} of 0x{triples[i].A:x8}, 0x{triples[i].B:x8}, 0x{triples[i].C:x8}");
    }

    private uint[] Emitted(Recording recording, (uint A, uint B, uint C)[] triples)
    {
        int stride = (triples.Length + Lanes.Count - 1) / Lanes.Count * Lanes.Count;
        float[] state = new float[Words * stride];
        for (int i = 0; i < triples.Length; i++)
        {
            (state[i], state[stride + i], state[(2 * stride) + i]) = (Number(triples[i].A), Number(triples[i].B), Number(triples[i].C));
        }

        using MemoryBuffer1D<float, Stride1D.Dense> onDevice = Device.Accelerator.Allocate1D(state);
        using MemoryBuffer1D<float, Stride1D.Dense> noData = Device.Accelerator.Allocate1D<float>(1);
        KernelCode.BeginLauncher launch = Device.Load<KernelCode.BeginLauncher>(Emitter.Emit(recording, Lanes, 0));
        launch(Device.Accelerator.DefaultStream, stride / Lanes.Count, onDevice.View, noData.View, stride);
        onDevice.CopyToCPU(state);
        return MemoryMarshal.Cast<float, uint>(state.AsSpan((Words - 1) * stride, triples.Length)).ToArray();
    }

    private static ((uint A, uint B, uint C)[] Triples, uint[] Results) Interpreted(InstructionCase chosen)
    {
        (uint A, uint B, uint C)[] triples = [.. BitPatterns.Triples.Select(triple => chosen.Fold(triple.A, triple.B, triple.C))];
        uint[] results = new uint[triples.Length];
        float[] state = new float[Words];
        Interpreter interpreter = new(chosen.Recording(), []);
        for (int i = 0; i < triples.Length; i++)
        {
            (state[0], state[1], state[2]) = (Number(triples[i].A), Number(triples[i].B), Number(triples[i].C));
            interpreter.Run(state);
            results[i] = BitConverter.SingleToUInt32Bits(state[Words - 1]);
        }

        return (triples, results);
    }

    private static float Number(uint bits) => BitConverter.UInt32BitsToSingle(bits);
}
