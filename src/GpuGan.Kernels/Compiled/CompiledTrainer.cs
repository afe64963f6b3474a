using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Compiled.Steps;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU;
using ILGPU.Runtime;

namespace GpuGan.Kernels.Compiled;

/// <summary>
/// The fast engine: trains a chunk of a population, GANs of one shape, each member in a lane, with as many steps as a launch
/// is asked for in one kernel. Each member's bits are those of <c>StepwiseTrainer</c>.
/// </summary>
internal sealed class CompiledTrainer : IDisposable
{
    private readonly TrainingSettings settings;
    private readonly StateLayout layout;
    private readonly CompiledKernels kernels;
    private readonly AcceleratorStream stream;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> state, data;
    private readonly TrainingSettings[] members;
    private readonly int stride, rows;
    private readonly double[] learningRateFactors;
    private readonly bool decays;
    private int epochOfLosses = -1, stepsOfLosses, generatorStepsOfLosses;
    private float[][]? progress;

    /// <summary>Allocates the members' state and begins their trainings.</summary>
    /// <param name="kernels">Compiled for the device and the shape; must outlive the trainer.</param>
    /// <param name="members">The settings of each, at least one's: the kernels' but for the seed and the numbers.</param>
    /// <exception cref="InvalidSettingException">A number of a member is out of range.</exception>
    /// <exception cref="ArgumentException">A member needs other kernels.</exception>
    /// <exception cref="Devices.DeviceMemoryException">The device has too little memory.</exception>
    public CompiledTrainer(CompiledKernels kernels, ReadOnlySpan<TrainingSettings> members)
        : this(kernels, members, firstNumber: 0)
    {
    }

    /// <summary>Allocates the state of a chunk's members, and begins their trainings.</summary>
    /// <param name="kernels">Compiled for the device and the shape; must outlive the trainer.</param>
    /// <param name="members">At least one.</param>
    /// <param name="firstNumber">The first member's number in its population, for messages.</param>
    internal CompiledTrainer(CompiledKernels kernels, ReadOnlySpan<TrainingSettings> members, int firstNumber)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        ArgumentOutOfRangeException.ThrowIfZero(members.Length);
        this.kernels = kernels;
        this.members = members.ToArray();
        learningRateFactors = new double[Count];
        settings = kernels.Settings;
        rows = kernels.Rows;
        for (int i = 0; i < this.members.Length; i++)
        {
            RequireMember(this.members[i], firstNumber + i);
        }

        decays = this.members.Any(member => member.LrDecay != 1);
        layout = new StateLayout(settings);
        Accelerator accelerator = kernels.Device.Accelerator;
        stream = accelerator.DefaultStream;

        // The last lanes of the last thread may be without a member; they repeat the last one.
        stride = (members.Length + kernels.Lanes - 1) / kernels.Lanes * kernels.Lanes;
        state = kernels.Device.Allocate("the population", () => accelerator.Allocate1D<float>((long)stride * layout.Length));
        data = kernels.Device.Allocate("the data", () => accelerator.Allocate1D<float>([.. kernels.SharedData?.Values ?? [0], .. kernels.StepNumbers, .. kernels.Padding]));
        Write(StateLayout.SeedLow, member => BitConverter.UInt32BitsToSingle((uint)member.Seed));
        Write(StateLayout.SeedHigh, member => BitConverter.UInt32BitsToSingle((uint)(member.Seed >> 32)));
        DecayLearningRates(_ => 1);
        WritePair(StateLayout.Beta1, member => member.Beta1);
        WritePair(StateLayout.Beta2, member => member.Beta2);
        Write(StateLayout.OneMinusBeta1, member => (float)(1 - member.Beta1));
        Write(StateLayout.OneMinusBeta2, member => (float)(1 - member.Beta2));
        Write(StateLayout.Epsilon, member => (float)member.Epsilon);
        Write(StateLayout.InitStd, member => (float)member.InitStd);
        foreach ((int word, Func<TrainingSettings, double> value) in layout.Numbers)
        {
            Write(word, member => (float)value(member));
        }

        kernels.Begin(stream, stride / kernels.Lanes, state.View, data.View, stride);
        accelerator.Synchronize();
    }

    /// <summary>Steps done so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Steps of an epoch.</summary>
    public int StepsPerEpoch => kernels.StepsPerEpoch;

    /// <summary>Number of members.</summary>
    public int Count => members.Length;

    /// <summary>What tells how far each member is, in the order of the layout: its finite steps, its losses.</summary>
    private float[][] Progress => progress ??= ReadBlock(StateLayout.FiniteSteps, StateLayout.Parameter - StateLayout.FiniteSteps);

    private int Threads => (Count + kernels.LanesOf(Count) - 1) / kernels.LanesOf(Count);

    /// <summary>Trains all members for some steps and waits for them.</summary>
    /// <param name="steps">
    /// At least 1, and with those done so far no more than an <see cref="int"/> counts. A launch ends with its epoch at the latest where losses are kept, or where a member's learning rates decay.
    /// </param>
    /// <param name="withLosses">Whether the losses of these steps are computed and added to their epoch's.</param>
    public void Train(int steps, bool withLosses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, int.MaxValue - Steps);
        progress = null;
        while (steps > 0)
        {
            int position = Steps % StepsPerEpoch;
            int launch = withLosses || decays ? Math.Min(steps, StepsPerEpoch - position) : steps;
            if (withLosses)
            {
                BeginLosses(Steps / StepsPerEpoch);
                stepsOfLosses += launch;
                generatorStepsOfLosses += settings.GeneratorSteps(Steps, launch);
            }

            kernels.Train(withLosses, Count)(
                stream, Threads, state.View, data.View, stride, Steps, launch, position * kernels.BatchSize, rows, Steps / StepsPerEpoch, Steps % settings.DSteps);
            Steps += launch;
            steps -= launch;
            if (decays && Steps % StepsPerEpoch == 0)
            {
                DecayLearningRates(member => learningRateFactors[member] * members[member].LrDecay);
            }
        }

        stream.Synchronize();
    }

    /// <summary>The first step after which a parameter of a member was not finite, for each member; null while all are.</summary>
    public int?[] ReadDivergedAt()
    {
        return [.. Progress.Select(words => BitConverter.SingleToInt32Bits(words[0])).Select(steps => steps < Steps ? steps + 1 : (int?)null)];
    }

    /// <summary>The parameters of each member; all NaN where it diverged.</summary>
    public GanParameters[] ReadParameters() => Array.ConvertAll(ReadFinite(), Wrap);

    /// <summary>The averaged generator of each member, with its discriminator; all NaN where it diverged.</summary>
    /// <exception cref="InvalidOperationException">The generators are not averaged.</exception>
    public GanParameters[] ReadAverages()
    {
        if (settings.GEma == 0)
        {
            throw new InvalidOperationException("the generators of this training are not averaged");
        }

        float[][] all = ReadFinite(), averages = ReadBlock(layout.Average, settings.Generator.ParameterCount);
        return [.. all.Select((values, member) =>
        {
            if (!float.IsNaN(values[0]))
            {
                averages[member].CopyTo(values, 0);
            }

            return Wrap(values);
        })];
    }

    /// <summary>The parameters of each member with the generator that is judged: its average, where there is one.</summary>
    public GanParameters[] ReadJudged() => settings.GEma != 0 ? ReadAverages() : ReadParameters();

    private float[][] ReadFinite()
    {
        int?[] divergedAt = ReadDivergedAt();
        float[][] all = ReadBlock(StateLayout.Parameter, layout.ParameterCount);
        foreach (float[] values in all.Where((_, member) => divergedAt[member] is not null))
        {
            Array.Fill(values, float.NaN);
        }

        return all;
    }

    /// <summary>Copies all that the rest of each member's training depends on, at the end of an epoch.</summary>
    /// <exception cref="ArgumentException">The epoch has not ended.</exception>
    public TrainingState[] ReadStates()
    {
        TrainingState.RequireEndOfEpoch(Steps, StepsPerEpoch);
        GanParameters[] parameters = ReadParameters();
        GanParameters[][] optimizer = [.. Enumerable.Range(0, layout.StateWords).Select(word => Array.ConvertAll(ReadBlock(layout.OptimizerWord(word), layout.ParameterCount), Wrap))];
        GanParameters[]? averages = settings.GEma != 0 ? ReadAverages() : null;
        DecayPowers<float>[] powersD = ReadPowers(settings.DOptimizer, StateLayout.Beta1Power), powersG = ReadPowers(settings.GOptimizer, layout.PowersG);
        return [.. parameters.Select((values, member) => new TrainingState(
            Steps, values, [.. optimizer.Select(word => word[member])], averages?[member], powersD[member], powersG[member]))];
    }

    /// <summary>Goes on where other trainings were when their states were read, whichever engine they had.</summary>
    /// <param name="states">One for each member, all of the same step; settings and data are those of these trainings.</param>
    /// <exception cref="ArgumentException">A state is of other networks, not of the end of an epoch, or of another step than the first.</exception>
    public void WriteStates(ReadOnlySpan<TrainingState> states)
    {
        TrainingState[] all = states.ToArray();
        ArgumentOutOfRangeException.ThrowIfNotEqual(all.Length, Count);
        foreach (TrainingState state in all)
        {
            ArgumentNullException.ThrowIfNull(state, nameof(states));
            state.RequireFits(settings, StepsPerEpoch);
            ArgumentOutOfRangeException.ThrowIfNotEqual(state.Steps, all[0].Steps);
        }

        Steps = all[0].Steps;
        progress = null;
        WriteBlock(StateLayout.Parameter, member => all[member].Parameters.Values);
        for (int word = 0; word < layout.StateWords; word++)
        {
            WriteBlock(layout.OptimizerWord(word), member => all[member].Optimizer[word].Values);
        }

        if (settings.GEma != 0)
        {
            WriteBlock(layout.Average, member => all[member].Averages!.GeneratorValues.ToArray());
        }

        WritePowers(settings.GOptimizer, layout.PowersG, state => state.PowersG);
        WritePowers(settings.DOptimizer, StateLayout.Beta1Power, state => state.PowersD);
        WriteBlock(StateLayout.FiniteSteps, _ => [BitConverter.Int32BitsToSingle(Steps)]);
        DecayLearningRates(member => TrainingSettings.LearningRateFactor(members[member].LrDecay, Steps / StepsPerEpoch));
        epochOfLosses = -1;

        void WritePowers(IOptimizer optimizer, int word, Func<TrainingState, DecayPowers<float>> powers)
        {
            if (optimizer.CorrectsBias)
            {
                WriteBlock(word, member => Words(powers(all[member])));
            }
        }

        static float[] Words(DecayPowers<float> powers) => [powers.Beta1.High, powers.Beta1.Low, powers.Beta2.High, powers.Beta2.Low];
    }

    /// <summary>Gives each member other parameters to begin with; its averages begin with them too.</summary>
    /// <param name="parameters">One for each member, of its networks.</param>
    /// <exception cref="InvalidOperationException">Steps have been done.</exception>
    /// <exception cref="ArgumentException">Some are of other networks.</exception>
    public void WriteParameters(ReadOnlySpan<GanParameters> parameters)
    {
        GanParameters[] all = parameters.ToArray();
        ArgumentOutOfRangeException.ThrowIfNotEqual(all.Length, Count);
        if (Steps > 0)
        {
            throw new InvalidOperationException("the trainings have begun; their parameters are their own");
        }

        foreach (GanParameters one in all)
        {
            ArgumentNullException.ThrowIfNull(one, nameof(parameters));
            if (!one.Generator.Equals(settings.Generator) || !one.Discriminator.Equals(settings.Discriminator))
            {
                throw new ArgumentException($"the parameters are of {one.Generator} and {one.Discriminator}, the training of {settings.Generator} and {settings.Discriminator}");
            }
        }

        WriteBlock(StateLayout.Parameter, member => all[member].Values);
        if (settings.GEma != 0)
        {
            WriteBlock(layout.Average, member => all[member].GeneratorValues.ToArray());
        }
    }

    /// <summary>
    /// The losses of each member in the last epoch that had any: the means over its steps whose losses were computed, which are all of an
    /// epoch that was trained with losses from its beginning to its end.
    /// </summary>
    /// <exception cref="InvalidOperationException">No step's were computed.</exception>
    public EpochLosses[] ReadLosses()
    {
        if (epochOfLosses < 0)
        {
            throw new InvalidOperationException("there are no losses yet; train steps with their losses first");
        }

        return [.. Progress.Select(words =>
            new EpochLosses(epochOfLosses + 1, words[1] / stepsOfLosses, words[2] / generatorStepsOfLosses, words[3], words[4]))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        state.Dispose();
        data.Dispose();
    }

    private void RequireMember(TrainingSettings member, int number)
    {
        ArgumentNullException.ThrowIfNull(member);
        try
        {
            member.ValidateNumbers();
        }
        catch (InvalidSettingException exception)
        {
            throw new InvalidSettingException(exception.Setting, exception.Problem, number);
        }

        if (!CompiledKernels.CodeOf(member, rows).Equals(kernels.CodeSettings) || member.Epochs != settings.Epochs)
        {
            throw new ArgumentException($"member {number} differs from the kernels in more than its seed and its numbers");
        }
    }

    private void BeginLosses(int epoch)
    {
        if (epoch == epochOfLosses)
        {
            return;
        }

        // Written: on OpenCL, ILGPU 1.5.3's MemSetToZero takes four times the offset of a view of floats.
        // Both follow each other in the layout.
        WriteBlock(StateLayout.SumD, _ => [0, 0]);
        (epochOfLosses, stepsOfLosses, generatorStepsOfLosses) = (epoch, 0, 0);
    }

    /// <summary>The factor of a member is a product of doubles, as the stepwise engine's.</summary>
    private void DecayLearningRates(Func<int, double> factor)
    {
        for (int member = 0; member < Count; member++)
        {
            learningRateFactors[member] = factor(member);
        }

        // Both rates follow each other in the layout.
        WriteBlock(StateLayout.LrD, i => [(float)(members[i].LrD * learningRateFactors[i]), (float)(members[i].LrG * learningRateFactors[i])]);
    }

    private void WritePair(int word, Func<TrainingSettings, double> value)
    {
        Write(word, member => FloatPair.Of(value(member)).High);
        Write(word + 1, member => FloatPair.Of(value(member)).Low);
    }

    private void Write(int word, Func<TrainingSettings, float> value)
    {
        float[] values = new float[stride];
        for (int i = 0; i < stride; i++)
        {
            values[i] = value(members[Math.Min(i, Count - 1)]);
        }

        state.View.SubView((long)word * stride, stride).CopyFromCPU(values);
    }

    /// <summary>Writes as many words of each member as are given, from one on.</summary>
    private void WriteBlock(int firstWord, Func<int, float[]> values)
    {
        float[][] ofMembers = [.. Enumerable.Range(0, Count).Select(values)];
        float[] all = new float[(long)stride * ofMembers[0].Length];
        Parallel.For(0, stride, lane =>
        {
            float[] ofMember = ofMembers[Math.Min(lane, Count - 1)];
            for (int i = 0; i < ofMember.Length; i++)
            {
                all[((long)i * stride) + lane] = ofMember[i];
            }
        });
        state.View.SubView((long)firstWord * stride, all.Length).CopyFromCPU(all);
    }

    /// <summary>Some words of each member, from one on.</summary>
    private float[][] ReadBlock(int firstWord, int words)
    {
        float[] all = new float[(long)stride * words];
        state.View.SubView((long)firstWord * stride, all.Length).CopyToCPU(all);
        float[][] ofMembers = new float[Count][];
        Parallel.For(0, Count, member =>
        {
            float[] values = new float[words];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = all[((long)i * stride) + member];
            }

            ofMembers[member] = values;
        });
        return ofMembers;
    }

    private DecayPowers<float>[] ReadPowers(IOptimizer optimizer, int word) => optimizer.CorrectsBias
        ? Array.ConvertAll(ReadBlock(word, 4), words => new DecayPowers<float>(new(words[0], words[1]), new(words[2], words[3])))
        : [.. Enumerable.Repeat(OptimizerSchedule.InitialPowers, Count)];

    private GanParameters Wrap(float[] values) => new(settings.Generator, settings.Discriminator, values);
}
