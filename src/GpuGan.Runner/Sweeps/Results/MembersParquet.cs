using GpuGan.Runner.Data;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>The rows of a sweep as Parquet.</summary>
internal static class MembersParquet
{
    private const int RowsOfGroup = 1 << 16;

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Takes the bytes.</param>
    /// <param name="all">The rows, in their order.</param>
    /// <param name="specification">What they are the members of.</param>
    public static void Write(Stream stream, IEnumerable<MemberRow> all, SweepSpecification specification) => TableOf(specification).Write(stream, all, MetadataOf(specification));

    /// <summary>What a table needs to be understood, and made again, when it has left its folder.</summary>
    public static Dictionary<string, string> MetadataOf(SweepSpecification specification)
    {
        Dictionary<string, string> metadata = new()
        {
            ["gpugan_version"] = typeof(MembersParquet).Assembly.GetName().Version!.ToString(fieldCount: 3),
            ["specification"] = specification.Identity().ToJsonString(),
        };
        if (specification.DataSha256 is string hash)
        {
            metadata["data_sha256"] = hash;
        }

        return metadata;
    }

    private static ParquetTable<MemberRow> TableOf(SweepSpecification specification)
    {
        ParquetTable<MemberRow> table = new(RowsOfGroup);
        table.Add("member", row => (long)row.Member);
        table.Add("seed", row => row.Seed);
        foreach (SweepSetting setting in specification.Columns)
        {
            if (setting.Type == typeof(string))
            {
                table.AddText(setting.Name, row => (string)setting.Get(row.Settings));
            }
            else if (setting.Type == typeof(int))
            {
                table.Add(setting.Name, row => (int)setting.Get(row.Settings));
            }
            else if (setting.Type == typeof(bool))
            {
                table.Add(setting.Name, row => (bool)setting.Get(row.Settings));
            }
            else
            {
                table.Add(setting.Name, row => (double)setting.Get(row.Settings));
            }
        }

        table.AddFinite("loss_d", row => row.Result.LossD);
        table.AddFinite("loss_g", row => row.Result.LossG);
        table.AddFinite("kl_divergence", row => row.Result.KlDivergence);
        table.AddFinite(FigureNames.NeighborName, row => row.Result.NearestNeighborAccuracy ?? double.NaN);
        table.AddFinite("mean_error", row => row.Result.MeanError);
        table.AddFinite("covariance_error", row => row.Result.CovarianceError);
        table.AddFinite("wasserstein_2", row => row.Result.Wasserstein2);
        table.Add("converged", row => row.Result.Converged);
        table.Add("looks_converged", row => row.LooksConverged);
        table.Add("runaway", row => row.Result.Runaway);
        table.AddNullable("diverged_at", row => row.Result.DivergedAt == 0 ? (int?)null : row.Result.DivergedAt);
        if (specification.AccuracyRows is not null)
        {
            table.AddFinite(FigureNames.AccuracyName, row => row.Result.DiscriminatorAccuracy ?? double.NaN);
        }

        if (specification.HasMixture)
        {
            table.AddFinite(MixtureFigures.Names[0], row => row.Result.Mixture?.HighQuality ?? double.NaN);
            table.AddNullable(MixtureFigures.Names[1], row => row.Result.Mixture?.Modes);
            table.AddNullable(MixtureFigures.Names[2], row => row.Result.Mixture?.Centers);
            table.AddFinite(MixtureFigures.Names[3], row => row.Result.Mixture?.LeastShare ?? double.NaN);
            table.AddFinite(MixtureFigures.Names[4], row => row.Result.Mixture?.ReverseKl ?? double.NaN);
        }

        return table;
    }
}
