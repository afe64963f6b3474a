using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>
/// The kernel that begins a training: draws the initial weights as <see cref="InitialWeights"/> does, and clears all else.
/// </summary>
internal static class InitialRecording
{
    /// <summary>Records the kernel; it has no parameters.</summary>
    public static Recording Record(TrainingSettings settings)
    {
        Recording recording = new();
        RecordingOperations o = recording.Operations;
        StateLayout layout = new(settings);
        (Symbol, Symbol) seed = (recording.LoadState(SymbolKind.Word, StateLayout.SeedLow), recording.LoadState(SymbolKind.Word, StateLayout.SeedHigh));
        Symbol deviation = recording.LoadState(SymbolKind.Number, StateLayout.InitStd), zero = o.Constant(0);
        Symbol?[] scales = [.. Scales(settings.Generator), .. Scales(settings.Discriminator)];
        RowsInTurn walk = new(recording, batch: 1, inPieces: false);
        Symbol drawn = recording.Scratch(walk.LengthOfDrawn(layout.ParameterCount, 1));
        IVariates variates = settings.Init.IsUniform ? default(SignedUniformNumbers) : default(NormalNumbers);
        RecordedNumbers.Draw(
            recording, walk, variates, seed, StreamId.InitialWeights, o.Word(0), recording.Index(0), recording.Index(layout.ParameterCount), drawn);
        for (int i = 0; i < layout.ParameterCount; i++)
        {
            Symbol variate = recording.LoadScratch(recording.Index(i));
            Symbol parameter = scales[i] is Symbol scale ? o.Multiply(scale, variate) : zero;
            recording.StoreState(StateLayout.Parameter + i, parameter);
            for (int word = 0; word < layout.StateWords; word++)
            {
                recording.StoreState(layout.OptimizerWord(word) + i, zero);
            }

            if (settings.GEma != 0 && i < settings.Generator.ParameterCount)
            {
                recording.StoreState(layout.Average + i, parameter);
            }
        }

        foreach (int power in ((int[])[StateLayout.Beta1Power, layout.PowersG]).Distinct())
        {
            recording.StoreState(power, o.Constant(1));
            recording.StoreState(power + 1, zero);
            recording.StoreState(power + 2, o.Constant(1));
            recording.StoreState(power + 3, zero);
        }

        foreach (int loss in (ReadOnlySpan<int>)[StateLayout.SumD, StateLayout.SumG, StateLayout.LastD, StateLayout.LastG])
        {
            recording.StoreState(loss, zero);
        }

        recording.StoreState(StateLayout.FiniteSteps, o.Word(0));
        return recording;

        // Null for a bias that begins at zero.
        IEnumerable<Symbol?> Scales(Network network)
        {
            foreach (Layer layer in network.Layers)
            {
                Symbol scale = settings.Init.Scale(layer) is double known ? o.Constant((float)known) : deviation;
                for (int i = 0; i < layer.ParameterCount; i++)
                {
                    yield return layer.WeightOffset + i < layer.BiasOffset || settings.Init.DrawsBiases ? scale : null;
                }
            }
        }
    }
}
