using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Trajectories;

/// <summary>
/// The names of the parameters that a history keeps: those of the tensors of <c>weights.safetensors</c> with the number of the value in the
/// tensor, row by row, such as <c>generator.0.weight.3</c>.
/// </summary>
internal sealed class HistoryColumns
{
    private readonly Dictionary<string, int> places;

    private HistoryColumns(IReadOnlyList<string> names) => (Names, places) = (names, names.Index().ToDictionary(pair => pair.Item, pair => pair.Index));

    /// <summary>In the order of the parameters.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The columns of trainings.</summary>
    /// <param name="history">What is kept.</param>
    /// <param name="settings">Their networks.</param>
    public static HistoryColumns Of(History history, TrainingSettings settings)
    {
        int parameters = settings.Generator.ParameterCount + settings.Discriminator.ParameterCount;
        return new([.. history.ParametersOf(settings) == 0
            ? []
            : from tensor in new GanParameters(settings.Generator, settings.Discriminator, new float[parameters]).Tensors(LayerNumbering.Sequential)
              where history.Parameters == HistoryParameters.Both || tensor.Name.StartsWith("generator.", StringComparison.Ordinal)
              from i in Enumerable.Range(0, tensor.Values.Length)
              select $"{tensor.Name}.{i}"]);
    }

    /// <summary>The columns that a table has.</summary>
    public static HistoryColumns Of(IReadOnlyList<string> names) => new(names);

    /// <summary>The place of a name; null where these networks have no such parameter.</summary>
    public int? PlaceOf(string name) => places.TryGetValue(name, out int place) ? place : null;
}
