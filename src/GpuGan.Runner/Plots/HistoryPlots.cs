using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Files;
using GpuGan.Runner.Folders;
using GpuGan.Runner.Trajectories;

namespace GpuGan.Runner.Plots;

/// <summary>The pictures of a training's way: <c>history</c>, and <c>orbit</c> where two parameters tell it.</summary>
internal static class HistoryPlots
{
    /// <summary>The pictures.</summary>
    /// <param name="rows">Of one member, in the order of the epochs; no picture of none.</param>
    /// <param name="settings">How it was trained.</param>
    /// <param name="evaluation">Judges its generator.</param>
    /// <param name="whose">What the titles begin with.</param>
    /// <param name="lines">What stands below the titles.</param>
    public static IEnumerable<Picture> Of(IReadOnlyList<HistoryRow> rows, TrainingSettings settings, Evaluation evaluation, string whose, IReadOnlyList<string> lines)
    {
        if (rows.Count == 0)
        {
            yield break;
        }

        yield return new Picture(
            PictureNames.History[0],
            "How far the generator is from its target over the epochs: KL divergence, mean error and covariance error",
            () => HistoryPicture.Draw($"{whose}: the way to the target", lines, rows, evaluation.Limits.KlDivergence));
        if (PlaneOf(settings) is var (horizontal, vertical)
            && rows[0].Columns.PlaceOf(horizontal) is int first
            && rows[0].Columns.PlaceOf(vertical) is int second
            && rows.Select(row => new double[] { row.Point.Parameters[first], row.Point.Parameters[second] }).Where(state => state.All(double.IsFinite)).ToArray() is { Length: > 0 } orbit)
        {
            (double, double) equilibrium = (evaluation.Target.Mean[0], settings.Generator.Outputs == 1 ? 0 : evaluation.Target.Mean[1]);
            yield return new Picture(
                PictureNames.History[1],
                $"{horizontal} and {vertical} over the epochs, in their plane",
                () => OrbitPicture.Draw($"{whose}: the way in the plane", horizontal, vertical, [new OrbitPanel("", orbit)], equilibrium));
        }
    }

    /// <summary>The pictures of a member of a population or a sweep; none where its folder has no way of it.</summary>
    /// <param name="folder">The folder of all members.</param>
    /// <param name="number">Which member, from 0.</param>
    /// <param name="data">The file of the data that the user names; null where it is looked for.</param>
    /// <param name="whose">What the titles begin with.</param>
    /// <exception cref="FileContentException">There is no such member.</exception>
    public static IReadOnlyList<Picture> OfMember(string folder, int number, string? data, string whose)
    {
        FolderMember member = FolderMember.Read(folder, number, data);
        IReadOnlyList<HistoryRow> rows = TrainingFolder.ReadHistory(folder, number);
        return rows.Count == 0 ? [] :
        [
            .. Of(
                rows,
                member.Settings,
                member.Data.Evaluation(member.Data.Draw(member.Settings.Seed)),
                whose,
                [.. Subtitle.Of(member.Settings, rows[^1].Point.Epoch, null, member.Data.Limits, member.Data.Distribution).Take(1)])
                .Select(picture => picture with { Description = $"{whose}: {picture.Description}" }),
        ];
    }

    // A generator that is fed nothing is its biases, as its weights do not move: one of them and the discriminator's weight, or both.
    private static (string Horizontal, string Vertical)? PlaneOf(TrainingSettings settings) => settings switch
    {
        { Generator: { Latent: Latent.Zero, Layers.Count: 1, Outputs: 1 }, Discriminator.Layers.Count: 1 } => ("generator.0.bias.0", "discriminator.0.weight.0"),
        { Generator: { Latent: Latent.Zero, Layers.Count: 1, Outputs: 2 } } => ("generator.0.bias.0", "generator.0.bias.1"),
        _ => null,
    };
}
