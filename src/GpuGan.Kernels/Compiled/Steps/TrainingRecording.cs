using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Compiled.BackEnds;
using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Kernels.Training.Optimizers;
using GpuGan.Kernels.Training.Penalties;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>
/// The training kernel: as many steps as a launch asks for, of one member for each lane. Loops over layers and units ran
/// while it was recorded; those over steps and rows are loops of the kernel. What <c>Stepwise</c> does in its launches
/// stands here in the same order: random numbers; forward, backward and update of the discriminator; the same of the generator;
/// losses. What the game does not have is not recorded.
/// </summary>
internal sealed class TrainingRecording
{
    /// <summary>
    /// The kernel's parameters: the number of the first step, from 0; how many steps; the first row of the first step; the number
    /// of rows; the epoch of the first step, from 0; and its place among the steps from one update of the generator to the next.
    /// </summary>
    public const int FirstStep = 0, Steps = 1, FirstRow = 2, Rows = 3, Epoch = 4, Phase = 5, ParameterCount = 6;

    private readonly Recording recording;
    private readonly RecordingOperations o;
    private readonly TrainingSettings settings;
    private readonly int batch;
    private readonly RowWalk walk;
    private readonly ILoss loss;
    private readonly Dictionary<string, Symbol> own;
    private readonly StateLayout layout;
    private readonly RecordedParameters ofGenerator, ofDiscriminator;
    private readonly RecordedNetwork generator, discriminator;
    private readonly Symbol rows;
    private readonly RecordedRows real;
    private readonly RecordedStepNumbers numbers;
    private readonly Variable realLoss, fakeLoss, generatedLoss;
    private readonly bool withLosses;
    private readonly OptimizerSchedule<Symbol> schedule;
    private readonly Symbol lrD, lrG;
    private readonly PairVariable? beta1D, beta2D, beta1G, beta2G;

    private TrainingRecording(TrainingSettings settings, int batch, IDistribution? ownData, bool isFollowing, bool withLosses, ILanes lanes, bool fastMath)
    {
        recording = new Recording(fastMath);
        (this.settings, this.batch, this.withLosses) = (settings, batch, withLosses);
        o = recording.Operations;
        walk = lanes.Members == lanes.Count ? new RowsInTurn(recording, batch, inPieces: lanes.Count > 1) : new RowsInLanes(recording, lanes.Count, batch);
        layout = new StateLayout(settings);
        loss = settings.Loss;
        own = layout.Properties.ToDictionary(property => property, property => LoadNumber(layout.Find(property)!.Value));
        ofGenerator = Keep(settings.Generator, settings.GOptimizer, settings.GEma != 0, hasPenalty: false, 0);
        ofDiscriminator = Keep(settings.Discriminator, settings.DOptimizer, isAveraged: false, settings.HasPenalty, settings.Generator.ParameterCount);
        generator = new RecordedNetwork(recording, walk, settings.Generator, ofGenerator);
        discriminator = new RecordedNetwork(recording, walk, settings.Discriminator, ofDiscriminator);
        (Symbol Low, Symbol High) seed = (recording.LoadState(SymbolKind.Word, StateLayout.SeedLow), recording.LoadState(SymbolKind.Word, StateLayout.SeedHigh));
        rows = recording.Parameter(Rows);
        numbers = new RecordedStepNumbers(recording, walk, settings, batch, isFollowing, seed, Number(nameof(TrainingSettings.InstanceNoise)));
        real = new RecordedRows(recording, walk, settings, batch, ownData, seed);
        realLoss = recording.NewVariable(SymbolKind.Number);
        fakeLoss = recording.NewVariable(SymbolKind.Number);
        generatedLoss = recording.NewVariable(SymbolKind.Number);
        schedule = new(
            LoadPair(StateLayout.Beta1),
            LoadPair(StateLayout.Beta2),
            LoadNumber(StateLayout.OneMinusBeta1),
            LoadNumber(StateLayout.OneMinusBeta2),
            LoadNumber(StateLayout.Epsilon),
            Number(nameof(TrainingSettings.Momentum)) ?? o.Constant(0));
        (lrD, lrG) = (LoadNumber(StateLayout.LrD), LoadNumber(StateLayout.LrG));
        if (settings.DOptimizer.CorrectsBias || (settings.IsEven && settings.GOptimizer.CorrectsBias))
        {
            (beta1D, beta2D) = (new PairVariable(recording, StateLayout.Beta1Power), new PairVariable(recording, StateLayout.Beta2Power));
        }

        if (settings.IsEven)
        {
            (beta1G, beta2G) = (beta1D, beta2D);
        }
        else if (settings.GOptimizer.CorrectsBias)
        {
            (beta1G, beta2G) = (new PairVariable(recording, layout.PowersG), new PairVariable(recording, layout.PowersG + 2));
        }
    }

    /// <summary>Records the kernel.</summary>
    /// <param name="settings">The game, and whether rows are shuffled.</param>
    /// <param name="batch">Rows of a batch; the last of an epoch may have fewer.</param>
    /// <param name="ownData">Where each member draws its own rows from; null where all read the same data set.</param>
    /// <param name="isFollowing">Whether the random numbers of the steps stand behind the data, and are not drawn.</param>
    /// <param name="withLosses">Whether the losses of the steps are computed and added up.</param>
    /// <param name="lanes">What the lanes of a thread have.</param>
    /// <param name="fastMath">Whether quotients, roots and functions are the hardware's own.</param>
    public static Recording Record(
        TrainingSettings settings, int batch, IDistribution? ownData, bool isFollowing, bool withLosses, ILanes lanes, bool fastMath) =>
        new TrainingRecording(settings, batch, ownData, isFollowing, withLosses, lanes, fastMath).Record();

    private Recording Record()
    {
        Variable finiteSteps = recording.NewVariable(SymbolKind.Number);
        recording.Set(finiteSteps, o.Constant(0));
        Variable firstRow = recording.NewVariable(SymbolKind.Index);
        recording.Set(firstRow, recording.Parameter(FirstRow));
        Variable phase = recording.NewVariable(SymbolKind.Index);
        if (settings.DSteps > 1)
        {
            recording.Set(phase, recording.Parameter(Phase));
        }

        Variable[] losses = withLosses ? [.. Enumerable.Range(StateLayout.SumD, 4).Select(word => recording.Kept(SymbolKind.Number, word))] : [];

        recording.Loop(recording.Parameter(Steps), pass =>
        {
            Symbol first = recording.Get(firstRow);
            Symbol next = Index(Operation.IndexAdd, first, Index(batch));
            Symbol count = Index(Operation.IndexSelectLess, next, rows, Index(batch), Index(Operation.IndexSubtract, rows, first));
            recording.Set(firstRow, Index(Operation.IndexSelectLess, next, rows, next, Index(0)));
            Symbol generates = settings.DSteps > 1 ? Generates(phase) : Index(1);

            if (settings.IsEven)
            {
                Advance(beta1D, beta2D);
            }

            Symbol finite = walk.OfMember(Step(pass, first, count, generates));
            if (withLosses)
            {
                AddLosses(losses, count, generates);
            }

            // The check is zero or NaN, and NaN is less than nothing.
            Symbol one = o.SelectLess(finite, o.Constant(1), o.Constant(1), o.Constant(0));
            recording.Set(finiteSteps, o.Add(recording.Get(finiteSteps), one));
        });

        ofGenerator.Store();
        ofDiscriminator.Store();
        foreach (PairVariable? power in ((PairVariable?[])[beta1D, beta2D, beta1G, beta2G]).Distinct())
        {
            power?.Store();
        }

        for (int i = 0; i < losses.Length; i++)
        {
            recording.StoreState(StateLayout.SumD + i, recording.Get(losses[i]));
        }

        Symbol before = recording.LoadState(SymbolKind.Word, StateLayout.FiniteSteps);
        recording.StoreState(StateLayout.FiniteSteps, o.AddWords(before, o.ToWord(recording.Get(finiteSteps))));
        return recording;
    }

    /// <summary>An index: 1 in steps in which the generator is updated, else 0.</summary>
    private Symbol Generates(Variable phase)
    {
        Symbol here = recording.Get(phase), zero = Index(0), one = Index(1);
        Symbol next = Index(Operation.IndexAdd, here, one);
        recording.Set(phase, Index(Operation.IndexSelectLess, next, Index(settings.DSteps), next, zero));
        return settings.Updates == Updates.GeneratorFirst
            ? Index(Operation.IndexSelectLess, here, one, one, zero)
            : Index(Operation.IndexSelectLess, here, Index(settings.DSteps - 1), zero, one);
    }

    /// <summary>One noise serves all updates of a step.</summary>
    private Symbol Step(Symbol pass, Symbol firstRow, Symbol count, Symbol generates)
    {
        Symbol step = Index(Operation.IndexAdd, recording.Parameter(FirstStep), pass), none = o.Constant(0);
        numbers.Prepare(step, rows, count);
        real.Prepare(pass, firstRow, count);
        Symbol scaleG = OfRows(count);
        Symbol scaleD = Weighted(scaleG);
        switch (settings.Updates)
        {
            case Updates.GeneratorFirst:
                Symbol finite = MoveGenerator(step, count, generates, scaleG, none);
                JudgeAll(count, scaleD, scaleG);
                return UpdateDiscriminator(step, finite);
            case Updates.Simultaneous:
                return MoveBoth(step, count, generates, scaleD, scaleG);
            default:
                JudgeAll(count, scaleD, scaleG);
                return MoveGenerator(step, count, generates, scaleG, UpdateDiscriminator(step, none));
        }
    }

    /// <summary>Both gradients, then both updates.</summary>
    private Symbol MoveBoth(Symbol step, Symbol count, Symbol generates, Symbol scaleD, Symbol scaleG)
    {
        JudgeAll(count, scaleD, scaleG);
        if (settings.IsEven)
        {
            Descend(count, scaleG);
            return UpdateGenerator(step, Index(0), UpdateDiscriminator(step, o.Constant(0)));
        }

        Variable finite = recording.NewVariable(SymbolKind.Number);
        recording.Loop(generates, _ => Descend(count, scaleG));
        recording.Set(finite, UpdateDiscriminator(step, o.Constant(0)));
        recording.Loop(generates, _ => recording.Set(finite, UpdateGenerator(step, Index(0), recording.Get(finite))));
        recording.Loop(Index(Operation.IndexMultiply, generates, Index(settings.GSteps - 1)), _ =>
        {
            Descend(count, scaleG);
            recording.Set(finite, UpdateGenerator(step, Index(1), recording.Get(finite)));
        });
        return recording.Get(finite);
    }

    /// <summary>The generator's updates of a step, by the discriminator as it is.</summary>
    private Symbol MoveGenerator(Symbol step, Symbol count, Symbol generates, Symbol scale, Symbol finite)
    {
        if (settings.IsEven)
        {
            Descend(count, scale);
            return UpdateGenerator(step, Index(0), finite);
        }

        Variable left = recording.NewVariable(SymbolKind.Number);
        recording.Set(left, finite);
        recording.Loop(Index(Operation.IndexMultiply, generates, Index(settings.GSteps)), update =>
        {
            Descend(count, scale);
            recording.Set(left, UpdateGenerator(step, update, recording.Get(left)));
        });
        return recording.Get(left);
    }

    /// <summary>The discriminator's gradient.</summary>
    private void JudgeAll(Symbol count, Symbol scale, Symbol ofRows)
    {
        ofDiscriminator.ClearGradients();
        ClearLosses(realLoss, fakeLoss);
        if (loss.IsShiftInvariant)
        {
            walk.Loop(count, row => JudgePair(row, scale, ofRows));
        }
        else if (walk.IsOneGroup)
        {
            walk.Loop(count, group => JudgeBoth(group, scale, ofRows));
        }
        else
        {
            walk.Loop(count, row => JudgeReal(row, scale, ofRows));
            walk.Loop(count, row => JudgeFake(row, scale, ofRows));
        }

        if (Number(nameof(TrainingSettings.GradientPenalty)) is Symbol strength)
        {
            walk.Loop(count, row => discriminator.BackwardWithPenalty(
                [discriminator.Forward(Between(row))],
                [o.Constant(0)],
                [squared => o.Multiply(default(UnitGradient).Factor(squared, strength, o), ofRows)]));
        }
    }

    private void JudgeReal(Symbol row, Symbol scale, Symbol ofRows)
    {
        Symbol[][] units = discriminator.Forward(Real(row));
        Symbol a = units[^1][0];
        AddLoss(realLoss, a, a, RealValue);
        Judge([units], [o.Multiply(RealDerivative(a, a), scale)], [Penalty(nameof(TrainingSettings.R1), ofRows)]);
    }

    private void JudgeFake(Symbol row, Symbol scale, Symbol ofRows)
    {
        Symbol[][] units = discriminator.Forward(Fake(row));
        Symbol b = units[^1][0];
        AddLoss(fakeLoss, b, b, FakeValue);
        Judge([units], [o.Multiply(FakeDerivative(b, b), scale)], [Penalty(nameof(TrainingSettings.R2), ofRows)]);
    }

    /// <summary>All real rows and all generated ones side by side.</summary>
    private void JudgeBoth(Symbol group, Symbol scale, Symbol ofRows)
    {
        Symbol[][][] units = discriminator.Forward([Real(group), Fake(group)]);
        (Symbol[] derivatives, Func<Symbol, Symbol>?[] penalties) = Compare(units, scale, ofRows);
        Judge(units, derivatives, penalties);
    }

    /// <summary>Each real row and the generated one of its place in turn.</summary>
    private void JudgePair(Symbol row, Symbol scale, Symbol ofRows)
    {
        Symbol[][][] units = [discriminator.Forward(Real(row)), discriminator.Forward(Fake(row))];
        (Symbol[] derivatives, Func<Symbol, Symbol>?[] penalties) = Compare(units, scale, ofRows);
        discriminator.BackwardWithPenalty(units, derivatives, penalties, isInTurn: true);
    }

    /// <summary>The derivatives of the loss with respect to the logits of a real row and a generated one, and the penalties of both.</summary>
    private (Symbol[] Derivatives, Func<Symbol, Symbol>?[] Penalties) Compare(Symbol[][][] units, Symbol scale, Symbol ofRows)
    {
        Symbol a = units[0][^1][0], b = units[1][^1][0];
        AddLoss(realLoss, a, b, RealValue);
        AddLoss(fakeLoss, a, b, FakeValue);
        return (
            [o.Multiply(RealDerivative(a, b), scale), o.Multiply(FakeDerivative(a, b), scale)],
            [Penalty(nameof(TrainingSettings.R1), ofRows), Penalty(nameof(TrainingSettings.R2), ofRows)]);
    }

    private void Judge(Symbol[][][] units, Symbol[] derivatives, Func<Symbol, Symbol>?[] penalties)
    {
        if (penalties.Any(penalty => penalty is not null))
        {
            discriminator.BackwardWithPenalty(units, derivatives, penalties);
        }
        else
        {
            discriminator.Backward(units, [.. derivatives.Select(derivative => new[] { derivative })], learns: true, toInputs: false);
        }
    }

    /// <summary>What makes v of g in a penalty on its square; null where the game does not have it.</summary>
    private Func<Symbol, Symbol>? Penalty(string property, Symbol ofRows) => Number(property) is Symbol strength
        ? squared => o.Multiply(default(SquaredGradient).Factor(squared, strength, o), ofRows)
        : null;

    private Symbol RealValue(Symbol real, Symbol fake) => Number(nameof(TrainingSettings.LabelSmoothing)) is Symbol smoothing
        ? SmoothedLabels.Value(loss, real, fake, smoothing, o)
        : loss.RealValue(real, fake, o);

    private Symbol RealDerivative(Symbol real, Symbol fake) => Number(nameof(TrainingSettings.LabelSmoothing)) is Symbol smoothing
        ? SmoothedLabels.Derivative(loss, real, fake, smoothing, o)
        : loss.RealDerivative(real, fake, o);

    private Symbol FakeValue(Symbol real, Symbol fake) => loss.FakeValue(real, fake, o);

    private Symbol FakeDerivative(Symbol real, Symbol fake) => loss.FakeDerivative(real, fake, o);

    /// <summary>The generator's gradient: it learns through the discriminator, whose parameters stay as they are.</summary>
    private void Descend(Symbol count, Symbol scale)
    {
        ofGenerator.ClearGradients();
        ClearLosses(generatedLoss);
        walk.Loop(count, row =>
        {
            Symbol[][] made = generator.Forward(numbers.Latent(row));
            Symbol[][] judged = discriminator.Forward(numbers.AddToFake(row, made[^1]));
            Symbol b = judged[^1][0], a = loss.IsPaired ? discriminator.Forward(Real(row))[^1][0] : b;
            AddLoss(generatedLoss, a, b, (ofReal, fake) => loss.GeneratorValue(ofReal, fake, o));
            Symbol derivative = o.Multiply(loss.GeneratorDerivative(a, b, o), scale);
            Symbol[][] deltas = discriminator.Backward([judged], [[derivative]], learns: false, toInputs: true);
            generator.Backward([made], deltas, learns: true, toInputs: false);
        });
    }

    private Symbol UpdateDiscriminator(Symbol step, Symbol finite)
    {
        if (!settings.IsEven)
        {
            Advance(beta1D, beta2D);
        }

        Symbol isFirst = settings.DOptimizer.AsksWhetherFirst ? IsBelow(step, 1) : o.Constant(0);
        return ofDiscriminator.Update(
            schedule.At(settings.DOptimizer, Powers(beta1D, beta2D), lrD, isFirst, o), Number(nameof(TrainingSettings.WeightClip)), taken: null, finite);
    }

    /// <param name="step">An index.</param>
    /// <param name="update">An index: which of the generator's updates of this step, from 0.</param>
    /// <param name="finite">Zero, or NaN once a parameter was not finite.</param>
    private Symbol UpdateGenerator(Symbol step, Symbol update, Symbol finite)
    {
        if (!settings.IsEven)
        {
            Advance(beta1G, beta2G);
        }

        int firstUpdated = settings.Updates == Updates.GeneratorFirst ? 0 : settings.DSteps - 1;
        Symbol isFirst = settings.GOptimizer.AsksWhetherFirst
            ? IsBelow(Index(Operation.IndexSelectLess, update, Index(1), step, Index(int.MaxValue)), firstUpdated + 1)
            : o.Constant(0);
        return ofGenerator.Update(
            schedule.At(settings.GOptimizer, Powers(beta1G, beta2G), lrG, isFirst, o), clip: null, Number(nameof(TrainingSettings.GEma)), finite);
    }

    private void Advance(PairVariable? beta1, PairVariable? beta2)
    {
        if (beta1 is not null)
        {
            DecayPowers<Symbol> powers = schedule.Next(new DecayPowers<Symbol>(beta1.Get(), beta2!.Get()), o);
            beta1.Set(powers.Beta1);
            beta2.Set(powers.Beta2);
        }
    }

    private static DecayPowers<Symbol> Powers(PairVariable? beta1, PairVariable? beta2) => beta1 is null ? default : new(beta1.Get(), beta2!.Get());

    /// <summary>A real row as the discriminator sees it.</summary>
    private Symbol[] Real(Symbol row) => numbers.AddToReal(row, real.Row(row));

    /// <summary>A generated row as the discriminator sees it.</summary>
    private Symbol[] Fake(Symbol row) => numbers.AddToFake(row, generator.Forward(numbers.Latent(row))[^1]);

    /// <summary>The row between the two: <c>u x + (1-u) G(z)</c>.</summary>
    private Symbol[] Between(Symbol row)
    {
        Symbol u = numbers.Mix(row);
        return [.. Real(row).Zip(Fake(row), (x, made) => o.Fma(u, o.Subtract(x, made), made))];
    }

    private void ClearLosses(params ReadOnlySpan<Variable> sums)
    {
        foreach (Variable sum in withLosses ? sums : [])
        {
            recording.Set(sum, o.Constant(0));
        }
    }

    private void AddLoss(Variable sum, Symbol a, Symbol b, Func<Symbol, Symbol, Symbol> value)
    {
        if (withLosses)
        {
            walk.Add(sum, value(a, b));
        }
    }

    /// <summary>The losses of the step, and their sums over the epoch.</summary>
    private void AddLosses(Variable[] losses, Symbol count, Symbol generates)
    {
        Symbol ofRows = OfRows(count);
        Symbol both = o.Fma(recording.Get(realLoss), ofRows, o.Multiply(recording.Get(fakeLoss), ofRows));
        Symbol lossD = Weighted(both);
        Symbol lossG = o.Multiply(recording.Get(generatedLoss), ofRows);
        recording.Set(losses[0], o.Add(recording.Get(losses[0]), lossD));
        recording.Set(losses[2], lossD);
        if (settings.DSteps == 1)
        {
            recording.Set(losses[1], o.Add(recording.Get(losses[1]), lossG));
            recording.Set(losses[3], lossG);
            return;
        }

        // In a step in which the generator rests, its sum has what another step has left.
        Symbol isUpdated = o.ToNumber(recording.Word(generates)), none = o.Constant(0);
        recording.Set(losses[1], o.SelectLess(none, isUpdated, o.Add(recording.Get(losses[1]), lossG), recording.Get(losses[1])));
        recording.Set(losses[3], o.SelectLess(none, isUpdated, lossG, o.Constant(float.NaN)));
    }

    private Symbol Weighted(Symbol value) => loss.Weight == 1 ? value : o.Multiply(o.Constant(loss.Weight), value);

    /// <summary>1 where an index is below a number, else 0.</summary>
    private Symbol IsBelow(Symbol index, int bound) =>
        o.ToNumber(recording.Word(Index(Operation.IndexSelectLess, index, Index(bound), Index(1), Index(0))));

    /// <summary>What a row weighs in a mean.</summary>
    private Symbol OfRows(Symbol count) => o.Reciprocal(o.ToNumber(recording.Word(count)));

    private RecordedParameters Keep(Network network, IOptimizer optimizer, bool isAveraged, bool hasPenalty, int offset) => walk is RowsInLanes lanes
        ? new ParametersInLanes(recording, lanes, network, optimizer, isAveraged, hasPenalty, layout, offset)
        : new ParameterVariables(recording, network, optimizer, isAveraged, layout, offset);

    private FloatPair<Symbol> LoadPair(int word) => new(LoadNumber(word), LoadNumber(word + 1));

    private Symbol LoadNumber(int word) => recording.LoadState(SymbolKind.Number, word);

    /// <summary>A number that the member has of its own; null where the game does not have it.</summary>
    private Symbol? Number(string property) => own.TryGetValue(property, out Symbol number) ? number : null;

    private Symbol Index(int value) => recording.Index(value);

    private Symbol Index(Operation operation, params ReadOnlySpan<Symbol> operands) => recording.Index(operation, operands);

    /// <summary>A pair that is kept from step to step.</summary>
    private sealed class PairVariable(Recording recording, int word)
    {
        private readonly Variable high = recording.Kept(SymbolKind.Number, word), low = recording.Kept(SymbolKind.Number, word + 1);

        public FloatPair<Symbol> Get() => new(recording.Get(high), recording.Get(low));

        public void Set(FloatPair<Symbol> value)
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
