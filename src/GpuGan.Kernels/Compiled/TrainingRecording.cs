using System.Numerics;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Compiled;

/// <summary>
/// The training kernel: as many steps as a launch asks for, of one member for each lane. Loops over layers and units ran
/// while it was recorded; those over steps and rows are loops of the kernel. What <c>Stepwise</c> does in eight launches a
/// step stands here in the same order: noise; forward, backward and Adam of the discriminator; the same of the generator;
/// losses.
/// </summary>
internal sealed class TrainingRecording
{
    /// <summary>
    /// The kernel's parameters: the number of the first step, from 0; how many steps; the first row of the first step; the number
    /// of rows; the epoch of the first step, from 0.
    /// </summary>
    public const int FirstStep = 0, Steps = 1, FirstRow = 2, Rows = 3, Epoch = 4, ParameterCount = 5;

    private readonly Recording recording;
    private readonly RecordingOperations o;
    private readonly TrainingSettings settings;
    private readonly int batch, rowsAtOnce;
    private readonly IGeneratorLoss generatorLoss;
    private readonly StateLayout layout;
    private readonly RecordedNetwork generator, discriminator;
    private readonly (Symbol Low, Symbol High) seed;
    private readonly Symbol rows, noise;
    private readonly RecordedRows real;
    private readonly Variable realLoss, fakeLoss, generatedLoss;
    private readonly bool withLosses;

    private TrainingRecording(TrainingSettings settings, int batch, IDistribution? ownData, bool withLosses, int rowsAtOnce, bool fastMath)
    {
        recording = new Recording(fastMath);
        (this.settings, this.batch, this.withLosses, this.rowsAtOnce) = (settings, batch, withLosses, rowsAtOnce);
        o = recording.Operations;
        layout = new StateLayout(settings.Generator, settings.Discriminator);
        generatorLoss = GeneratorLossTable.All[settings.GLoss];
        IActivation activation = ActivationTable.All[settings.HiddenActivation];
        generator = new RecordedNetwork(recording, settings.Generator, activation, layout, 0);
        discriminator = new RecordedNetwork(recording, settings.Discriminator, activation, layout, settings.Generator.ParameterCount);
        seed = (recording.LoadState(SymbolKind.Word, StateLayout.SeedLow), recording.LoadState(SymbolKind.Word, StateLayout.SeedHigh));
        rows = recording.Parameter(Rows);
        noise = recording.Scratch(RecordedNormals.WholeBlocks(batch * settings.Generator.Inputs));
        real = new RecordedRows(recording, settings, batch, ownData, seed);
        realLoss = recording.NewVariable(SymbolKind.Number);
        fakeLoss = recording.NewVariable(SymbolKind.Number);
        generatedLoss = recording.NewVariable(SymbolKind.Number);
    }

    /// <summary>Records the kernel.</summary>
    /// <param name="settings">Shapes, activation, loss, and whether rows are shuffled.</param>
    /// <param name="batch">Rows of a batch; the last of an epoch may have fewer.</param>
    /// <param name="ownData">Where each member draws its own rows from; null where all read the same data set.</param>
    /// <param name="withLosses">Whether the losses of the steps are computed and added up.</param>
    /// <param name="rowsAtOnce">How many rows are passed side by side; a power of two.</param>
    /// <param name="fastMath">Whether quotients, roots and functions are the hardware's own.</param>
    public static Recording Record(TrainingSettings settings, int batch, IDistribution? ownData, bool withLosses, int rowsAtOnce, bool fastMath) =>
        new TrainingRecording(settings, batch, ownData, withLosses, rowsAtOnce, fastMath).Record();

    private Recording Record()
    {
        AdamSchedule<Symbol> schedule = new(
            LoadPair(StateLayout.Beta1),
            LoadPair(StateLayout.Beta2),
            LoadNumber(StateLayout.OneMinusBeta1),
            LoadNumber(StateLayout.OneMinusBeta2),
            LoadNumber(StateLayout.Epsilon));
        Symbol lrD = LoadNumber(StateLayout.LrD), lrG = LoadNumber(StateLayout.LrG);
        PairVariable beta1Power = new(recording, StateLayout.Beta1Power), beta2Power = new(recording, StateLayout.Beta2Power);
        Variable finiteSteps = recording.NewVariable(SymbolKind.Number);
        recording.Set(finiteSteps, o.Constant(0));
        Variable firstRow = recording.NewVariable(SymbolKind.Index);
        recording.Set(firstRow, recording.Parameter(FirstRow));
        Variable[] losses = withLosses ? [.. Enumerable.Range(StateLayout.SumD, 4).Select(word => recording.Kept(SymbolKind.Number, word))] : [];

        recording.Loop(recording.Parameter(Steps), step =>
        {
            Symbol first = recording.Get(firstRow);
            Symbol next = Index(Operation.IndexAdd, first, Index(batch));
            Symbol count = Index(Operation.IndexSelectLess, next, rows, Index(batch), Index(Operation.IndexSubtract, rows, first));
            recording.Set(firstRow, Index(Operation.IndexSelectLess, next, rows, next, Index(0)));

            AdamPowers<Symbol> powers = schedule.Next(new AdamPowers<Symbol>(beta1Power.Get(), beta2Power.Get()), o);
            beta1Power.Set(powers.Beta1Power);
            beta2Power.Set(powers.Beta2Power);
            Symbol finite = Step(step, first, count, schedule, powers, lrD, lrG);
            if (withLosses)
            {
                AddLosses(losses, count);
            }

            // The check is zero or NaN, and NaN is less than nothing.
            Symbol one = o.SelectLess(finite, o.Constant(1), o.Constant(1), o.Constant(0));
            recording.Set(finiteSteps, o.Add(recording.Get(finiteSteps), one));
        });

        generator.Store();
        discriminator.Store();
        beta1Power.Store();
        beta2Power.Store();
        for (int i = 0; i < losses.Length; i++)
        {
            recording.StoreState(StateLayout.SumD + i, recording.Get(losses[i]));
        }

        Symbol before = recording.LoadState(SymbolKind.Word, StateLayout.FiniteSteps);
        recording.StoreState(StateLayout.FiniteSteps, o.AddWords(before, o.ToWord(recording.Get(finiteSteps))));
        return recording;
    }

    /// <summary>The discriminator is updated first; the same noise serves both updates.</summary>
    private Symbol Step(
        Symbol pass, Symbol firstRow, Symbol count, AdamSchedule<Symbol> schedule, AdamPowers<Symbol> powers, Symbol lrD, Symbol lrG)
    {
        Symbol inputs = Index(settings.Generator.Inputs);
        Symbol step = recording.Word(Index(Operation.IndexAdd, recording.Parameter(FirstStep), pass));
        RecordedNormals.Draw(recording, seed, StreamId.Noise, step, Index(0), Index(Operation.IndexMultiply, count, inputs), noise);
        real.Prepare(pass, firstRow, count);
        Symbol scaleG = OfRows(count);
        Symbol scaleD = o.Multiply(o.Constant(0.5f), scaleG);

        discriminator.ClearGradients();
        ClearLosses();
        LoopRows(count, some => JudgeReal(some, scaleD));
        LoopRows(count, some => JudgeFake(some, scaleD));
        Symbol finite = discriminator.Update(schedule.At(powers, lrD, o), o.Constant(0));

        generator.ClearGradients();
        LoopRows(count, some => Generate(some, scaleG));
        return generator.Update(schedule.At(powers, lrG, o), finite);
    }

    /// <summary>
    /// Passes the rows of the batch in order. Where registers allow, a few rows are passed at once, so that a processor
    /// computes them side by side; the sums keep their order.
    /// </summary>
    /// <param name="count">An index: how many rows.</param>
    /// <param name="pass">Records the passes of some rows, of which the numbers are given.</param>
    private void LoopRows(Symbol count, Action<Symbol[]> pass)
    {
        Symbol done = Index(0);
        if (rowsAtOnce > 1)
        {
            uint shift = (uint)BitOperations.Log2((uint)rowsAtOnce);
            Symbol groups = recording.Add(SymbolKind.Index, Operation.IndexShiftRight, shift, count);
            recording.Loop(groups, group =>
            {
                Symbol first = Index(Operation.IndexMultiply, group, Index(rowsAtOnce));
                pass([.. Enumerable.Range(0, rowsAtOnce).Select(i => Index(Operation.IndexAdd, first, Index(i)))]);
            });
            done = Index(Operation.IndexMultiply, groups, Index(rowsAtOnce));
        }

        recording.Loop(Index(Operation.IndexSubtract, count, done), rest => pass([Index(Operation.IndexAdd, done, rest)]));
    }

    private void JudgeReal(Symbol[] rowsOfBatch, Symbol scale) => Judge(
        [.. rowsOfBatch.Select(row => discriminator.Forward(real.Row(row)))],
        realLoss,
        logit => BinaryCrossEntropy.AgainstOne(logit, o),
        logit => BinaryCrossEntropy.AgainstOneDerivative(logit, o),
        scale);

    private void JudgeFake(Symbol[] rowsOfBatch, Symbol scale) => Judge(
        [.. rowsOfBatch.Select(row => discriminator.Forward(generator.Forward(NoiseRow(row))[^1]))],
        fakeLoss,
        logit => BinaryCrossEntropy.AgainstZero(logit, o),
        logit => BinaryCrossEntropy.AgainstZeroDerivative(logit, o),
        scale);

    private void Judge(Symbol[][][] units, Variable loss, Func<Symbol, Symbol> value, Func<Symbol, Symbol> derivative, Symbol scale)
    {
        AddLoss(loss, units, value);
        discriminator.Backward(units, OutputDeltas(units, derivative, scale), learns: true, toInputs: false);
    }

    /// <summary>The generator learns through the updated discriminator, whose parameters stay as they are.</summary>
    private void Generate(Symbol[] rowsOfBatch, Symbol scale)
    {
        Symbol[][][] made = [.. rowsOfBatch.Select(row => generator.Forward(NoiseRow(row)))];
        Symbol[][][] judged = [.. made.Select(row => discriminator.Forward(row[^1]))];
        AddLoss(generatedLoss, judged, logit => generatorLoss.Value(logit, o));
        Symbol[][] deltas = OutputDeltas(judged, logit => generatorLoss.Derivative(logit, o), scale);
        deltas = discriminator.Backward(judged, deltas, learns: false, toInputs: true);
        generator.Backward(made, deltas, learns: true, toInputs: false);
    }

    private Symbol[][] OutputDeltas(Symbol[][][] units, Func<Symbol, Symbol> derivative, Symbol scale) =>
        [.. units.Select(row => new[] { o.Multiply(derivative(row[^1][0]), scale) })];

    private Symbol[] NoiseRow(Symbol row)
    {
        Symbol start = Index(Operation.IndexAdd, noise, Index(Operation.IndexMultiply, row, Index(settings.Generator.Inputs)));
        return [.. Enumerable.Range(0, settings.Generator.Inputs).Select(i => recording.LoadScratch(start, behind: i))];
    }

    private void ClearLosses()
    {
        if (withLosses)
        {
            foreach (Variable loss in (ReadOnlySpan<Variable>)[realLoss, fakeLoss, generatedLoss])
            {
                recording.Set(loss, o.Constant(0));
            }
        }
    }

    private void AddLoss(Variable sum, Symbol[][][] units, Func<Symbol, Symbol> loss)
    {
        if (withLosses)
        {
            recording.Set(sum, units.Aggregate(recording.Get(sum), (added, row) => o.Add(added, loss(row[^1][0]))));
        }
    }

    /// <summary>The losses of the step, and their sums over the epoch.</summary>
    private void AddLosses(Variable[] losses, Symbol count)
    {
        Symbol ofRows = OfRows(count);
        Symbol both = o.Fma(recording.Get(realLoss), ofRows, o.Multiply(recording.Get(fakeLoss), ofRows));
        Symbol[] step = [o.Multiply(o.Constant(0.5f), both), o.Multiply(recording.Get(generatedLoss), ofRows)];
        for (int i = 0; i < step.Length; i++)
        {
            recording.Set(losses[i], o.Add(recording.Get(losses[i]), step[i]));
            recording.Set(losses[step.Length + i], step[i]);
        }
    }

    /// <summary>What a row weighs in a mean.</summary>
    private Symbol OfRows(Symbol count) => o.Reciprocal(o.ToNumber(recording.Word(count)));

    private Arithmetic.FloatPair<Symbol> LoadPair(int word) => new(LoadNumber(word), LoadNumber(word + 1));

    private Symbol LoadNumber(int word) => recording.LoadState(SymbolKind.Number, word);

    private Symbol Index(int value) => recording.Index(value);

    private Symbol Index(Operation operation, params ReadOnlySpan<Symbol> operands) => recording.Index(operation, operands);

    /// <summary>A pair that is kept from step to step.</summary>
    private sealed class PairVariable(Recording recording, int word)
    {
        private readonly Variable high = recording.Kept(SymbolKind.Number, word), low = recording.Kept(SymbolKind.Number, word + 1);

        public Arithmetic.FloatPair<Symbol> Get() => new(recording.Get(high), recording.Get(low));

        public void Set(Arithmetic.FloatPair<Symbol> value)
        {
            recording.Set(high, value.High);
            recording.Set(low, value.Low);
        }

        public void Store()
        {
            recording.StoreState(word, recording.Get(high));
            recording.StoreState(word + 1, recording.Get(low));
        }
    }
}
