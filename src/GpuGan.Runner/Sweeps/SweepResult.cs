using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Files;

namespace GpuGan.Runner.Sweeps;

/// <summary>A finished sweep, read back from its folder.</summary>
/// <param name="Axes">The settings that were swept, in the order of the help.</param>
/// <param name="Rows">One for each member, in their order.</param>
/// <param name="BaseSettings">What was not swept; what was has its first value.</param>
internal sealed record SweepResult(IReadOnlyList<SweepAxis> Axes, IReadOnlyList<SweepRow> Rows, TrainingSettings BaseSettings)
{
    /// <summary>Of the verdict.</summary>
    public VerdictLimits Limits { get; init; } = VerdictLimits.Default;

    /// <summary>Whether the lists were zipped: the value of one axis tells those of the others.</summary>
    public bool IsZipped { get; init; }

    /// <summary>Whether the accuracy of the discriminators was asked for, and a member has one.</summary>
    public bool HasAccuracy => Rows.Any(row => row.DiscriminatorAccuracy is not null);

    /// <summary>Reads a folder.</summary>
    /// <exception cref="FileContentException">It is no finished sweep's.</exception>
    public static SweepResult Read(string folder)
    {
        SweepSpecification specification = SweepFolder.Open(folder).Specification;
        string members = Path.Join(folder, SweepFolder.MembersName);
        if (!File.Exists(members))
        {
            throw new FileContentException(folder, $"has no {SweepFolder.MembersName} yet; run its command again, or gpugan merge when all of its shards are done");
        }

        return new SweepResult(
            specification.Axes,
            MembersParquetReader.Read(members),
            specification.First.Training with { Seed = specification.Seed })
        {
            Limits = specification.Limits,
            IsZipped = specification.Kind == SweepKind.Zip,
        };
    }

    /// <summary>The settings that train a member again alone; how many rows its data have is <c>row.Settings["rows"]</c>.</summary>
    public TrainingSettings SettingsOf(SweepRow row)
    {
        MemberSettings settings = SweepSetting.All.Aggregate(
            new MemberSettings(BaseSettings, 1), (all, setting) => setting.Set(all, row.Settings[setting.Name]));
        return settings.Training with { Seed = row.Seed };
    }
}
