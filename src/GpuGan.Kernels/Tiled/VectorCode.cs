using System.Runtime.Intrinsics;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Tiled;

/// <summary>Makes the parts of a step for a number of lanes and for the words of a game, all of which are types that the compiler knows.</summary>
/// <param name="lanes">16, 8 or 4.</param>
internal sealed class VectorCode(int lanes)
{
    private readonly Type[] vectors = lanes switch
    {
        16 => [typeof(Vector512<float>), typeof(Vector512<uint>), typeof(Vectors16)],
        8 => [typeof(Vector256<float>), typeof(Vector256<uint>), typeof(Vectors8)],
        4 => [typeof(Vector128<float>), typeof(Vector128<uint>), typeof(Vectors4)],
        _ => throw new ArgumentOutOfRangeException(nameof(lanes), lanes, "there are vectors of 16, 8 and 4 lanes"),
    };

    /// <summary>The widest that this processor has.</summary>
    public static int WidestLanes => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;

    /// <summary>How many lanes.</summary>
    public int Lanes { get; } = lanes;

    /// <summary>The matrix product.</summary>
    public IProduct Product() => Make<IProduct>(typeof(Product<,,>));

    /// <summary>An activation.</summary>
    public IActivationPass Activation(IActivation activation) => Make<IActivationPass>(typeof(ActivationPass<,,,>), activation.GetType());

    /// <summary>A loss.</summary>
    public ILossPass Loss(ILoss loss) => Make<ILossPass>(typeof(LossPass<,,,>), loss.GetType());

    /// <summary>An optimiser.</summary>
    public IOptimizerPass Optimizer(IOptimizer optimizer) => Make<IOptimizerPass>(typeof(OptimizerPass<,,,>), optimizer.GetType());

    /// <summary>The elementwise part of penalties.</summary>
    public IPenaltyPass Penalty() => Make<IPenaltyPass>(typeof(PenaltyPass<,,>));

    /// <summary>A kind of random numbers, an <see cref="IVariates"/>.</summary>
    public IDraws Draws<TVariates>()
        where TVariates : struct, IVariates => Make<IDraws>(typeof(Draws<,,,>), typeof(TVariates));

    /// <summary>The order of rows.</summary>
    public IShuffle Shuffle() => Make<IShuffle>(typeof(Shuffle<,,>));

    private T Make<T>(Type open, params ReadOnlySpan<Type> words) => (T)Activator.CreateInstance(open.MakeGenericType([.. vectors, .. words]))!;
}
