using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;
using ILGPU;
using ILGPU.Runtime;
using Device = GpuGan.Kernels.Devices.Device;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>The kernel of one walk, compiled for one device and one game.</summary>
internal sealed class LoadedKernels
{
    private readonly BlockLauncher? block;
    private readonly LayerLauncher? layer;
    private readonly int threads;

    /// <summary>Compiles it.</summary>
    /// <param name="device">For which device.</param>
    /// <param name="settings">For which game.</param>
    /// <param name="walk">For which walk.</param>
    public LoadedKernels(Device device, TrainingSettings settings, Walk walk)
    {
        Type[] game =
        [
            settings.Generator.Hidden.GetType(),
            settings.Generator.Output.GetType(),
            settings.Discriminator.Hidden.GetType(),
            settings.Loss.GetType(),
            settings.DOptimizer.GetType(),
            settings.GOptimizer.GetType(),
            settings.Generator.Latent == Latent.Uniform ? typeof(SignedUniformNumbers) : typeof(NormalNumbers),
        ];
        if (walk == Walk.Blocks)
        {
            block = device.LoadGrouped<BlockLauncher>(typeof(BlockKernels).GetMethod(nameof(BlockKernels.Block))!.MakeGenericMethod(game), BlockKernels.Groups);
            threads = Math.Min(BlockKernels.Threads, device.Accelerator.MaxNumThreadsPerGroup);
        }
        else
        {
            layer = device.Load<LayerLauncher>(typeof(BlockKernels), nameof(BlockKernels.Layer), game);
        }
    }

    private delegate void BlockLauncher(AcceleratorStream stream, KernelConfig blocks, Gans gans, Schedule schedule, StepProgram program);

    private delegate void LayerLauncher(
        AcceleratorStream stream, Index1D index, Gans gans, Schedule schedule, StepProgram program, int step, int operation, int items);

    /// <summary>Queues all steps of a schedule.</summary>
    /// <param name="stream">Where.</param>
    /// <param name="members">How many GANs there are.</param>
    /// <param name="gans">They.</param>
    /// <param name="schedule">The steps.</param>
    /// <param name="steps">The same on the host.</param>
    /// <param name="program">Their operations.</param>
    /// <param name="operations">The same on the host.</param>
    public void Launch(
        AcceleratorStream stream, int members, Gans gans, Schedule schedule, ReadOnlySpan<BlockStep> steps, StepProgram program, ReadOnlySpan<Operation> operations)
    {
        if (block is not null)
        {
            block(stream, new KernelConfig(members, threads), gans, schedule, program);
            return;
        }

        for (int step = 0; step < steps.Length; step++)
        {
            for (int operation = program.First(steps[step]); operation < program.End(steps[step]); operation++)
            {
                int items = operations[operation].Items(steps[step].Batch);
                layer!(stream, members * items, gans, schedule, program, step, operation, items);
            }
        }
    }
}
