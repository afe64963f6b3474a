using GpuGan.Runner.Replay;

namespace GpuGan.Runner.Verification;

/// <summary>The recorded PyTorch trainings of <c>tests/Reference</c>, which the program carries.</summary>
internal static class ReferenceTraces
{
    private const string Prefix = "Reference/";

    /// <summary>Their names, such as <c>chapter</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ReferenceTraces).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads one.</summary>
    public static Trace Open(string name)
    {
        using Stream stream = typeof(ReferenceTraces).Assembly.GetManifestResourceStream(Prefix + name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Trace.Parse(name, bytes);
    }
}
