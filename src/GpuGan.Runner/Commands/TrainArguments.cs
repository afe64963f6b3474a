using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Commands;

/// <summary>What <c>gpugan train</c> was asked for.</summary>
internal sealed record TrainArguments
{
    /// <summary>The file of the data as it was given; null for the chapter's Gaussian.</summary>
    public string? Data { get; init; }

    public int Rows { get; init; }

    /// <summary>Null where the columns of the data decide.</summary>
    public NetworkShape? Generator { get; init; }

    /// <summary>Null where the columns of the data decide.</summary>
    public NetworkShape? Discriminator { get; init; }

    /// <summary>All settings but the shapes.</summary>
    public required TrainingSettings Settings { get; init; }

    public required DeviceArguments Device { get; init; }

    public string? Out { get; init; }

    public bool Force { get; init; }

    public bool Plots { get; init; }

    public bool Quiet { get; init; }

    public bool Json { get; init; }

    public bool RequireConverged { get; init; }

    /// <summary>The settings for data of so many columns.</summary>
    public TrainingSettings SettingsFor(int columns) => Settings with
    {
        Generator = Generator ?? new NetworkShape(columns, columns),
        Discriminator = Discriminator ?? new NetworkShape(columns, 5, 3, 1),
    };

    /// <summary>Refuses what no data could make right.</summary>
    /// <param name="columns">Columns of the data; null where only the file knows.</param>
    /// <exception cref="CommandException">Something is out of range, or the networks do not fit each other.</exception>
    public void Check(int? columns)
    {
        if (Generator is not null && Discriminator is not null && Generator.Outputs != Discriminator.Inputs)
        {
            throw new CommandException(
                ExitCode.Usage,
                $"--generator {Generator} makes {Generator.Outputs} columns and --discriminator {Discriminator} takes {Discriminator.Inputs}; they must be equal");
        }

        Validate(columns ?? Generator?.Outputs ?? Discriminator?.Inputs ?? 2, ExitCode.Usage);
    }

    /// <summary>Refuses networks that do not fit the data.</summary>
    /// <exception cref="CommandException">They do not fit, or something is out of range.</exception>
    public TrainingSettings Validate(int columns, ExitCode exitCode)
    {
        TrainingSettings settings = SettingsFor(columns);
        try
        {
            settings.Validate(columns);
            return settings;
        }
        catch (InvalidSettingException exception)
        {
            throw new CommandException(exitCode, $"--{Words.Kebab(exception.Setting)} {exception.Problem}");
        }
    }
}
