using GpuGan.Runner.Data;

namespace GpuGan.Runner.Trajectories;

/// <summary>The ways of members as Parquet: a row for each member and epoch, in this order.</summary>
internal static class HistoryParquet
{
    /// <summary>The file's name in a folder of results.</summary>
    public const string FileName = "history.parquet";

    /// <summary>The columns before those of the parameters.</summary>
    public static readonly IReadOnlyList<string> Names = ["member", "seed", "epoch", "loss_d", "loss_g", "mean_error", "covariance_error", "kl_divergence"];

    // What a group of rows has in memory: cells, of 8 bytes or less.
    private const int MostRows = 1 << 16, MostCells = 1 << 21;

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Takes the bytes.</param>
    /// <param name="all">The rows, in their order.</param>
    /// <param name="parameters">The columns of parameters; null where a member's networks have no such one.</param>
    /// <param name="metadata">What the table needs to be understood when it has left its folder.</param>
    public static void Write(Stream stream, IEnumerable<HistoryRow> all, IReadOnlyList<string> parameters, Dictionary<string, string> metadata)
    {
        ParquetTable<HistoryRow> table = new(Math.Min(MostRows, MostCells / (Names.Count + parameters.Count)));
        table.Add(Names[0], row => row.Member);
        table.Add(Names[1], row => row.Seed);
        table.Add(Names[2], row => row.Point.Epoch);
        table.AddFinite(Names[3], row => row.Point.LossD);
        table.AddFinite(Names[4], row => row.Point.LossG);
        table.AddFinite(Names[5], row => row.Point.MeanError);
        table.AddFinite(Names[6], row => row.Point.CovarianceError);
        table.AddFinite(Names[7], row => row.Point.KlDivergence);
        foreach (string name in parameters)
        {
            table.AddFinite(name, row => row.Columns.PlaceOf(name) is int place ? row.Point.Parameters[place] : float.NaN);
        }

        table.Write(stream, all, metadata);
    }
}
