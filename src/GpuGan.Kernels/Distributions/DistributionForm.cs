namespace GpuGan.Kernels.Distributions;

/// <summary>How a distribution is written.</summary>
internal sealed class DistributionForm
{
    internal DistributionForm(string word, IReadOnlyList<string> numbers, Func<GivenNumbers, IDistribution> make, int required = 0) =>
        (Word, Numbers, Make, Required) = (word, numbers, make, required);

    /// <summary>What it is called.</summary>
    public string Word { get; }

    /// <summary>What stands behind it, each behind a colon; lists have commas.</summary>
    public IReadOnlyList<string> Numbers { get; }

    /// <summary>How many of the numbers cannot be left out.</summary>
    public int Required { get; }

    /// <summary>Makes it of what was given.</summary>
    internal Func<GivenNumbers, IDistribution> Make { get; }

    /// <summary>Such as <c>ring[:MODES[:RADIUS[:STD]]]</c>.</summary>
    public override string ToString() =>
        Word + string.Concat(Numbers.Select((number, i) => i < Required ? $":{number}" : $"[:{number}")) + new string(']', Numbers.Count - Required);
}
