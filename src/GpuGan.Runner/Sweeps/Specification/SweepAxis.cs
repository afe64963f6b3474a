using System.Globalization;

namespace GpuGan.Runner.Sweeps.Specification;

/// <summary>One setting of a sweep, and what it is set to.</summary>
/// <param name="Name">The option's name in snake case, such as <c>lr_d</c>.</param>
/// <param name="Values">
/// In the order of the sweep; each exactly as the rows of members have it, so <c>.01</c> is <c>0.01</c>. A distribution,
/// such as <c>loguniform:0.0001:1</c>, is the only one, and each row has what was drawn.
/// </param>
internal sealed record SweepAxis(string Name, IReadOnlyList<string> Values)
{
    /// <summary>The setting.</summary>
    public SweepSetting Setting => SweepSetting.Find(Name)!;

    /// <summary>The values that are numbers; of a distribution its ends.</summary>
    public IEnumerable<double> Numbers() => Distribution.Is(Values[0])
        ? [Distribution.Parse(Values[0]).From, Distribution.Parse(Values[0]).To]
        : Values.Where(value => double.TryParse(value, CultureInfo.InvariantCulture, out _)).Select(value => double.Parse(value, CultureInfo.InvariantCulture));
}
