using GpuGan.Kernels.Distributions;

namespace GpuGan.Runner.Data;

/// <summary>What a CSV file holds.</summary>
/// <param name="Rows">Its numbers.</param>
/// <param name="Names">The names of its columns; null where it has none.</param>
internal sealed record CsvData(DataSet Rows, IReadOnlyList<string>? Names);
