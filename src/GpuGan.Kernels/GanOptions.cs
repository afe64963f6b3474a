using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels;

/// <summary>Where trainings run, and what is asked of them; nothing of it changes a bit of what is trained, but what they begin with.</summary>
public sealed record GanOptions
{
    /// <summary>
    /// The accelerators: <c>auto</c>, <c>cpu</c>, <c>cuda</c>, <c>cuda:N</c>, <c>opencl</c> or <c>opencl:N</c>, as <see cref="Gan.Devices"/> lists
    /// them. Several share the members of a population; one GAN is trained by the first.
    /// </summary>
    public IReadOnlyList<string> Devices { get; init; } = ["auto"];

    /// <summary>Most threads of each CPU accelerator; 0 for one for each core.</summary>
    public int Threads { get; init; }

    /// <summary>What trains; a population by <see cref="Engine.Stepwise"/> there is not.</summary>
    public Engine Engine { get; init; }

    /// <summary>By which limits generators are judged.</summary>
    public VerdictLimits Limits { get; init; } = VerdictLimits.Default;

    /// <summary>Which points of each training are kept; null for none.</summary>
    public History? History { get; init; }

    /// <summary>The parameters that trainings begin with; null to draw them from the seed.</summary>
    public GanParameters? Start { get; init; }

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="InvalidSettingException">There is no device, a number is negative, or an engine or a limit is none.</exception>
    internal void Validate()
    {
        Require(nameof(Devices), Devices is { Count: > 0 } && Devices.All(word => word is not null), $"names no accelerator; write {Device.Words}");
        Require(nameof(Devices), Devices.All(Device.IsWord), $"{string.Join(", ", Devices)} names what is no accelerator; write {Device.Words}");
        Require(nameof(Threads), Threads >= 0, $"{Threads} is too small; it must be at least 0");
        Require(nameof(Engine), Enum.IsDefined(Engine), $"{Engine} is none that there is");
        Require(nameof(Limits), Limits is not null, "is missing");
    }

    private static void Require(string setting, bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidSettingException(setting, otherwise);
        }
    }
}
