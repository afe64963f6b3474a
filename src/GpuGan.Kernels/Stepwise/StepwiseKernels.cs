using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU;
using ILGPU.Runtime;
using Device = GpuGan.Kernels.Devices.Device;

namespace GpuGan.Kernels.Stepwise;

/// <summary>The kernels of the engine, compiled for one device and one game: those that it takes.</summary>
internal sealed class StepwiseKernels
{
    /// <summary>Compiles all that every game takes.</summary>
    public StepwiseKernels(Device device, TrainingSettings settings)
    {
        Type generator = settings.Generator.Hidden.GetType(), output = settings.Generator.Output.GetType(), discriminator = settings.Discriminator.Hidden.GetType();
        Type loss = settings.Loss.GetType();
        Latent = device.Load<NoiseLauncher>(
            typeof(Noise), nameof(Noise.Kernel), settings.Generator.Latent == Networks.Latent.Uniform ? typeof(SignedUniformNumbers) : typeof(NormalNumbers));
        ForwardDiscriminator = device.Load<ForwardDiscriminatorLauncher>(typeof(Forward), nameof(Forward.Discriminator), generator, output, discriminator);
        ForwardGenerator = device.Load<ForwardGeneratorLauncher>(typeof(Forward), nameof(Forward.Generator), discriminator);
        BackwardDiscriminator = device.Load<BackwardDiscriminatorLauncher>(typeof(Backward), nameof(Backward.Discriminator), discriminator, loss);
        BackwardGenerator = device.Load<BackwardGeneratorLauncher>(typeof(Backward), nameof(Backward.Generator), generator, output, discriminator, loss);
        UpdateDiscriminator = device.Load<UpdateLauncher>(typeof(Update), nameof(Update.Kernel), settings.DOptimizer.GetType());
        UpdateGenerator = settings.GOptimizer.Equals(settings.DOptimizer)
            ? UpdateDiscriminator
            : device.Load<UpdateLauncher>(typeof(Update), nameof(Update.Kernel), settings.GOptimizer.GetType());
        Loss = device.Load<LossLauncher>(typeof(Loss), nameof(Stepwise.Loss.Kernel), loss);
        if (settings.InstanceNoise != 0)
        {
            InputNoise = device.Load<NoiseLauncher>(typeof(Noise), nameof(Noise.Kernel), typeof(NormalNumbers));
        }

        if (settings.Updates == Updates.GeneratorFirst || settings.GSteps > 1)
        {
            Make = device.Load<MakeLauncher>(typeof(Forward), nameof(Forward.Make), generator, output);
        }

        if (settings.HasPenalty)
        {
            Tangent = device.Load<TangentLauncher>(typeof(Tangent), nameof(Stepwise.Tangent.Kernel), discriminator);
        }

        if (settings.GradientPenalty != 0)
        {
            Mix = device.Load<NoiseLauncher>(typeof(Noise), nameof(Noise.Kernel), typeof(UniformNumbers));
            Between = device.Load<BetweenLauncher>(typeof(Forward), nameof(Forward.Between), discriminator);
        }
    }

    public delegate void NoiseLauncher(AcceleratorStream stream, Index1D blocks, ArrayView<float> noise, uint seedLow, uint seedHigh, uint ofStream, uint step);

    public delegate void MakeLauncher(AcceleratorStream stream, Index1D rows, ArrayView<float> noise, NetworkView generator);

    public delegate void ForwardDiscriminatorLauncher(
        AcceleratorStream stream,
        Index1D rows,
        ArrayView<float> data,
        BatchRows real,
        ArrayView<float> noise,
        InputNoise added,
        NetworkView generator,
        NetworkView discriminator,
        RowGroups groups);

    public delegate void BetweenLauncher(AcceleratorStream stream, Index1D rows, ArrayView<float> mix, NetworkView discriminator, RowGroups groups);

    public delegate void ForwardGeneratorLauncher(
        AcceleratorStream stream,
        Index1D rows,
        ArrayView<float> data,
        BatchRows real,
        InputNoise added,
        NetworkView generator,
        NetworkView discriminator,
        RowGroups groups);

    public delegate void BackwardDiscriminatorLauncher(
        AcceleratorStream stream, Index1D rows, NetworkView discriminator, RowGroups groups, Labels labels, float scale);

    public delegate void TangentLauncher(
        AcceleratorStream stream, Index1D rows, NetworkView discriminator, PenaltyView penalty, RowGroups groups, float ofRows);

    public delegate void BackwardGeneratorLauncher(
        AcceleratorStream stream, Index1D rows, NetworkView generator, NetworkView discriminator, RowGroups groups, float scale);

    public delegate void UpdateLauncher(
        AcceleratorStream stream,
        Index1D parameters,
        NetworkView network,
        int rows,
        PenaltyView penalty,
        RowGroups groups,
        OptimizerView optimizer,
        OptimizerStep<float> shared,
        int isClipped,
        float clip,
        int step);

    public delegate void LossLauncher(
        AcceleratorStream stream, Index1D one, NetworkView discriminator, RowGroups groups, Labels labels, float weight, int generates, ArrayView<float> losses);

    /// <summary>Draws the latent rows.</summary>
    public NoiseLauncher Latent { get; }

    /// <summary>Draws what is added to the rows that the discriminator sees; null where nothing is.</summary>
    public NoiseLauncher? InputNoise { get; }

    /// <summary>Draws where the gradient penalty is taken; null where there is none.</summary>
    public NoiseLauncher? Mix { get; }

    /// <summary>Makes fake rows outside the discriminator's phase; null where that never happens.</summary>
    public MakeLauncher? Make { get; }

    public ForwardDiscriminatorLauncher ForwardDiscriminator { get; }

    /// <summary>Judges the rows of the gradient penalty; null where there is none.</summary>
    public BetweenLauncher? Between { get; }

    public ForwardGeneratorLauncher ForwardGenerator { get; }

    public BackwardDiscriminatorLauncher BackwardDiscriminator { get; }

    /// <summary>The tangent pass; null where there is no penalty.</summary>
    public TangentLauncher? Tangent { get; }

    public BackwardGeneratorLauncher BackwardGenerator { get; }

    public UpdateLauncher UpdateDiscriminator { get; }

    public UpdateLauncher UpdateGenerator { get; }

    public LossLauncher Loss { get; }
}
