using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Sweeps.Specification;

/// <summary>Members that are trained by the same launches, one after the other in the order of work.</summary>
/// <param name="Index">Which group, from 0.</param>
/// <param name="Settings">What they have in common; the rest is the first member's.</param>
/// <param name="Work">Their places in the order of work.</param>
internal sealed record KernelGroup(int Index, MemberSettings Settings, WorkRange Work)
{
    /// <summary>Whether the compiled engine takes their networks.</summary>
    public bool IsCompiled { get; } = CompiledKernels.Fits(Settings.Training);

    /// <summary>Which points of their trainings are kept; null for none.</summary>
    public History? History { get; init; }

    /// <summary>What decides the code of their kernels; other groups may have the same.</summary>
    public (TrainingSettings Settings, IDistribution Distribution) Code { get; } = Settings.Code;
}

/// <summary>
/// The members of a sweep. They have two orders: that of the rows, points of the cross product with the seeds innermost; and that of
/// the work, in which members that the same launches train stand together, and groups of the same code. Both follow from the specification alone, so any part of
/// the work can be done anywhere.
/// </summary>
internal sealed class SweepPlan
{
    // The points in the order of work; null where it is the same order.
    private readonly int[]? points;
    private int[]? placesOfPoints;
    private readonly (SweepSetting Setting, Func<long, string> ValueOf)[] swept;
    private readonly MemberSettings first;

    /// <summary>Enumerates the points, once where several groups of kernels are needed.</summary>
    public SweepPlan(SweepSpecification specification)
    {
        Specification = specification;
        IReadOnlyList<SweepAxis> axes = specification.Axes;
        Points = specification.Kind switch
        {
            SweepKind.Random => specification.Draws,
            SweepKind.Zip => axes.Count == 0 ? 1 : axes[0].Values.Count,
            _ => axes.Aggregate(1, (product, axis) => product * axis.Values.Count),
        };
        first = specification.First;
        swept = [.. axes.Select((axis, i) => (axis.Setting, ValueOf(axis, i)))];
        (points, Groups) = Group();
    }

    public SweepSpecification Specification { get; }

    /// <summary>Number of combinations of settings.</summary>
    public int Points { get; }

    /// <summary>Number of members.</summary>
    public int Members => Points * Specification.Seeds;

    /// <summary>The groups, in the order of work.</summary>
    public IReadOnlyList<KernelGroup> Groups { get; }

    /// <summary>Steps of all members of a part.</summary>
    public double StepsOf(WorkRange work) => Groups.Sum(group => (double)group.Work.Intersect(work).Count * group.Settings.Steps);

    /// <summary>The settings of a point; the seed is the sweep's first.</summary>
    public MemberSettings SettingsOf(int point)
    {
        MemberSettings settings = first;
        foreach ((SweepSetting setting, Func<long, string> valueOf) in swept)
        {
            settings = setting.Set(settings, valueOf(point));
        }

        settings = settings.ForRows();
        return settings with { Training = settings.Training with { Seed = Specification.Seed } };
    }

    /// <summary>The row of a place in the order of work.</summary>
    public int MemberAt(int work) => points is null ? work : (points[work / Specification.Seeds] * Specification.Seeds) + (work % Specification.Seeds);

    /// <summary>The place in the order of work of a point's member.</summary>
    /// <param name="point">The point.</param>
    /// <param name="seed">Which of its members, from 0.</param>
    public int WorkAt(int point, int seed)
    {
        if (points is not null && placesOfPoints is null)
        {
            placesOfPoints = new int[points.Length];
            for (int place = 0; place < points.Length; place++)
            {
                placesOfPoints[points[place]] = place;
            }
        }

        return ((placesOfPoints?[point] ?? point) * Specification.Seeds) + seed;
    }

    /// <summary>The settings of the member at a place in the order of work.</summary>
    public MemberSettings SettingsAt(int work) => SettingsOfMember(MemberAt(work));

    /// <summary>The settings of the member of a row.</summary>
    public MemberSettings SettingsOfMember(int member)
    {
        MemberSettings settings = SettingsOf(member / Specification.Seeds);
        return settings with { Training = settings.Training with { Seed = Specification.Seed + (ulong)(member % Specification.Seeds) } };
    }

    /// <summary>The group of each point, by its number.</summary>
    public Func<int, KernelGroup> GroupOfPoint()
    {
        if (points is null)
        {
            return _ => Groups[0];
        }

        int[] groups = new int[Points];
        foreach (KernelGroup group in Groups)
        {
            for (int i = group.Work.Start / Specification.Seeds; i < group.Work.End / Specification.Seeds; i++)
            {
                groups[points[i]] = group.Index;
            }
        }

        return point => Groups[groups[point]];
    }

    // The step of the stream that a setting's values are drawn from: for the oldest settings their place in the help of then, for others of their name.
    private static uint StepOf(SweepSetting setting)
    {
        string[] oldest =
        [
            "rows", "generator", "discriminator", "hidden_activation", "loss", "init_std", "batch_size", "epochs", "lr_d", "lr_g", "lr_decay", "beta1", "beta2", "epsilon",
        ];
        int place = Array.IndexOf(oldest, setting.Name);
        return place >= 0 ? (uint)place : BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.ASCII.GetBytes(setting.Name)));
    }

    // The last axis changes fastest.
    private Func<long, string> ValueOf(SweepAxis axis, int index)
    {
        IReadOnlyList<string> values = axis.Values;
        switch (Specification.Kind)
        {
            case SweepKind.Zip:
                return point => values[(int)point];
            case SweepKind.Random when Distribution.Is(values[0]):
                Distribution distribution = Distribution.Parse(values[0]);
                SweepSetting setting = axis.Setting;
                uint number = StepOf(setting);
                return point => SweepValues.TextOf(setting.Round(distribution.Draw(Specification.Seed, number, point)));
            case SweepKind.Random:
                Distribution index01 = new(Log: false, 0, values.Count);
                uint place = StepOf(axis.Setting);
                return point => values[(int)index01.Draw(Specification.Seed, place, point) % values.Count];
            default:
                int stride = Specification.Axes.Skip(index + 1).Aggregate(1, (product, other) => product * other.Values.Count);
                return point => values[(int)(point / stride % values.Count)];
        }
    }

    private (int[]? Points, IReadOnlyList<KernelGroup> Groups) Group()
    {
        if (!swept.Any(pair => pair.Setting.DecidesLaunches))
        {
            return (null, [GroupOf(0, SettingsOf(0), new WorkRange(0, Members))]);
        }

        Dictionary<MemberSettings, int> keys = [];
        List<MemberSettings> settings = [];
        List<int> counts = [];
        int[] keyOf = new int[Points];
        for (int point = 0; point < Points; point++)
        {
            MemberSettings own = SettingsOf(point);
            MemberSettings key = KeyOf(own);
            if (!keys.TryGetValue(key, out int index))
            {
                keys[key] = index = counts.Count;
                settings.Add(own);
                counts.Add(0);
            }

            keyOf[point] = index;
            counts[index]++;
        }

        List<KernelGroup> groups = [];
        int[] groupOf = new int[counts.Count];
        int start = 0;
        foreach (int key in Enumerable.Range(0, counts.Count).GroupBy(key => settings[key].Code).SelectMany(keys => keys))
        {
            int end = start + (counts[key] * Specification.Seeds);
            groupOf[key] = groups.Count;
            groups.Add(GroupOf(groups.Count, settings[key], new WorkRange(start, end)));
            start = end;
        }

        return ([.. Enumerable.Range(0, Points).OrderBy(point => groupOf[keyOf[point]])], groups);
    }

    private KernelGroup GroupOf(int index, MemberSettings settings, WorkRange work) => new(index, settings, work) { History = Specification.History?.Of(settings.Training) };

    // What is each member's own is made equal.
    private static MemberSettings KeyOf(MemberSettings settings) => settings with
    {
        Training = SettingTable.Shared(settings.Training),
    };
}
