using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Sweeps.Execution;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Lab;

/// <summary>A sweep over two settings or one, cell by cell: the members and the shares of <c>gpugan sweep</c>.</summary>
internal sealed class LabMap
{
    /// <summary>The most members of a cell.</summary>
    public const int MostSeeds = 64;

    private const int MostCells = 1024, FirstSeeds = 16;

    // What one would wait for: a map of a minute on two cores.
    private static readonly UInt128 MostCost = 400_000_000_000;

    private readonly SweepPlan plan;
    private readonly SweepDevice device;
    private readonly List<MemberResult>[] members;

    private LabMap(SweepPlan plan, SweepDevice device, string command)
    {
        (this.plan, this.device, Command) = (plan, device, command);
        members = [.. Enumerable.Range(0, plan.Points).Select(_ => new List<MemberResult>(plan.Specification.Seeds))];
        Axes = new JsonArray([.. plan.Specification.Axes.Select(axis => new JsonObject
        {
            ["name"] = axis.Name,
            ["values"] = new JsonArray([.. axis.Values.Select(value => JsonValue.Create(value))]),
        })]);
    }

    /// <summary>Plans a map.</summary>
    /// <param name="device">Where to train; not disposed.</param>
    /// <param name="experiment">What all cells have in common.</param>
    /// <param name="axes">What is swept: two settings or one, and lists of their values.</param>
    /// <param name="seeds">Members of each cell.</param>
    /// <exception cref="CommandException">It is refused.</exception>
    public static LabMap Of(Device device, LabExperiment experiment, IReadOnlyList<(string Name, string List)> axes, int seeds)
    {
        LabRequest.RequireAtMost("seeds", seeds, MostSeeds);
        SweepRequest request = experiment.Request.Swept(axes, seeds);
        LabRequest.RequireAtMost("cells", axes.Aggregate(1L, (product, axis) => product * SweepValues.Count(request.Texts[axis.Name])), MostCells);
        SweepData data = experiment.Request.Points is null ? SweepData.Of(request) : SweepData.Of(experiment.Data);
        SweepPlan plan = new(SweepSpecification.Of(request, data.Columns, data.Sha256, data.File?.Rows.Rows));
        UInt128 cost = 0;
        for (int point = 0; point < plan.Points; point++)
        {
            cost += plan.SettingsOf(point).Cost * (ulong)seeds;
        }

        if (plan.Specification.Axes.Count != axes.Count || axes.Count == 0)
        {
            throw new CommandException(ExitCode.Usage, "a map needs a setting or two, with two values at least");
        }

        if (cost > MostCost)
        {
            throw new CommandException(ExitCode.Usage, "so many cells, seeds and steps are more than a page is for; 'gpugan sweep' has no limit");
        }

        return new LabMap(
            plan,
            new SweepDevice(device, data, mostMembers: int.MaxValue),
            string.Join(' ', [.. experiment.Request.CommandWords("sweep", [.. axes]), "--seeds", $"{seeds}"]));
    }

    /// <summary>What is swept, in the order of the cells' indices.</summary>
    public JsonArray Axes { get; }

    /// <summary>The command that trains the same members.</summary>
    public string Command { get; }

    /// <summary>Number of parts.</summary>
    public int Parts => Pieces().Count();

    /// <summary>
    /// The work, in parts of a cell's first members, all over the map at first, then of all the others: what there is soon looks like the whole.
    /// </summary>
    public IEnumerable<(int Point, int First, int Count)> Pieces()
    {
        int seeds = plan.Specification.Seeds;
        (int First, int Count)[] passes = seeds <= FirstSeeds ? [(0, seeds)] : [(0, FirstSeeds), (FirstSeeds, seeds - FirstSeeds)];
        return from pass in passes
               from kernel in plan.Groups
               from point in Scattered([.. PointsOf(kernel)])
               select (point, pass.First, pass.Count);
    }

    /// <summary>Trains a part.</summary>
    /// <returns>The cell, of all that was trained of it.</returns>
    public JsonObject Train((int Point, int First, int Count) piece, CancellationToken cancellation)
    {
        int start = plan.WorkAt(piece.Point, piece.First);
        KernelGroup group = plan.GroupOfPoint()(piece.Point);
        WorkSet work = new([new WorkRange(start, start + piece.Count)]);
        members[piece.Point].AddRange(device.TrainMembers(plan, group, work, _ => { }, cancellation).Select(MemberResult.Of));
        SweepCell cell = new(plan.SettingsOf(piece.Point));
        foreach (MemberResult member in members[piece.Point])
        {
            cell.Add(member);
        }

        cell.Close();
        return new JsonObject
        {
            ["point"] = piece.Point,
            ["members"] = cell.Members,
            ["converged"] = cell.Converged.Count,
            ["looks"] = cell.LooksConverged.Count,
            ["diverged"] = cell.Diverged,
            ["runaway"] = cell.Runaway,
            ["kl_divergence"] = Rounded.Number(cell.MedianDivergence),
        };
    }

    private IEnumerable<int> PointsOf(KernelGroup kernel)
    {
        int seeds = plan.Specification.Seeds;
        for (int work = kernel.Work.Start; work < kernel.Work.End; work += seeds)
        {
            yield return plan.MemberAt(work) / seeds;
        }
    }

    // By the golden ratio: however few have come, they lie all over.
    private static IEnumerable<int> Scattered(int[] points) => points.OrderBy(point => point * 0.6180339887498949 % 1);
}
