namespace GpuGan.Kernels.Training;

/// <summary>A setting is out of range or does not fit the others.</summary>
/// <param name="setting">Name of the property of <see cref="TrainingSettings"/>.</param>
/// <param name="problem">The value, what is wrong with it and what would be right.</param>
public sealed class InvalidSettingException(string setting, string problem) : ArgumentException($"{setting} {problem}")
{
    /// <summary>Name of the property of <see cref="TrainingSettings"/>.</summary>
    public string Setting { get; } = setting;

    /// <summary>The value, what is wrong with it and what would be right.</summary>
    public string Problem { get; } = problem;
}
