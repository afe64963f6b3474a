using System.Globalization;

namespace GpuGan.Kernels.Tests.Reference;

/// <summary>One row of the table <c>philox4x32-10.txt</c>, which every test of Philox reads.</summary>
/// <param name="Counter">Four words.</param>
/// <param name="Key">Two words.</param>
/// <param name="Result">Four words.</param>
internal sealed record KnownAnswer(uint[] Counter, uint[] Key, uint[] Result)
{
    /// <summary>Reads the table that lies beside the test assembly.</summary>
    public static IReadOnlyList<KnownAnswer> ReadAll() =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Reference", "philox4x32-10.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => uint.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray())
            .Select(words => new KnownAnswer(words[..4], words[4..6], words[6..10])),
    ];
}
