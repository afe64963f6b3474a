using System.Diagnostics;
using System.Reflection;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Device = GpuGan.Kernels.Devices.Device;

namespace GpuGan.Kernels.Compiled;

/// <summary>The kernels of the engine: recorded, emitted and compiled for one device, shape, activation, loss and batch size.</summary>
public sealed class CompiledKernels
{
    /// <summary>
    /// The largest number of parameters that both networks may have together: code for more takes many seconds to compile, and
    /// runs no faster than the stepwise engine.
    /// </summary>
    public const int MostParameters = 2000;

    // 65,536 registers of a multiprocessor, 255 of each thread.
    private const int GpuThreadsOfMultiprocessor = 256;

    private readonly ILanes lanes;
    private readonly Gaussian? ownData;
    private readonly Lazy<TrainLauncher> train, trainWithLosses;

    /// <summary>Records and compiles the kernels, for members that all read one data set.</summary>
    /// <param name="device">Where to train; must outlive the kernels.</param>
    /// <param name="settings">Shapes, activation, loss and batch size.</param>
    /// <param name="data">What to learn.</param>
    /// <param name="lanes">Members for each thread: 1, on the CPU also 4, 8 or 16; 0 for what is fastest.</param>
    /// <param name="fastMath">
    /// Whether quotients, roots and functions are the GPU's own: quicker, but not the same bits from device to device. Changes
    /// nothing on the CPU accelerator.
    /// </param>
    /// <exception cref="InvalidSettingException">A setting is out of range or does not fit the data.</exception>
    public CompiledKernels(Device device, TrainingSettings settings, DataSet data, int lanes = 0, bool fastMath = false)
        : this(device, settings, data, null, data?.Rows ?? 0, LanesOf(device, lanes), fastMath)
    {
    }

    /// <summary>Records and compiles the kernels, for members that draw rows of their own from their seeds.</summary>
    /// <param name="device">Where to train; must outlive the kernels.</param>
    /// <param name="settings">Shapes, activation, loss and batch size.</param>
    /// <param name="distribution">What to learn.</param>
    /// <param name="rows">How many rows each member has.</param>
    /// <param name="lanes">Members for each thread: 1, on the CPU also 4, 8 or 16; 0 for what is fastest.</param>
    /// <param name="fastMath">
    /// Whether quotients, roots and functions are the GPU's own: quicker, but not the same bits from device to device. Changes
    /// nothing on the CPU accelerator.
    /// </param>
    /// <exception cref="InvalidSettingException">A setting is out of range or does not fit the data.</exception>
    public CompiledKernels(Device device, TrainingSettings settings, Gaussian distribution, int rows, int lanes = 0, bool fastMath = false)
        : this(device, settings, null, distribution, rows, LanesOf(device, lanes), fastMath)
    {
    }

    internal CompiledKernels(Device device, TrainingSettings settings, DataSet? data, Gaussian? ownData, int rows, ILanes lanes, bool fastMath = false)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate(data?.Columns ?? ownData!.Columns);
        if (!Fits(settings))
        {
            throw new InvalidSettingException(
                nameof(TrainingSettings.Discriminator),
                $"{settings.Discriminator} and the generator {settings.Generator} have {ParameterCount(settings)} parameters; " +
                $"the compiled engine takes at most {MostParameters}, the stepwise engine any");
        }

        (Device, Settings, SharedData, this.ownData, Rows, this.lanes) = (device, settings, data, ownData, rows, lanes);
        FastMath = fastMath && device.Accelerator is not CPUAccelerator;
        BatchSize = Math.Min(settings.BatchSize, rows);
        Begin = device.Load<BeginLauncher>(Emit(() => Emitter.Emit(InitialRecording.Record(settings), lanes, 0)));
        train = new Lazy<TrainLauncher>(() => Load(withLosses: false));
        trainWithLosses = new Lazy<TrainLauncher>(() => Load(withLosses: true));
    }

    internal delegate void BeginLauncher(AcceleratorStream stream, Index1D threads, ArrayView<float> state, ArrayView<float> data, int stride);

    internal delegate void TrainLauncher(
        AcceleratorStream stream, Index1D threads, ArrayView<float> state, ArrayView<float> data, int stride, int firstStep, int steps, int firstRow, int rows, int epoch);

    /// <summary>The most members that a thread of this processor can have.</summary>
    public static int WidestLanes => VectorLanes.Widest.Count;

    /// <summary>Members for each thread.</summary>
    public int Lanes => lanes.Count;

    /// <summary>Whether quotients, roots and functions are the GPU's own.</summary>
    public bool FastMath { get; }

    /// <summary>What a member takes of the device's memory.</summary>
    public int BytesPerMember => new StateLayout(Settings.Generator, Settings.Discriminator).Length * sizeof(float);

    /// <summary>How long it took so far to record and to emit kernels, their compilation for the device not included.</summary>
    public TimeSpan EmitTime { get; private set; }

    internal Device Device { get; }

    internal TrainingSettings Settings { get; }

    internal DataSet? SharedData { get; }

    internal int Rows { get; }

    internal int BatchSize { get; }

    internal int StepsPerEpoch => Settings.StepsPerEpoch(Rows);

    internal BeginLauncher Begin { get; }

    internal TrainLauncher Train(bool withLosses) => (withLosses ? trainWithLosses : train).Value;

    /// <summary>How many members a device trains at the same moment; with fewer, part of it is idle.</summary>
    public static int WidthOf(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Accelerator.NumMultiprocessors * (device.HasVectors ? WidestLanes : GpuThreadsOfMultiprocessor);
    }

    /// <summary>Whether the networks are small enough.</summary>
    public static bool Fits(TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return ParameterCount(settings) <= MostParameters;
    }

    private static long ParameterCount(TrainingSettings settings) => (long)settings.Generator.ParameterCount + settings.Discriminator.ParameterCount;

    private static ILanes LanesOf(Device device, int count)
    {
        ArgumentNullException.ThrowIfNull(device);
        return (device.Accelerator is CPUAccelerator, count) switch
        {
            (true, 0) => VectorLanes.Widest,
            (_, 0 or 1) => new FloatLanes(),
            (true, 4) => VectorLanes.Four,
            (true, 8) => VectorLanes.Eight,
            (true, 16) => VectorLanes.Sixteen,
            (true, _) => throw new ArgumentException($"a thread of the CPU has 1, 4, 8 or 16 lanes, not {count}"),
            _ => throw new ArgumentException($"a thread of {device.Word} has 1 lane, not {count}"),
        };
    }

    private TrainLauncher Load(bool withLosses) => Device.Load<TrainLauncher>(Emit(() =>
        Emitter.Emit(TrainingRecording.Record(Settings, BatchSize, ownData, withLosses, lanes.RowsAtOnce, FastMath), lanes, TrainingRecording.ParameterCount)));

    private MethodInfo Emit(Func<MethodInfo> emit)
    {
        long start = Stopwatch.GetTimestamp();
        MethodInfo kernel = emit();
        EmitTime += Stopwatch.GetElapsedTime(start);
        return kernel;
    }
}
