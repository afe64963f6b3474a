using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Compiled;

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
        StateLayout layout = new(settings.Generator, settings.Discriminator);
        (Symbol, Symbol) seed = (recording.LoadState(SymbolKind.Word, StateLayout.SeedLow), recording.LoadState(SymbolKind.Word, StateLayout.SeedHigh));
        Symbol deviation = recording.LoadState(SymbolKind.Number, StateLayout.InitStd), zero = o.Constant(0);
        HashSet<int> biases = [.. Biases(settings.Generator, 0), .. Biases(settings.Discriminator, settings.Generator.ParameterCount)];
        Symbol drawn = recording.Scratch(RecordedNormals.WholeBlocks(layout.ParameterCount));
        RecordedNormals.Draw(
            recording, seed, StreamId.InitialWeights, o.Word(0), recording.Index(0), recording.Index(layout.ParameterCount), drawn);
        for (int i = 0; i < layout.ParameterCount; i++)
        {
            Symbol variate = recording.LoadScratch(recording.Index(i));
            recording.StoreState(StateLayout.Parameter + i, biases.Contains(i) ? zero : o.Multiply(deviation, variate));
            recording.StoreState(layout.FirstMoment + i, zero);
            recording.StoreState(layout.SecondMoment + i, zero);
        }

        foreach (int power in (ReadOnlySpan<int>)[StateLayout.Beta1Power, StateLayout.Beta2Power])
        {
            recording.StoreState(power, o.Constant(1));
            recording.StoreState(power + 1, zero);
        }

        foreach (int loss in (ReadOnlySpan<int>)[StateLayout.SumD, StateLayout.SumG, StateLayout.LastD, StateLayout.LastG])
        {
            recording.StoreState(loss, zero);
        }

        recording.StoreState(StateLayout.FiniteSteps, o.Word(0));
        return recording;
    }

    private static IEnumerable<int> Biases(NetworkShape shape, int offset) =>
        shape.Layers.SelectMany(layer => Enumerable.Range(offset + layer.BiasOffset, layer.Outputs));
}
