using GpuGan.Kernels.Random;

namespace GpuGan.Runner.Sweeps.Specification;

/// <summary>What <c>--random</c> draws a setting from: <c>uniform:FROM:TO</c>, or <c>loguniform:FROM:TO</c> for the same of its logarithm.</summary>
/// <param name="Log">Whether the logarithm is drawn.</param>
/// <param name="From">The least number.</param>
/// <param name="To">The end.</param>
internal sealed record Distribution(bool Log, double From, double To)
{
    /// <summary>Whether a text is meant for a distribution.</summary>
    public static bool Is(string text) => text.StartsWith("uniform:", StringComparison.Ordinal) || text.StartsWith("loguniform:", StringComparison.Ordinal);

    /// <summary>Reads a distribution.</summary>
    /// <exception cref="FormatException">It is none; the message follows the text.</exception>
    public static Distribution Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts is not [_, string first, string last] || !NumberRange.TryNumber(first, out double from) || !NumberRange.TryNumber(last, out double to))
        {
            throw new FormatException($"is no distribution; write {parts[0]}:FROM:TO, such as {parts[0]}:0.001:1");
        }

        if (from >= to)
        {
            throw new FormatException("is empty: its second number must be above its first");
        }

        bool log = parts[0] == "loguniform";
        NumberRange.RequirePositive(log, from, to);
        return new Distribution(log, from, to);
    }

    /// <summary>What is drawn for a point: a function of the seed, the setting and the point.</summary>
    public double Draw(ulong seed, uint setting, long point) =>
        NumberRange.Between(Log, From, To, Streams.Uniform(seed, StreamId.Sweep, (uint)setting, (uint)point));

    public override string ToString() => FormattableString.Invariant($"{(Log ? "loguniform" : "uniform")}:{From}:{To}");
}
