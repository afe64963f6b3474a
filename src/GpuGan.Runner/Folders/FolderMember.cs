using GpuGan.Kernels.Training;
using GpuGan.Runner.Files;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Folders;

/// <summary>One of the trainings of a population or a sweep, to be trained again alone.</summary>
/// <param name="Settings">Its own.</param>
/// <param name="Data">What it learnt; the rows are its own.</param>
/// <param name="FastMath">Whether a GPU might take its own functions.</param>
internal sealed record FolderMember(TrainingSettings Settings, MemberData Data, bool FastMath)
{
    /// <summary>Reads the settings of a member.</summary>
    /// <param name="folder">The folder of all members.</param>
    /// <param name="index">Which member, from 0, in the order of their table.</param>
    /// <param name="data">The file of the data that the user names; null where it is looked for.</param>
    /// <exception cref="FileContentException">The folder is no population's and no sweep's, or has no such member.</exception>
    public static FolderMember Read(string folder, int index, string? data) =>
        RunKinds.Of(folder) == RunKind.Sweep ? OfSweep(folder, index, data) : OfPopulation(folder, index, data);

    private static FolderMember OfPopulation(string folder, int index, string? data)
    {
        PopulationFolder population = PopulationFolder.Read(folder);
        RequireMember(folder, index, population.Count);
        return new FolderMember(
            population.Settings with { Seed = population.Settings.Seed + (ulong)index }, MemberData.Read(folder, data), population.FastMath);
    }

    private static FolderMember OfSweep(string folder, int index, string? data)
    {
        SweepSpecification specification = SweepFolder.Open(folder).Specification;
        SweepPlan plan = new(specification);
        RequireMember(folder, index, plan.Members);
        MemberSettings member = plan.SettingsOfMember(index);
        return new FolderMember(member.Training, SweepData.OfMembers(folder, specification, data) with { Rows = member.Rows, Distribution = member.Distribution }, specification.FastMath);
    }

    private static void RequireMember(string folder, int index, int count)
    {
        if (index >= count)
        {
            throw new FileContentException(folder, $"has the members 0 to {count - 1}, no member {index}");
        }
    }
}
