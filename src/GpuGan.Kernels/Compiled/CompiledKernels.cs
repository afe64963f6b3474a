using GpuGan.Kernels.Compiled.BackEnds;
using GpuGan.Kernels.Compiled.Steps;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;
using Device = GpuGan.Kernels.Devices.Device;

namespace GpuGan.Kernels.Compiled;

/// <summary>
/// The kernels of the engine, compiled for one device, shape, activation, loss, batch size and order of rows, and what a training
/// by them needs beside: how many epochs, and the data. <see cref="For(TrainingSettings, DataSet)"/> makes them another's without
/// compiling again.
/// </summary>
internal sealed class CompiledKernels
{
    /// <summary>
    /// The largest number of parameters that both networks may have together: code for more takes many seconds to compile, and
    /// runs no faster than the stepwise engine.
    /// </summary>
    public const int MostParameters = 2000;

    // 65,536 registers of a multiprocessor, 255 of each thread.
    private const int GpuThreadsOfMultiprocessor = 256;

    // So many members of a processor's core are trained sooner one by one, each in all lanes, than together in one lane each.
    private const int FewForMultiprocessor = 3;

    private readonly KernelCode code;

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
    /// <exception cref="ArgumentException">A number of the data is not finite.</exception>
    public CompiledKernels(Device device, TrainingSettings settings, DataSet data, int lanes = 0, bool fastMath = false)
        : this(device, settings, data, null, RowsOf(data), LanesOf(device, lanes), FewOf(device, lanes), fastMath)
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
    public CompiledKernels(Device device, TrainingSettings settings, IDistribution distribution, int rows, int lanes = 0, bool fastMath = false)
        : this(device, settings, null, distribution, rows, LanesOf(device, lanes), FewOf(device, lanes), fastMath)
    {
    }

    internal CompiledKernels(
        Device device, TrainingSettings settings, DataSet? data, IDistribution? ownData, int rows, ILanes lanes, ILanes? few = null, bool fastMath = false, float[]? stepNumbers = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        Validate(settings, data, ownData, rows);
        (Device, Settings, SharedData, OwnData, Rows, StepNumbers) = (device, settings, data, ownData, rows, stepNumbers ?? []);
        code = new KernelCode(device, CodeOf(settings, rows), ownData, stepNumbers is not null, lanes, few, fastMath && !device.HasVectors);
    }

    /// <summary>Records and compiles the kernels to follow a recorded training, by its own random numbers.</summary>
    /// <param name="device">Where to train; must outlive the kernels.</param>
    /// <param name="settings">Its game.</param>
    /// <param name="data">Its rows.</param>
    /// <param name="noise"><c>[step, row, latent]</c>.</param>
    /// <param name="inputNoise"><c>[step, real or generated, row, column]</c>, where there is instance noise; else empty.</param>
    /// <param name="mix"><c>[step, row]</c>, where there is a gradient penalty; else empty.</param>
    /// <exception cref="InvalidSettingException">A setting is out of range or does not fit the data.</exception>
    /// <exception cref="ArgumentException">A number of the data is not finite, or there are too few numbers.</exception>
    public static CompiledKernels Following(Device device, TrainingSettings settings, DataSet data, float[] noise, float[] inputNoise, float[] mix)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(inputNoise);
        ArgumentNullException.ThrowIfNull(mix);
        settings.Validate(data.Columns);
        FollowedNumbers place = new(settings, settings.BatchSize);
        int steps = noise.Length / (settings.BatchSize * settings.Generator.Inputs);
        (float[] Numbers, int Start, int Length)[] parts =
        [
            (noise, place.Latent, place.InputNoise), (inputNoise, place.InputNoise, place.Mix - place.InputNoise), (mix, place.Mix, place.Length - place.Mix),
        ];
        float[] all = new float[(long)steps * place.Length];
        foreach ((float[] numbers, int start, int length) in parts)
        {
            if (numbers.LongLength != (long)steps * length)
            {
                throw new ArgumentException($"{steps} steps of noise go with {(long)steps * length} numbers of the other kind, not {numbers.LongLength}");
            }

            for (int step = 0; step < steps; step++)
            {
                numbers.AsSpan(step * length, length).CopyTo(all.AsSpan((step * place.Length) + start));
            }
        }

        return new CompiledKernels(device, settings, data, null, data.Rows, LanesOf(device, 0), FewOf(device, 0), stepNumbers: all);
    }

    /// <summary>The same code for another training.</summary>
    private CompiledKernels(CompiledKernels other, TrainingSettings settings, DataSet? data, int rows)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Validate(settings, data, other.OwnData, rows);
        (Device, Settings, SharedData, OwnData, Rows, code) = (other.Device, settings, data, other.OwnData, rows, other.code);
        if (!CodeOf(settings, rows).Equals(code.Settings))
        {
            throw new ArgumentException("the training differs in more than its epochs, its data and what each member has of its own");
        }
    }

    /// <summary>The most members that a thread of this processor can have.</summary>
    public static int WidestLanes => VectorLanes.Widest.Count;

    /// <summary>Members for each thread, where there are enough for all threads.</summary>
    public int Lanes => code.Lanes;

    /// <summary>Whether quotients, roots and functions are the GPU's own.</summary>
    public bool FastMath => code.FastMath;

    /// <summary>What a member takes of the device's memory.</summary>
    public int BytesPerMember => new StateLayout(Settings).Length * sizeof(float);

    /// <summary>How long it took so far to record and to emit kernels, their compilation for the device not included.</summary>
    public TimeSpan EmitTime => code.EmitTime;

    internal Device Device { get; }

    internal TrainingSettings Settings { get; }

    internal DataSet? SharedData { get; }

    internal IDistribution? OwnData { get; }

    internal int Rows { get; }

    /// <summary>The random numbers of the steps of a recorded training, laid out as <see cref="FollowedNumbers"/> says; empty where they are drawn.</summary>
    internal float[] StepNumbers { get; } = [];

    /// <summary>What idle lanes read behind the last row.</summary>
    internal float[] Padding => new float[WidestLanes * Math.Max(Settings.Generator.Inputs, Settings.Discriminator.Inputs)];

    internal TrainingSettings CodeSettings => code.Settings;

    internal int BatchSize => code.Settings.BatchSize;

    internal int StepsPerEpoch => Settings.StepsPerEpoch(Rows);

    internal KernelCode.BeginLauncher Begin => code.Begin;

    /// <summary>Trains some steps of so many members.</summary>
    internal KernelCode.TrainLauncher Train(bool withLosses, int members) => code.Train(withLosses, AreFew(members));

    private bool AreFew(int members) => code.FewLanes is not null && members <= FewForMultiprocessor * Device.Multiprocessors;

    /// <summary>How many members a device trains at the same moment; with fewer, part of it is idle.</summary>
    public static int WidthOf(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Multiprocessors * (device.HasVectors ? WidestLanes : GpuThreadsOfMultiprocessor);
    }

    /// <summary>Whether the networks are small enough.</summary>
    public static bool Fits(TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return ParameterCount(settings) <= MostParameters;
    }

    /// <summary>
    /// What of the settings the code depends on; all else is made equal. Trainings on one device that agree in it, in fast math, and in
    /// whether their members share the data, have the same code.
    /// </summary>
    /// <param name="settings">Of a training.</param>
    /// <param name="rows">Rows of its data.</param>
    public static TrainingSettings CodeOf(TrainingSettings settings, int rows)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return SettingTable.Shared(settings) with { Epochs = 1, BatchSize = Math.Min(settings.BatchSize, rows) };
    }

    /// <summary>Members for each thread where so many are trained together: few of them have all lanes of a thread each.</summary>
    /// <param name="members">How many, at least 1.</param>
    public int LanesOf(int members)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        return AreFew(members) ? code.FewLanes!.Value : Lanes;
    }

    /// <summary>These kernels for another training, without compiling again.</summary>
    /// <param name="settings">Another number of epochs, perhaps.</param>
    /// <param name="data">What to learn; these kernels are for members that read one data set.</param>
    /// <exception cref="ArgumentException">Other code would be needed, see <see cref="CodeOf"/>, or a number of the data is not finite.</exception>
    public CompiledKernels For(TrainingSettings settings, DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return OwnData is null ? new(this, settings, data, data.Rows) : throw new ArgumentException("these kernels draw rows of their own");
    }

    /// <summary>These kernels for another training, without compiling again.</summary>
    /// <param name="settings">Another number of epochs, perhaps.</param>
    /// <param name="rows">How many rows each member has; these kernels are for members that draw rows of their own.</param>
    /// <exception cref="ArgumentException">Other code would be needed, see <see cref="CodeOf"/>.</exception>
    public CompiledKernels For(TrainingSettings settings, int rows) =>
        OwnData is not null ? new(this, settings, null, rows) : throw new ArgumentException("these kernels read one data set");

    private static void Validate(TrainingSettings settings, DataSet? data, IDistribution? ownData, int rows)
    {
        if (data is null)
        {
            ArgumentNullException.ThrowIfNull(ownData, "distribution");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        settings.Validate(data?.Columns ?? ownData!.Columns);
        data?.RequireFinite();
        if (!Fits(settings))
        {
            throw new InvalidSettingException(
                nameof(TrainingSettings.Discriminator),
                $"{settings.Discriminator} and the generator {settings.Generator} have {ParameterCount(settings)} parameters; " +
                $"the compiled engine takes at most {MostParameters}, the tiled engine any");
        }
    }

    private static int RowsOf(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Rows;
    }

    private static long ParameterCount(TrainingSettings settings) => (long)settings.Generator.ParameterCount + settings.Discriminator.ParameterCount;

    private static VectorLanes? FewOf(Device device, int count) => count == 0 && device.HasVectors ? VectorLanes.OfOneMember : null;

    private static ILanes LanesOf(Device device, int count)
    {
        ArgumentNullException.ThrowIfNull(device);
        return (device.HasVectors, count) switch
        {
            (true, 0) => VectorLanes.Widest,
            (_, 0 or 1) => FloatLanes.One,
            (true, 4) => VectorLanes.Four,
            (true, 8) => VectorLanes.Eight,
            (true, 16) => VectorLanes.Sixteen,
            (true, _) => throw new ArgumentException($"a thread of the CPU has 1, 4, 8 or 16 lanes, not {count}"),
            _ => throw new ArgumentException($"a thread of {device.Word} has 1 lane, not {count}"),
        };
    }
}
