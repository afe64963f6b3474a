using System.Diagnostics;
using System.Reflection;
using GpuGan.Kernels.Compiled.BackEnds;
using GpuGan.Kernels.Compiled.Steps;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;
using ILGPU;
using ILGPU.Runtime;
using Device = GpuGan.Kernels.Devices.Device;

namespace GpuGan.Kernels.Compiled;

/// <summary>The code of the kernels: recorded, emitted and compiled, that of the training when it is first needed.</summary>
internal sealed class KernelCode
{
    private readonly Device device;
    private readonly Lazy<TrainLauncher>[] ofMany, ofFew;

    /// <summary>Compiles what begins a training.</summary>
    /// <param name="device">Where to train; must outlive the code.</param>
    /// <param name="settings">What it depends on, of <see cref="CompiledKernels.CodeOf"/>.</param>
    /// <param name="ownData">Where each member draws its own rows from; null where all read the same data set.</param>
    /// <param name="isFollowing">Whether the random numbers of the steps stand behind the data.</param>
    /// <param name="lanes">What the lanes of a thread have.</param>
    /// <param name="few">The same where there are few members; null where that makes no difference.</param>
    /// <param name="fastMath">Whether quotients, roots and functions are the hardware's own.</param>
    public KernelCode(Device device, TrainingSettings settings, IDistribution? ownData, bool isFollowing, ILanes lanes, ILanes? few, bool fastMath)
    {
        (this.device, Settings, Lanes, FewLanes, FastMath) = (device, settings, lanes.Members, few?.Members, fastMath);
        Begin = Load<BeginLauncher>((settings, lanes), () => Emitter.Emit(InitialRecording.Record(settings), lanes, 0));
        ofMany = Launchers(lanes);
        ofFew = few is null ? ofMany : Launchers(few);

        Lazy<TrainLauncher>[] Launchers(ILanes lanes) => [new(() => Train(lanes, withLosses: false)), new(() => Train(lanes, withLosses: true))];

        TrainLauncher Train(ILanes lanes, bool withLosses) => Load<TrainLauncher>((settings, ownData, isFollowing, lanes, fastMath, withLosses), () => Emitter.Emit(
            TrainingRecording.Record(settings, settings.BatchSize, ownData, isFollowing, withLosses, lanes, fastMath), lanes, TrainingRecording.ParameterCount));
    }

    public delegate void BeginLauncher(AcceleratorStream stream, Index1D threads, ArrayView<float> state, ArrayView<float> data, int stride);

    public delegate void TrainLauncher(
        AcceleratorStream stream, Index1D threads, ArrayView<float> state, ArrayView<float> data, int stride, int firstStep, int steps, int firstRow, int rows, int epoch, int phase);

    /// <summary>What it depends on.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>Members for each thread.</summary>
    public int Lanes { get; }

    /// <summary>Members for each thread where there are few; null where that makes no difference.</summary>
    public int? FewLanes { get; }

    /// <summary>Whether quotients, roots and functions are the hardware's own.</summary>
    public bool FastMath { get; }

    /// <summary>How long it took so far to record and to emit, compilation for the device not included.</summary>
    public TimeSpan EmitTime { get; private set; }

    /// <summary>Begins the trainings.</summary>
    public BeginLauncher Begin { get; }

    /// <summary>Trains some steps.</summary>
    /// <param name="withLosses">Whether their losses are kept.</param>
    /// <param name="isFew">Whether there are few members.</param>
    public TrainLauncher Train(bool withLosses, bool isFew) => (isFew ? ofFew : ofMany)[withLosses ? 1 : 0].Value;

    private TLauncher Load<TLauncher>(object key, Func<MethodInfo> emit)
        where TLauncher : Delegate
    {
        long start = Stopwatch.GetTimestamp();
        MethodInfo kernel = EmittedKernels.Get(key, emit);
        EmitTime += Stopwatch.GetElapsedTime(start);
        return device.Load<TLauncher>(kernel);
    }
}
