namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>What was read from a data file.</summary>
/// <param name="Table">The rows of numbers.</param>
/// <param name="Remarks">What the reader decided or saw and its user should know, a line each.</param>
internal sealed record DataFile(Table Table, IReadOnlyList<string> Remarks);
