using System.Text.Json.Nodes;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>
/// Where the members of a sweep stand in one that has them all and more, of further values or seeds. A member is known by its settings and
/// its seed, not by its place.
/// </summary>
internal sealed class SweepExtension
{
    private const int Missing = -1;

    private readonly SweepPlan older, newer;
    private readonly int[] points;

    private SweepExtension(SweepPlan older, SweepPlan newer, int[] points) => (this.older, this.newer, this.points) = (older, newer, points);

    /// <summary>Members of the older sweep.</summary>
    public int Members => older.Members;

    /// <summary>Finds the members of one sweep in another; null where some are missing.</summary>
    /// <param name="older">The one.</param>
    /// <param name="newer">The other.</param>
    public static SweepExtension? Of(SweepSpecification older, SweepPlan newer)
    {
        SweepSpecification whole = newer.Specification;
        if (!JsonNode.DeepEquals(Common(older), Common(whole))
            || (older.SharedData && older.Data is null && older.Seed != whole.Seed)
            || older.Seed < whole.Seed
            || older.Seed - whole.Seed + (ulong)older.Seeds > (ulong)whole.Seeds)
        {
            return null;
        }

        SweepPlan plan = new(older);
        if (plan.Members > newer.Members)
        {
            return null;
        }

        // As many as were done are kept in mind, not as many as there will be.
        Dictionary<MemberSettings, int> found = [];
        for (int point = 0; point < plan.Points; point++)
        {
            found[Settings(plan, point)] = Missing;
        }

        int missing = found.Count;
        for (int point = 0; point < newer.Points && missing > 0; point++)
        {
            MemberSettings settings = Settings(newer, point);
            if (found.TryGetValue(settings, out int place) && place == Missing)
            {
                found[settings] = point;
                missing--;
            }
        }

        return missing > 0 ? null : new SweepExtension(plan, newer, [.. Enumerable.Range(0, plan.Points).Select(point => found[Settings(plan, point)])]);

        // The seed that a point has is the first of its sweep.
        static MemberSettings Settings(SweepPlan plan, int point)
        {
            MemberSettings settings = plan.SettingsOf(point);
            return settings with { Training = settings.Training with { Seed = 0 } };
        }
    }

    /// <summary>Where the results of a chunk stand in the newer sweep, and which of them, in the order of work there.</summary>
    /// <param name="work">Places in the older sweep.</param>
    public (WorkSet Work, IReadOnlyList<int> Indices) Translate(WorkSet work)
    {
        ulong skipped = older.Specification.Seed - newer.Specification.Seed;
        (int Place, int Index)[] places = [.. work.Places
            .Select((place, index) =>
            {
                int member = older.MemberAt(place), seeds = older.Specification.Seeds;
                return (newer.WorkAt(points[member / seeds], (int)skipped + (member % seeds)), index);
            })
            .DistinctBy(pair => pair.Item1)
            .OrderBy(pair => pair.Item1)];
        return (WorkSet.Of(places.Select(pair => pair.Place)), [.. places.Select(pair => pair.Index)]);
    }

    private static JsonObject Common(SweepSpecification specification)
    {
        JsonObject json = specification.Identity();
        foreach (string name in SweepSpecification.Own)
        {
            json.Remove(name);
        }

        return json;
    }
}
