using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU;
using ILGPU.Runtime;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>
/// The two walks through the operations of a step. In a block: one group of threads has one GAN, for many steps, and waits for itself at the
/// end of each phase. Layer by layer: a launch is one operation of one GAN, by as many threads as it has items. Both call the same functions.
/// </summary>
internal static class BlockKernels
{
    /// <summary>Threads of a group that has a GAN.</summary>
    public const int Threads = 128;

    /// <summary>Four groups on a multiprocessor: one waits while others work. They leave a thread 128 registers; a few more would be one group less.</summary>
    public static readonly KernelSpecialization Groups = new(Threads, 4);

    /// <summary>Some steps of as many GANs as there are groups.</summary>
    /// <param name="gans">All of them.</param>
    /// <param name="schedule">The steps.</param>
    /// <param name="program">Their operations.</param>
    public static void Block<TGenerator, TOutput, TDiscriminator, TLoss, TDOptimizer, TGOptimizer, TLatent>(Gans gans, Schedule schedule, StepProgram program)
        where TGenerator : struct, IActivation
        where TOutput : struct, IActivation
        where TDiscriminator : struct, IActivation
        where TLoss : struct, ILoss
        where TDOptimizer : struct, IOptimizer
        where TGOptimizer : struct, IOptimizer
        where TLatent : struct, IVariates
    {
        int member = Grid.IdxX, thread = Group.IdxX, threads = Group.DimX;
        for (int step = 0; step < schedule.Count; step++)
        {
            Gan gan = gans.At(member, step, schedule);
            int end = program.End(gan.Step);
            for (int phase = program.First(gan.Step); phase < end; phase = program.Operations[phase].PhaseEnd)
            {
                int phaseEnd = program.Operations[phase].PhaseEnd;
                for (int operation = phase; operation < phaseEnd; operation++)
                {
                    int items = program.Operations[operation].Items(gan.Step.Batch);
                    for (int item = thread; item < items; item += threads)
                    {
                        Run<TGenerator, TOutput, TDiscriminator, TLoss, TDOptimizer, TGOptimizer, TLatent>(item, program.Operations, operation, gan);
                    }
                }

                Group.Barrier();
            }
        }
    }

    /// <summary>One operation of one step of all GANs.</summary>
    /// <param name="index">Which item of which GAN.</param>
    /// <param name="gans">All of them.</param>
    /// <param name="schedule">The steps.</param>
    /// <param name="program">Their operations.</param>
    /// <param name="step">Which step.</param>
    /// <param name="operation">Which operation.</param>
    /// <param name="items">How many items it has.</param>
    public static void Layer<TGenerator, TOutput, TDiscriminator, TLoss, TDOptimizer, TGOptimizer, TLatent>(
        Index1D index, Gans gans, Schedule schedule, StepProgram program, int step, int operation, int items)
        where TGenerator : struct, IActivation
        where TOutput : struct, IActivation
        where TDiscriminator : struct, IActivation
        where TLoss : struct, ILoss
        where TDOptimizer : struct, IOptimizer
        where TGOptimizer : struct, IOptimizer
        where TLatent : struct, IVariates
    {
        Run<TGenerator, TOutput, TDiscriminator, TLoss, TDOptimizer, TGOptimizer, TLatent>(
            index % items, program.Operations, operation, gans.At(index / items, step, schedule));
    }

    private static void Run<TGenerator, TOutput, TDiscriminator, TLoss, TDOptimizer, TGOptimizer, TLatent>(
        int item, ArrayView<Operation> operations, int operation, Gan gan)
        where TGenerator : struct, IActivation
        where TOutput : struct, IActivation
        where TDiscriminator : struct, IActivation
        where TLoss : struct, ILoss
        where TDOptimizer : struct, IOptimizer
        where TGOptimizer : struct, IOptimizer
        where TLatent : struct, IVariates
    {
        // Each reads its own operation: of one that was read before, all would be kept in registers.
        switch (operations[operation].Kind)
        {
            case OperationKind.DrawLatent:
                BlockDraws.Run<TLatent>(item, StreamId.Noise, gan.Step.NoiseStep, operations[operation], gan);
                break;
            case OperationKind.DrawInputNoise:
                BlockDraws.Run<NormalNumbers>(item, StreamId.InputNoise, gan.Step.Step, operations[operation], gan);
                break;
            case OperationKind.DrawMix:
                BlockDraws.Run<UniformNumbers>(item, StreamId.Mix, gan.Step.Step, operations[operation], gan);
                break;
            case OperationKind.RealRows:
                RowOperations.Real(item, operations[operation], gan);
                break;
            case OperationKind.FakeRows:
                RowOperations.Fake(item, operations[operation], gan);
                break;
            case OperationKind.MixedRows:
                RowOperations.Mixed(item, operations[operation], gan);
                break;
            case OperationKind.Product:
                Products.Run(item, operations[operation], gan.Step.Batch, gan.Memory);
                break;
            case OperationKind.ActivateGenerator:
                Elements.Activate<TGenerator>(item, operations[operation], gan);
                break;
            case OperationKind.ActivateOutput:
                Elements.Activate<TOutput>(item, operations[operation], gan);
                break;
            case OperationKind.ActivateDiscriminator:
                Elements.Activate<TDiscriminator>(item, operations[operation], gan);
                break;
            case OperationKind.BendGenerator:
                Elements.Bend<TGenerator>(item, operations[operation], gan);
                break;
            case OperationKind.BendOutput:
                Elements.Bend<TOutput>(item, operations[operation], gan);
                break;
            case OperationKind.BendDiscriminator:
                Elements.Bend<TDiscriminator>(item, operations[operation], gan);
                break;
            case OperationKind.LossDerivative:
                BlockLosses.Derivative<TLoss>(item, operations[operation], gan);
                break;
            case OperationKind.GeneratorDerivative:
                BlockLosses.GeneratorDerivative<TLoss>(item, operations[operation], gan);
                break;
            case OperationKind.BeginPenalty:
                Penalties.Begin(item, operations[operation], gan);
                break;
            case OperationKind.PenaltyDirection:
                Penalties.Direction(item, operations[operation], gan);
                break;
            case OperationKind.BendAgain:
                Elements.BendAgain<TDiscriminator>(item, operations[operation], gan);
                break;
            case OperationKind.StraightAgain:
                Elements.StraightAgain(item, operations[operation], gan);
                break;
            case OperationKind.WeightGradient:
                Gradients.OfWeights(item, operations[operation], gan.Step.Batch, gan.Memory);
                break;
            case OperationKind.PenalizedGradient:
                Gradients.OfPenalizedWeights(item, operations[operation], gan.Step.Batch, gan.Memory);
                break;
            case OperationKind.BiasGradient:
                Gradients.OfBias(item, operations[operation], gan.Step.Batch, gan.Memory);
                break;
            case OperationKind.MoveDiscriminator:
                Moves.Run<TDOptimizer>(item, operations[operation], gan);
                break;
            case OperationKind.MoveGenerator:
                Moves.Run<TGOptimizer>(item, operations[operation], gan);
                break;
            case OperationKind.LossValues:
                BlockLosses.Values<TLoss>(item, operations[operation], gan);
                break;
            default:
                BlockLosses.Sums(operations[operation], gan);
                break;
        }
    }
}
