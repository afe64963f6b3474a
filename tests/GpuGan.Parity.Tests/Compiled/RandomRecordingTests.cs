using System.Numerics;
using System.Runtime.InteropServices;
using GpuGan.Kernels.Compiled.BackEnds;
using GpuGan.Kernels.Compiled.Recordings;
using ILGPU;
using ILGPU.Runtime;

namespace GpuGan.Parity.Tests.Compiled;

/// <summary>Any programs, emitted, against their interpretation: what values, loops, sections and memory become.</summary>
[TestFixtureSource(typeof(LaneTable), nameof(LaneTable.OfMembers))]
public sealed class RandomRecordingTests(string accelerator, int lanes) : EmittedFixture(accelerator, lanes)
{
    private const int Programs = 60, Share = 3, Threads = 2, Passes = 3, Offset = 5;

    private static readonly float[] Data = NumbersTable.Draw(Numbers.Ordinary, seed: 1, RandomRecording.DataLength);

    private delegate void Launcher(
        AcceleratorStream stream, Index1D threads, ArrayView<float> state, ArrayView<float> data, int stride, int passes, int offset);

    /// <summary>A third of the programs for each number of lanes; vectors of 4, 8 and 16 have all of them together.</summary>
    [Test]
    public void Emitted_they_give_the_bits_of_their_interpretation() =>
        AssertSame(Enumerable.Range(0, Programs).Where(seed => seed % Share == BitOperations.Log2((uint)Lanes.Count) % Share));

    [Test]
    [Category("Slow")]
    public void All_of_them_emitted_give_the_bits_of_their_interpretation() => AssertSame(Enumerable.Range(0, Programs));

    private void AssertSame(IEnumerable<int> seeds)
    {
        foreach (int seed in seeds)
        {
            AssertSame(RandomRecording.Of(seed), $"program {seed}");
        }
    }

    private void AssertSame(Recording recording, string program)
    {
        int members = Threads * Lanes.Count;
        float[] state = NumbersTable.Draw(Numbers.Ordinary, seed: 2, RandomRecording.StateLength * members);
        float[] expected = [.. state];
        Interpreter interpreter = new(recording, Data, Passes, Offset);
        for (int member = 0; member < members; member++)
        {
            float[] own = [.. Enumerable.Range(0, RandomRecording.StateLength).Select(word => state[(word * members) + member])];
            interpreter.Run(own);
            for (int word = 0; word < own.Length; word++)
            {
                expected[(word * members) + member] = own[word];
            }
        }

        using MemoryBuffer1D<float, Stride1D.Dense> onDevice = Device.Accelerator.Allocate1D(state);
        using MemoryBuffer1D<float, Stride1D.Dense> data = Device.Accelerator.Allocate1D(Data);
        Launcher launch = Device.Load<Launcher>(Emitter.Emit(recording, Lanes, RandomRecording.ParameterCount));
        launch(Device.Accelerator.DefaultStream, Threads, onDevice.View, data.View, members, Passes, Offset);
        onDevice.CopyToCPU(state);
        int numbers = RandomRecording.NumberWords * members;
        SameBits.Assert(state.AsSpan(0, numbers), expected.AsSpan(0, numbers), program);
        SameBits.Assert(
            MemoryMarshal.Cast<float, uint>(state.AsSpan(numbers)), MemoryMarshal.Cast<float, uint>(expected.AsSpan(numbers)), areNumbers: false, i => $"{program}, word {i}");
    }
}
