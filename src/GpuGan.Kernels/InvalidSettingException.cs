using GpuGan.Kernels.Training;

namespace GpuGan.Kernels;

/// <summary>A setting is out of range or does not fit the others.</summary>
/// <param name="setting">Name of the property, of <see cref="TrainingSettings"/> or of the options of a call.</param>
/// <param name="problem">The value, what is wrong with it and what would be right.</param>
/// <param name="member">Whose it is, counted from 0; null where it is that of all.</param>
public sealed class InvalidSettingException(string setting, string problem, int? member = null)
    : ArgumentException(member is null ? $"{setting} {problem}" : $"member {member}: {setting} {problem}")
{
    /// <summary>Name of the property, of <see cref="TrainingSettings"/> or of the options of a call.</summary>
    public string Setting { get; } = setting;

    /// <summary>The value, what is wrong with it and what would be right.</summary>
    public string Problem { get; } = problem;

    /// <summary>Number of the member whose setting it is, from 0; null where it is that of all.</summary>
    public int? Member { get; } = member;
}
