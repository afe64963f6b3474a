using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU;
using ILGPU.Runtime;
using Device = GpuGan.Kernels.Devices.Device;

namespace GpuGan.Kernels.Stepwise;

/// <summary>The kernels of the engine, compiled for one device, activation and loss.</summary>
internal sealed class StepwiseKernels
{
    /// <summary>Compiles all of them.</summary>
    public StepwiseKernels(Device device, TrainingSettings settings)
    {
        Type activation = ActivationTable.All[settings.HiddenActivation].GetType();
        Type loss = GeneratorLossTable.All[settings.GLoss].GetType();
        Noise = device.Load<NoiseLauncher>(typeof(Noise), nameof(Stepwise.Noise.Kernel));
        ForwardDiscriminator = device.Load<ForwardDiscriminatorLauncher>(typeof(Forward), nameof(Forward.Discriminator), activation);
        ForwardGenerator = device.Load<ForwardGeneratorLauncher>(typeof(Forward), nameof(Forward.Generator), activation);
        BackwardDiscriminator = device.Load<BackwardDiscriminatorLauncher>(typeof(Backward), nameof(Backward.Discriminator), activation);
        BackwardGenerator = device.Load<BackwardGeneratorLauncher>(typeof(Backward), nameof(Backward.Generator), activation, loss);
        Adam = device.Load<AdamLauncher>(typeof(Adam), nameof(Stepwise.Adam.Kernel));
        Loss = device.Load<LossLauncher>(typeof(Loss), nameof(Stepwise.Loss.Kernel), loss);
    }

    public delegate void NoiseLauncher(AcceleratorStream stream, Index1D blocks, ArrayView<float> noise, uint seedLow, uint seedHigh, uint step);

    public delegate void ForwardDiscriminatorLauncher(
        AcceleratorStream stream, Index1D rows, ArrayView<float> data, BatchRows real, ArrayView<float> noise, NetworkView generator, NetworkView discriminator, int batch);

    public delegate void ForwardGeneratorLauncher(AcceleratorStream stream, Index1D rows, NetworkView generator, NetworkView discriminator, int batch);

    public delegate void BackwardDiscriminatorLauncher(AcceleratorStream stream, Index1D rows, NetworkView discriminator, int batch, float scale);

    public delegate void BackwardGeneratorLauncher(
        AcceleratorStream stream, Index1D rows, NetworkView generator, NetworkView discriminator, int batch, float scale);

    public delegate void AdamLauncher(
        AcceleratorStream stream, Index1D parameters, NetworkView network, int rows, OptimizerView optimizer, AdamStep<float> adam, int step);

    public delegate void LossLauncher(AcceleratorStream stream, Index1D one, NetworkView discriminator, int batch, ArrayView<float> losses);

    public NoiseLauncher Noise { get; }

    public ForwardDiscriminatorLauncher ForwardDiscriminator { get; }

    public ForwardGeneratorLauncher ForwardGenerator { get; }

    public BackwardDiscriminatorLauncher BackwardDiscriminator { get; }

    public BackwardGeneratorLauncher BackwardGenerator { get; }

    public AdamLauncher Adam { get; }

    public LossLauncher Loss { get; }
}
