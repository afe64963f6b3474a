using GpuGan.Kernels.Compiled.BackEnds;
using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Compiled.Steps;
using GpuGan.Kernels.Training;
using ILGPU.Runtime.Cuda;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>
/// How many instructions of sm_90 a GAN-step of the chapter takes, without losses: those of the loop over steps, with the
/// noise's loop four times, as it draws four variates of sixteen, and the three over rows eight times.
/// </summary>
[Category("Slow")]
public sealed class InstructionCountTests
{
    private const int NoiseBlocks = 4, Rows = 8;

    [TestCase(false, 8_900)]
    [TestCase(true, 3_700)]
    public void A_step_issues_no_more_instructions_than_are_recorded(bool fastMath, int most)
    {
        TrainingSettings chapter = new();
        Recording training = TrainingRecording.Record(chapter, Rows, ownData: null, isFollowing: false, withLosses: false, FloatLanes.One, fastMath);
        string ptx = PtxCompiler.Compile([Emitter.Emit(training, FloatLanes.One, TrainingRecording.ParameterCount)], CudaArchitecture.SM_90).Single().Ptx;
        if (Assembler.Find() is not { } assembler || assembler.Disassemble(ptx, "sm_90") is not { } code)
        {
            Assert.Ignore("skipped: no ptxas in GPUGAN_PTXAS or on the PATH, or no nvdisasm beside it; eng/ptxas.sh fetches both");
            return;
        }

        int issued = code.Issued(NoiseBlocks, Rows, Rows, Rows);
        TestContext.Out.WriteLine($"{(fastMath ? "fast math" : "exact")}: {issued} instructions issued for each GAN-step on sm_90");
        Assert.That(issued, Is.InRange(1, most));
    }
}
