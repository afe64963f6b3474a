using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>
/// Writes down the operations of a step, in the order of the game: what the stepwise engine's step is in launches, this is in operations.
/// </summary>
/// <param name="settings">The game.</param>
/// <param name="places">Where a GAN's numbers lie.</param>
internal sealed class StepComposer(TrainingSettings settings, GanPlaces places)
{
    private const int Real = 0, Fake = 1;

    private readonly List<Operation> operations = [];
    private int update;

    private NetworkPlaces G => places.Generator;

    private NetworkPlaces D => places.Discriminator;

    private int Judged => places.Judged;

    /// <summary>The groups of rows that the loss of a made row compares: its own alone, where the loss compares none.</summary>
    private int Partner => settings.Loss.IsPaired ? places.RealAgain : Real;

    /// <summary>The operations of a step.</summary>
    /// <param name="generates">Whether the generator is updated in it.</param>
    /// <param name="draws">How many of the first ones draw.</param>
    public IReadOnlyList<Operation> Compose(bool generates, out int draws)
    {
        operations.Clear();
        update = 1;
        Draw();
        draws = operations.Count;
        if (generates && settings.Updates == Updates.GeneratorFirst)
        {
            Make();
            Generate();
        }

        Make();
        Discriminate();
        if (generates && settings.Updates == Updates.Simultaneous)
        {
            // Both gradients before either update.
            JudgeAgain();
            UpdateDiscriminator();
            UpdateGenerator();
            GenerateAgain();
        }
        else
        {
            UpdateDiscriminator();
            if (generates && settings.Updates == Updates.Alternating)
            {
                Generate();
            }
        }

        Losses();
        return [.. operations];
    }

    private void Generate()
    {
        JudgeAgain();
        UpdateGenerator();
        GenerateAgain();
    }

    private void GenerateAgain()
    {
        for (int again = 1; again < settings.GSteps; again++)
        {
            Make();
            JudgeAgain();
            UpdateGenerator();
        }
    }

    private void Draw()
    {
        List<Operation> draws = [];
        if (settings.Generator.Latent != Latent.Zero)
        {
            draws.Add(new() { Kind = OperationKind.DrawLatent, Groups = 1, Width = settings.Generator.Inputs, Target = G.From(G.Units, 0, 0) });
        }

        if (settings.InstanceNoise != 0)
        {
            draws.Add(new() { Kind = OperationKind.DrawInputNoise, Groups = 2, Width = settings.Discriminator.Inputs, Target = NoiseOf(Real) });
        }

        if (settings.GradientPenalty != 0)
        {
            draws.Add(new() { Kind = OperationKind.DrawMix, Groups = 1, Width = 1, Target = new(places.Mix, 1, 0) });
        }

        Phase(draws);
    }

    /// <summary>The generator makes rows of the noise.</summary>
    private void Make() => Forward(G, 0, 1, OperationKind.ActivateGenerator);

    /// <summary>The discriminator judges real and fake rows, and all deltas of its loss are made.</summary>
    private void Discriminate()
    {
        Phase([RealRows(Real), FakeRows(Fake)]);
        if (settings.GradientPenalty != 0)
        {
            Phase([
                new()
                {
                    Kind = OperationKind.MixedRows,
                    Groups = 1,
                    Width = settings.Discriminator.Inputs,
                    Source = D.From(D.Units, 0, Real),
                    Values = D.From(D.Units, 0, Fake),
                    Target = D.From(D.Units, 0, 2),
                    Added = new(places.Mix, 1, 0),
                },
            ]);
        }

        Forward(D, Real, Judged, OperationKind.ActivateDiscriminator);
        Phase([
            new()
            {
                Kind = OperationKind.LossDerivative,
                Groups = 2,
                Logits = D.Outputs(D.Units, Real),
                Target = D.Outputs(D.Deltas, Real),
                IsSmoothed = settings.LabelSmoothing != 0 ? 1 : 0,
            },
        ]);
        foreach ((int group, int groups) in Ranges(penalized: false))
        {
            Back(D, group, groups, OperationKind.BendDiscriminator);
        }

        if (settings.HasPenalty)
        {
            Penalize();
        }
    }

    /// <summary>The generator's phase: the discriminator, as it is now, judges the fake rows, and the deltas go back into the generator.</summary>
    private void JudgeAgain()
    {
        Phase(settings.Loss.IsPaired ? [FakeRows(Judged), RealRows(places.RealAgain)] : [FakeRows(Judged)]);
        Forward(D, Judged, settings.Loss.IsPaired ? 2 : 1, OperationKind.ActivateDiscriminator);
        Phase([
            new()
            {
                Kind = OperationKind.GeneratorDerivative,
                Groups = 1,
                Logits = D.Outputs(D.Units, Judged),
                Values = D.Outputs(D.Units, Partner),
                Target = D.Outputs(D.Deltas, Judged),
            },
        ]);
        Back(D, Judged, 1, OperationKind.BendDiscriminator);
        Layer first = settings.Discriminator.Layers[0];
        Matrix made = G.Outputs(G.Deltas, 0);
        Phase([Back(D, first, 1, D.From(D.Deltas, first.OutputOffset, Judged), made)]);
        if (settings.Generator.Output is not IdentityActivation)
        {
            Phase([Bend(OperationKind.BendOutput, settings.Generator.Output, 1, settings.Generator.Outputs, made, G.Outputs(G.Units, 0), made)]);
        }

        Back(G, 0, 1, OperationKind.BendGenerator);
    }

    private void UpdateDiscriminator()
    {
        int penalized = PenalizedGroups.Sum(group => 1 << group);
        Gradients(D, Judged, settings.Loss.IsShiftInvariant, penalized);
        Move(D, OperationKind.MoveDiscriminator, 0, settings.WeightClip != 0, isAveraged: false);
    }

    private void UpdateGenerator()
    {
        Gradients(G, 1, isInTurn: false, penalized: 0);
        Move(G, OperationKind.MoveGenerator, update++, isClipped: false, settings.GEma != 0);
    }

    private void Losses()
    {
        Matrix losses = new(places.Losses, BlockLosses.OfRow, 0);
        Phase([
            new()
            {
                Kind = OperationKind.LossValues,
                Groups = 1,
                Source = D.Outputs(D.Units, Real),
                Logits = D.Outputs(D.Units, Judged),
                Values = D.Outputs(D.Units, Partner),
                Target = losses,
                IsSmoothed = settings.LabelSmoothing != 0 ? 1 : 0,
            },
        ]);
        Phase([new() { Kind = OperationKind.LossSums, Source = losses, Coefficient = settings.Loss.Weight }]);
    }

    /// <summary>The groups of rows of the discriminator's phase that have a penalty.</summary>
    private IEnumerable<int> PenalizedGroups
    {
        get
        {
            double[] strengths = [settings.R1, settings.R2, settings.GradientPenalty];
            return Enumerable.Range(0, strengths.Length).Where(group => strengths[group] != 0);
        }
    }

    /// <summary>The groups of rows that have a penalty, or those that have none, as far as they follow each other together.</summary>
    private IEnumerable<(int First, int Count)> Ranges(bool penalized)
    {
        bool[] groups = [.. Enumerable.Range(0, Judged).Select(group => PenalizedGroups.Contains(group) == penalized)];
        for (int first = 0; first < groups.Length; first++)
        {
            int count = groups[first..].TakeWhile(isIn => isIn).Count();
            if (count > 0)
            {
                yield return (first, count);
                first += count;
            }
        }
    }

    private void Penalize()
    {
        Network network = settings.Discriminator;
        (int First, int Count)[] ranges = [.. Ranges(penalized: true)];
        Phase(PenalizedGroups.Select(group => new Operation
        {
            Kind = OperationKind.BeginPenalty,
            Groups = 1,
            Penalized = 1 << group,
            Slopes = D.Outputs(places.Slopes, group),
            Logits = D.Outputs(D.Deltas, group),
        }));
        foreach (Layer layer in network.Layers.Reverse())
        {
            Phase(ranges.Select(range => Back(
                D, layer, range.Count, D.From(places.Slopes, layer.OutputOffset, range.First), D.From(places.Sums, layer.InputOffset, range.First))));
            if (layer.InputOffset > 0)
            {
                Phase(ranges.Select(range => BendFrom(places.Sums, layer.InputOffset, layer.Inputs, places.Slopes, range)));
            }
        }

        Phase(PenalizedGroups.Select(group => new Operation
        {
            Kind = OperationKind.PenaltyDirection,
            Groups = 1,
            Width = network.Inputs,
            Penalized = 1 << group,
            Sums = D.From(places.Sums, 0, group),
            Tangents = D.From(places.Tangents, 0, group),
        }));
        foreach (Layer layer in network.Layers.SkipLast(1))
        {
            Phase(ranges.Select(range =>
            {
                Matrix source = D.From(places.Tangents, layer.InputOffset, range.First), target = D.From(places.Pretangents, layer.OutputOffset, range.First);
                return Product(D, layer, range.Count, source, target) with { HasBiases = 0 };
            }));
            Phase(ranges.Select(range => BendFrom(places.Pretangents, layer.OutputOffset, layer.Outputs, places.Tangents, range)));
        }

        if (network.Hidden.IsPiecewiseLinear)
        {
            Phase(from layer in network.Layers.Skip(1) from range in ranges select Again(OperationKind.StraightAgain, layer, range));
            return;
        }

        foreach (Layer layer in network.Layers.Skip(1).Reverse())
        {
            Phase(ranges.Select(range => Back(
                D, layer, range.Count, D.From(D.Deltas, layer.OutputOffset, range.First), D.From(D.Deltas, layer.InputOffset, range.First))));
            Phase(ranges.Select(range => Again(OperationKind.BendAgain, layer, range)));
        }
    }

    private Operation BendFrom(int source, int unit, int width, int target, (int First, int Count) range) => Bend(
        OperationKind.BendDiscriminator,
        settings.Discriminator.Hidden,
        range.Count,
        width,
        D.From(source, unit, range.First),
        D.From(D.Units, unit, range.First),
        D.From(target, unit, range.First));

    private Operation Again(OperationKind kind, Layer layer, (int First, int Count) range) => new()
    {
        Kind = kind,
        Groups = range.Count,
        Width = layer.Inputs,
        Source = D.From(places.Pretangents, layer.InputOffset, range.First),
        Sums = D.From(places.Sums, layer.InputOffset, range.First),
        Slopes = D.From(places.Slopes, layer.InputOffset, range.First),
        Values = D.From(D.Units, layer.InputOffset, range.First),
        Logits = D.Outputs(D.Deltas, range.First),
        Target = D.From(D.Deltas, layer.InputOffset, range.First),
        Coefficient = settings.Discriminator.Hidden.Coefficient,
    };

    private Operation RealRows(int group) => new()
    {
        Kind = OperationKind.RealRows,
        Groups = 1,
        Width = settings.Discriminator.Inputs,
        Target = D.From(D.Units, 0, group),
        Added = NoiseOf(Real),
        IsNoisy = settings.InstanceNoise != 0 ? 1 : 0,
    };

    private Operation FakeRows(int group) => new()
    {
        Kind = OperationKind.FakeRows,
        Groups = 1,
        Width = settings.Discriminator.Inputs,
        Source = G.Outputs(G.Units, 0),
        Target = D.From(D.Units, 0, group),
        Added = NoiseOf(Fake),
        IsNoisy = settings.InstanceNoise != 0 ? 1 : 0,
    };

    private Matrix NoiseOf(int group) => new(places.InputNoise, settings.Discriminator.Inputs, group);

    /// <summary>Carries rows through all layers; behind the discriminator's last stands nothing.</summary>
    private void Forward(NetworkPlaces its, int group, int groups, OperationKind activate)
    {
        foreach ((int number, Layer layer) in its.Network.Layers.Index())
        {
            Matrix target = its.From(its.Units, layer.OutputOffset, group);
            Phase([Product(its, layer, groups, its.From(its.Units, layer.InputOffset, group), target)]);
            bool isLast = number == its.Network.Layers.Count - 1;
            IActivation behind = !isLast ? its.Network.Hidden : its == G ? its.Network.Output : default(IdentityActivation);
            if (behind is not IdentityActivation)
            {
                Phase([
                    new()
                    {
                        Kind = isLast ? OperationKind.ActivateOutput : activate,
                        Groups = groups,
                        Width = layer.Outputs,
                        Target = target,
                        Coefficient = behind.Coefficient,
                    },
                ]);
            }
        }
    }

    /// <summary>Carries the deltas of the outputs back to the first hidden layer.</summary>
    private void Back(NetworkPlaces its, int group, int groups, OperationKind bend)
    {
        foreach (Layer layer in its.Network.Layers.Skip(1).Reverse())
        {
            Matrix target = its.From(its.Deltas, layer.InputOffset, group);
            Phase([Back(its, layer, groups, its.From(its.Deltas, layer.OutputOffset, group), target)]);
            if (its.Network.Hidden is not IdentityActivation)
            {
                Phase([Bend(bend, its.Network.Hidden, groups, layer.Inputs, target, its.From(its.Units, layer.InputOffset, group), target)]);
            }
        }
    }

    private static Operation Product(NetworkPlaces its, Layer layer, int groups, Matrix source, Matrix target) => new()
    {
        Kind = OperationKind.Product,
        Groups = groups,
        Depth = layer.Inputs,
        Width = layer.Outputs,
        Weights = its.Transposed + layer.WeightOffset,
        Biases = its.Parameters + layer.BiasOffset,
        HasBiases = layer.HasBias ? 1 : 0,
        Source = source,
        Target = target,
    };

    private static Operation Back(NetworkPlaces its, Layer layer, int groups, Matrix source, Matrix target) => new()
    {
        Kind = OperationKind.Product,
        Groups = groups,
        Depth = layer.Outputs,
        Width = layer.Inputs,
        Weights = its.Parameters + layer.WeightOffset,
        Source = source,
        Target = target,
    };

    private static Operation Bend(OperationKind kind, IActivation activation, int groups, int width, Matrix source, Matrix values, Matrix target) => new()
    {
        Kind = kind,
        Groups = groups,
        Width = width,
        Source = source,
        Values = values,
        Target = target,
        Coefficient = activation.Coefficient,
    };

    private void Gradients(NetworkPlaces its, int groups, bool isInTurn, int penalized) => Phase(its.Network.Layers.SelectMany(layer =>
    {
        Operation weights = new()
        {
            Kind = penalized == 0 ? OperationKind.WeightGradient : OperationKind.PenalizedGradient,
            Groups = groups,
            Width = layer.Inputs,
            Depth = layer.Outputs,
            Source = its.From(its.Deltas, layer.OutputOffset, 0),
            Values = its.From(its.Units, layer.InputOffset, 0),
            Slopes = its.From(places.Slopes, layer.OutputOffset, 0),
            Tangents = its.From(places.Tangents, layer.InputOffset, 0),
            Logits = its.Outputs(its.Deltas, 0),
            Gradients = its.Gradients + layer.WeightOffset,
            Penalized = penalized,
            IsInTurn = isInTurn ? 1 : 0,
            IsStraight = its.Network.Hidden.IsPiecewiseLinear ? 1 : 0,
        };
        return layer.HasBias ? (Operation[])[weights, weights with { Kind = OperationKind.BiasGradient }] : [weights];
    }));

    private void Move(NetworkPlaces its, OperationKind kind, int number, bool isClipped, bool isAveraged) => Phase(its.Network.Layers.Select(layer => new Operation
    {
        Kind = kind,
        Width = layer.Inputs,
        Depth = layer.Outputs,
        HasBiases = layer.HasBias ? 1 : 0,
        Update = number,
        Weights = its.Parameters + layer.WeightOffset,
        Transposed = its.Transposed + layer.WeightOffset,
        Gradients = its.Gradients + layer.WeightOffset,
        State = its.State + layer.WeightOffset,
        Words = its.Words,
        WordStride = its.Network.ParameterCount,
        Averages = its.Averages + layer.WeightOffset,
        IsClipped = isClipped ? 1 : 0,
        IsAveraged = isAveraged ? 1 : 0,
    }));

    /// <summary>Adds operations that need not wait for each other.</summary>
    private void Phase(IEnumerable<Operation> together)
    {
        Operation[] phase = [.. together];
        int end = operations.Count + phase.Length;
        operations.AddRange(phase.Select(operation => operation with { PhaseEnd = end }));
    }
}
