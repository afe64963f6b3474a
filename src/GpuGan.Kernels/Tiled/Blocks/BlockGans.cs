using System.Diagnostics;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU;
using ILGPU.Runtime;
using Device = GpuGan.Kernels.Devices.Device;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>Some GANs of one game on a device, which are trained together; each has a memory of its own and learns its own rows or those of all.</summary>
internal sealed class BlockGans : IDisposable
{
    private readonly TrainingSettings settings;
    private readonly Accelerator accelerator;
    private readonly AcceleratorStream stream;
    private readonly LoadedKernels kernels;
    private readonly GanPlaces places;
    private readonly Operation[] operations;
    private readonly int rows, batch, stepsPerEpoch, updatesOfStep, drawing, drawingAtRest, resting;
    private readonly MemberUpdates[] updates;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> memory, data, losses;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> divergedAt;
    private readonly MemoryBuffer1D<MemberNumbers, Stride1D.Dense> members;
    private readonly MemoryBuffer1D<Operation, Stride1D.Dense> program;
    private readonly Gans gans;

    /// <summary>Allocates all buffers and compiles the kernel.</summary>
    /// <param name="device">Where.</param>
    /// <param name="members">The settings of each; they differ in numbers that decide no code.</param>
    /// <param name="data">What they learn: one for all, or one for each.</param>
    /// <param name="initial">The parameters that each begins with.</param>
    /// <param name="walk">How the device walks through a step.</param>
    public BlockGans(Device device, TrainingSettings[] members, DataSet[] data, GanParameters[] initial, Walk walk)
    {
        settings = members[0];
        rows = data[0].Rows;
        batch = Math.Min(settings.BatchSize, rows);
        stepsPerEpoch = settings.StepsPerEpoch(rows);
        updatesOfStep = 1 + settings.GSteps;
        places = new GanPlaces(settings, batch);
        StepComposer composer = new(settings, places);
        IReadOnlyList<Operation> generating = composer.Compose(generates: true, out drawing), atRest = composer.Compose(generates: false, out drawingAtRest);
        resting = generating.Count;
        operations = [.. generating, .. atRest.Select(operation => operation with { PhaseEnd = operation.PhaseEnd + resting })];
        updates = [.. members.Select(member => new MemberUpdates(member, stepsPerEpoch))];
        accelerator = device.Accelerator;
        stream = accelerator.DefaultStream;
        kernels = new LoadedKernels(device, settings, walk);
        if (places.Words > int.MaxValue)
        {
            throw new DeviceMemoryException($"not enough memory on {device.Word} for the GAN; take a smaller batch or narrower networks");
        }

        memory = device.Allocate("the GANs", () => accelerator.Allocate1D<float>(members.Length * places.Words));
        this.data = device.Allocate("the data", () => accelerator.Allocate1D<float>(data.Sum(one => one.Values.LongLength)));
        losses = device.Allocate("the losses", () => accelerator.Allocate1D<float>((long)members.Length * BlockLosses.Count));
        divergedAt = device.Allocate("the losses", () => accelerator.Allocate1D(Array.ConvertAll(members, _ => int.MaxValue)));
        this.members = device.Allocate("the settings", () => accelerator.Allocate1D(Array.ConvertAll(members, MemberNumbers.Of)));
        program = device.Allocate("the operations", () => accelerator.Allocate1D(operations));
        memory.MemSetToZero();
        losses.MemSetToZero();
        for (int i = 0; i < data.Length; i++)
        {
            this.data.View.SubView(i * data[0].Values.LongLength, data[i].Values.Length).CopyFromCPU(data[i].Values);
        }

        for (int member = 0; member < members.Length; member++)
        {
            WriteParameters(member, initial[member]);
            WriteAverages(member, initial[member]);
        }

        gans = new Gans(
            memory.View,
            (int)places.Words,
            this.data.View,
            data.Length == 1 ? 0 : data[0].Values.Length,
            settings.Shuffle ? rows : 0,
            this.members.View,
            losses.View,
            divergedAt.View);
        accelerator.Synchronize();
    }

    /// <summary>Steps done so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Steps of an epoch.</summary>
    public int StepsPerEpoch => stepsPerEpoch;

    private int FirstRow(int step) => step % stepsPerEpoch * batch;

    /// <summary>Rows of the next step.</summary>
    public int NextBatch => Math.Min(batch, rows - FirstRow(Steps));

    /// <summary>Lets the sums of the losses begin again.</summary>
    public void ForgetLosses() => losses.MemSetToZero(stream);

    /// <summary>Trains some steps, and waits for them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isDrawn">Whether their random numbers are drawn; else they are there.</param>
    public void Train(int count, bool isDrawn = true)
    {
        BlockStep[] steps = [.. Enumerable.Range(Steps, count).Select(StepOf)];
        OptimizerStep<float>[] shared = new OptimizerStep<float>[updates.Length * count * updatesOfStep];
        Parallel.For(0, updates.Length, member =>
        {
            for (int step = 0; step < count; step++)
            {
                updates[member].Next(Steps + step, shared.AsSpan(((member * count) + step) * updatesOfStep, updatesOfStep));
            }
        });
        using MemoryBuffer1D<BlockStep, Stride1D.Dense> itsSteps = accelerator.Allocate1D(steps);
        using MemoryBuffer1D<OptimizerStep<float>, Stride1D.Dense> itsUpdates = accelerator.Allocate1D(shared);
        kernels.Launch(
            stream,
            updates.Length,
            gans,
            new Schedule(itsSteps.View, count, itsUpdates.View, updatesOfStep),
            steps,
            new StepProgram(program.View, isDrawn ? 0 : drawing, resting, isDrawn ? resting : resting + drawingAtRest, operations.Length),
            operations);
        stream.Synchronize();
        Steps += count;
    }

    /// <summary>Trains some steps in launches that are not too long.</summary>
    /// <param name="count">How many.</param>
    /// <param name="pace">How many a launch takes.</param>
    /// <param name="trained">Told after each launch how many it had.</param>
    public void Train(long count, LaunchPace pace, Action<int>? trained = null)
    {
        for (int launch; count > 0; count -= launch)
        {
            launch = (int)Math.Min(count, pace.Steps);
            long start = Stopwatch.GetTimestamp();
            Train(launch);
            pace.Learn(launch, Stopwatch.GetElapsedTime(start));
            trained?.Invoke(launch);
        }
    }

    /// <summary>Writes the random numbers of a step of the first GAN, in the place of those that would be drawn.</summary>
    public void WriteNumbers(ReadOnlySpan<float> noise, ReadOnlySpan<float> inputNoise, ReadOnlySpan<float> mix)
    {
        // The other units of the rows are made of these.
        int units = settings.Generator.UnitCount, inputs = settings.Generator.Inputs;
        float[] first = new float[noise.Length / inputs * units];
        for (int i = 0; i < noise.Length; i++)
        {
            first[(i / inputs * units) + (i % inputs)] = noise[i];
        }

        Write(0, places.Generator.Units, first);
        Write(0, places.InputNoise, inputNoise);
        Write(0, places.Mix, mix);
    }

    /// <summary>The losses of a member, as <see cref="BlockLosses"/> lays them out.</summary>
    public float[] ReadLosses() => losses.GetAsArray1D();

    /// <summary>For each member the first step after which a parameter was not finite; null while all are.</summary>
    public int?[] ReadDivergedAt() => [.. divergedAt.GetAsArray1D().Select(step => step == int.MaxValue ? (int?)null : step)];

    /// <summary>The parameters of a member.</summary>
    public float[] ReadParameters(int member) => Read(member, its => its.Parameters);

    /// <summary>The averaged generator of a member, and its discriminator.</summary>
    public float[] ReadAverages(int member) => Read(member, its => its == places.Generator ? its.Averages : its.Parameters);

    /// <summary>The gradients of a member's last step.</summary>
    public float[] ReadGradients(int member) => Read(member, its => its.Gradients);

    /// <summary>A word that the optimisers keep of each parameter; zeros where they keep fewer.</summary>
    public float[] ReadState(int member, int word) => Read(member, its => PlaceOf(its, word));

    /// <summary>The powers of a member's decays.</summary>
    public (DecayPowers<float> D, DecayPowers<float> G) PowersOf(int member) => (updates[member].PowersD, updates[member].PowersG);

    /// <summary>Lets a member go on from a state; all must be at the same step.</summary>
    public void WriteState(int member, TrainingState state)
    {
        WriteParameters(member, state.Parameters);
        for (int word = 0; word < state.Optimizer.Count; word++)
        {
            Write(member, state.Optimizer[word], its => PlaceOf(its, word));
        }

        if (state.Averages is GanParameters averages)
        {
            WriteAverages(member, averages);
        }

        divergedAt.View.SubView(member, 1).CopyFromCPU([int.MaxValue]);
        updates[member].Set(state);
        Steps = state.Steps;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (MemoryBuffer buffer in (ReadOnlySpan<MemoryBuffer>)[memory, data, losses, divergedAt, members, program])
        {
            buffer.Dispose();
        }
    }

    private static int? PlaceOf(NetworkPlaces its, int word) => word < its.Words ? its.State + (word * its.Network.ParameterCount) : null;

    private BlockStep StepOf(int step)
    {
        int first = FirstRow(step), its = Math.Min(batch, rows - first);
        float ofRows = 1f / its;
        return new BlockStep(
            (uint)step, settings.FixedNoise ? 0 : (uint)step, (uint)(step / stepsPerEpoch), first, its, settings.GeneratesIn(step) ? 1 : 0, settings.Loss.Weight * ofRows, ofRows);
    }

    private float[] Read(int member, Func<NetworkPlaces, int?> place)
    {
        float[] values = new float[settings.Generator.ParameterCount + settings.Discriminator.ParameterCount];
        int first = 0;
        foreach (NetworkPlaces its in (ReadOnlySpan<NetworkPlaces>)[places.Generator, places.Discriminator])
        {
            if (place(its) is int offset)
            {
                memory.View.SubView((member * places.Words) + offset, its.Network.ParameterCount).GetAsArray1D().CopyTo(values, first);
            }

            first += its.Network.ParameterCount;
        }

        return values;
    }

    private void WriteParameters(int member, GanParameters parameters)
    {
        Write(member, parameters, its => its.Parameters);
        Write(member, places.Generator.Transposed, Transposed(settings.Generator, parameters.GeneratorValues));
        Write(member, places.Discriminator.Transposed, Transposed(settings.Discriminator, parameters.DiscriminatorValues));
    }

    private void WriteAverages(int member, GanParameters parameters)
    {
        if (settings.GEma != 0)
        {
            Write(member, places.Generator.Averages, parameters.GeneratorValues);
        }
    }

    private static float[] Transposed(Network network, ReadOnlySpan<float> parameters)
    {
        float[] transposed = new float[parameters.Length];
        foreach (Layer layer in network.Layers)
        {
            for (int i = 0; i < layer.Inputs * layer.Outputs; i++)
            {
                transposed[layer.WeightOffset + (i % layer.Inputs * layer.Outputs) + (i / layer.Inputs)] = parameters[layer.WeightOffset + i];
            }
        }

        return transposed;
    }

    private void Write(int member, GanParameters values, Func<NetworkPlaces, int?> place)
    {
        if (place(places.Generator) is int generator)
        {
            Write(member, generator, values.GeneratorValues);
        }

        if (place(places.Discriminator) is int discriminator)
        {
            Write(member, discriminator, values.DiscriminatorValues);
        }
    }

    private void Write(int member, int offset, ReadOnlySpan<float> values)
    {
        if (!values.IsEmpty)
        {
            memory.View.SubView((member * places.Words) + offset, values.Length).CopyFromCPU(values.ToArray());
        }
    }
}
