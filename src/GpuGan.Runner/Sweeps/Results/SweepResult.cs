using System.Globalization;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>A sweep, read back from its folder: all of it, or what is done so far.</summary>
/// <param name="Axes">The settings that were swept, in the order of the help.</param>
/// <param name="Rows">One for each member that is done, in their order.</param>
/// <param name="BaseSettings">What was not swept; what was has its first value.</param>
internal sealed record SweepResult(IReadOnlyList<SweepAxis> Axes, IReadOnlyList<SweepRow> Rows, TrainingSettings BaseSettings)
{
    /// <summary>Of the verdict.</summary>
    public VerdictLimits Limits { get; init; } = VerdictLimits.Default;

    /// <summary>Whether the lists were zipped: the value of one axis tells those of the others.</summary>
    public bool IsZipped { get; init; }

    /// <summary>Whether the accuracy of the discriminators was asked for, and a member has one.</summary>
    public bool HasAccuracy => Rows.Any(row => row.DiscriminatorAccuracy is not null);

    /// <summary>Whether the members learn mixtures, whose modes are counted.</summary>
    public bool HasModes => Rows.Any(row => row.Mixture is not null);

    /// <summary>The losses by which members look converged, in words.</summary>
    public string Equilibrium => EquilibriumWord.Of(BaseSettings, Axes.Select(axis => axis.Name));

    /// <summary>How much of the sweep is done, in words; null where all is.</summary>
    public string? Unfinished { get; init; }

    /// <summary>Reads a folder: the table, or where there is none yet the files of what is done.</summary>
    /// <exception cref="FileContentException">It is no sweep's, or nothing is done.</exception>
    public static SweepResult Read(string path)
    {
        SweepFolder folder = SweepFolder.Open(path);
        SweepSpecification specification = folder.Specification;
        string table = Path.Join(path, SweepFolder.MembersName);
        (IReadOnlyList<SweepRow> rows, string? unfinished) = File.Exists(table) ? (MembersParquetReader.Read(table), null) : ReadDone(folder);
        return new SweepResult(specification.Axes, rows, specification.First.Training with { Seed = specification.Seed })
        {
            Limits = specification.Limits,
            IsZipped = specification.Kind == SweepKind.Zip,
            Unfinished = unfinished,
        };
    }

    /// <summary>The settings that train a member again alone; how many rows its data have is <c>row.Settings["rows"]</c>.</summary>
    public TrainingSettings SettingsOf(SweepRow row) => MemberOf(row).Training;

    /// <summary>All that decides the training of a member.</summary>
    public MemberSettings MemberOf(SweepRow row)
    {
        MemberSettings settings = SweepSetting.All.Aggregate(
            new MemberSettings(BaseSettings, 1), (all, setting) => setting.Set(all, row.Settings[setting.Name]));
        return settings with { Training = settings.Training with { Seed = row.Seed } };
    }

    private static (IReadOnlyList<SweepRow> Rows, string? Unfinished) ReadDone(SweepFolder folder)
    {
        SweepPlan plan = new(folder.Specification);
        MemberSettings? last = null;
        Dictionary<string, string> texts = [];
        List<SweepRow> rows = [];
        foreach (MemberRow row in MemberRows.Read(plan, folder.ReadChunks(_ => { })))
        {
            // The members of a point share what they have in common.
            if (!ReferenceEquals(row.Settings, last))
            {
                last = row.Settings;
                texts = SweepSetting.All.ToDictionary(setting => setting.Name, setting => setting.TextOf(row.Settings));
            }

            rows.Add(SweepRow.Of(row, texts));
        }

        return rows.Count == 0 ? throw new FileContentException(folder.Path, "has no member that is done yet; run its command")
            : (rows, rows.Count == plan.Members ? null : string.Create(CultureInfo.InvariantCulture, $"{rows.Count:n0} of {plan.Members:n0} members are done"));
    }
}
