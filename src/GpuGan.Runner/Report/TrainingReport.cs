using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Data;
using GpuGan.Runner.Wording;
using MathNet.Numerics.LinearAlgebra;

namespace GpuGan.Runner.Report;

/// <summary>What a training tells its user.</summary>
internal static class TrainingReport
{
    /// <summary>What reports call the order of the rows.</summary>
    public const string OrderName = "order of rows", ShuffledOrder = "shuffled in each epoch";

    private const int ShownColumns = 6, LeastWidth = 10;

    /// <summary>Describes the data before the training.</summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="source">The file, or how the data came about.</param>
    /// <param name="data">The data.</param>
    /// <param name="theory">The moments of the distribution that the data were drawn from; null where it is unknown.</param>
    public static void WriteData(TextWriter output, string source, LearnedData data, Moments? theory)
    {
        Table rows = data.Real;
        output.WriteLine($"data                {source}: {rows.Rows} rows, {rows.Columns} {(rows.Columns == 1 ? "column" : "columns")}");
        Remarks.Write(output, data.Remarks);
        if (!data.Standardization.IsNone)
        {
            output.WriteLine($"{"standardized",-20}each column is learnt with mean 0 and standard deviation 1; all that is shown is in the units of the data");
        }

        WriteMatrix(output, "covariance of data", Moments.Of(rows).Covariance);
        if (theory is not null)
        {
            WriteMatrix(output, "in theory", theory.Covariance);
        }
    }

    /// <summary>Says where rows are shuffled.</summary>
    public static void WriteOrder(TextWriter output, bool shuffled)
    {
        if (shuffled)
        {
            PopulationReport.Line(output, OrderName, ShuffledOrder);
        }
    }

    /// <summary>Says where a training goes on.</summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="done">Epochs that its checkpoint has.</param>
    /// <param name="epochs">Epochs in all.</param>
    public static void WriteResumed(TextWriter output, int done, int epochs) =>
        output.WriteLine($"{"resumed",-20}after epoch {done} of {epochs}");

    /// <summary>Describes the outcome.</summary>
    public static void WriteResult(TextWriter output, RunResult result, string runFolder)
    {
        var last = result.LastEpoch;
        Line("losses", $"loss_d {Digits.Fixed(last.LossD)}  loss_g {Digits.Fixed(last.LossG)}  (means of epoch {last.Epoch}; last step {Digits.Fixed(last.LastLossD)}, {Digits.Fixed(last.LastLossG)})");
        Verdict verdict = result.Verdict;
        Line("verdict", (verdict.Converged, result.DivergedAt) switch
        {
            (true, _) => "converged",
            (_, null) => $"not converged: {Joined(result.BrokenLimits)} not within {(result.BrokenLimits.Count == 1 ? "its limit" : "their limits")}",
            (_, int step) => $"not converged: diverged at step {step}",
        });
        if (!result.IsPoint)
        {
            Line("KL divergence", $"{Show(verdict.KlDivergence)} (limit {Show(result.Limits.KlDivergence)})");
        }

        if (result.RealAccuracy is double real && result.DivergedAt is null)
        {
            Line("nearest neighbors", $"{Show(verdict.NearestNeighborAccuracy ?? double.NaN)} (limit {Show(result.Limits.NearestNeighborAccuracy)}; real rows among themselves {Show(real)})");
        }

        if (verdict.Mixture is { } mixture)
        {
            Line("modes", $"{mixture.Modes} of {mixture.Centers}, the least met with {Show(mixture.LeastShare)} of its share (limit {Show(MixtureQuality.LeastPartOfShare)}); reverse KL {Show(mixture.ReverseKl)}");
            Line("high quality", $"{Show(mixture.HighQuality)} (limit {Show(MixtureQuality.LeastHighQuality)}; of real rows {Show(mixture.RealHighQuality)})");
        }

        if (result.WorstDirection is string worst)
        {
            Line("worst direction", worst);
        }

        Line("mean error", Show(verdict.MeanError));
        if (!result.IsPoint)
        {
            Line("covariance error", Show(verdict.CovarianceError));
        }

        Line("2-Wasserstein", result.IsPoint ? $"{Show(verdict.Wasserstein2)} (limit {Show(VerdictLimits.PointDistance)})" : $"{Show(verdict.Wasserstein2)}{(!result.IsLowerBound ? "" : "  (at least: the distance of the moments, a lower bound)")}");
        if (result.DiscriminatorAccuracy is double accuracy)
        {
            Line("accuracy of D", $"{Show(accuracy)}  (on fresh rows; at 0.5 it cannot tell real from generated)");
        }

        if (result.Energy is EnergyDistance energy)
        {
            Line("energy distance", $"{Show(energy.Distance)}  (p-value {Show(energy.PValue)}: how often rows of one distribution are as far apart)");
        }

        Equilibrium equilibrium = Equilibrium.Of(result.Settings);
        string near = $"near {equilibrium}{(equilibrium.ToString() == "log 2" ? " = 0.6931" : "")}";
        Line("note", (result.LooksConverged, verdict.Converged) switch
        {
            (true, false) => $"The losses look converged ({near}), yet the generator is not right: trust the verdict.",
            _ => $"A loss {near} does not mean that the generator is right; the figures with a limit tell.",
        });
        Line("weights_sha256", result.Parameters.Sha256);
        Line("device", $"{result.Device} ({result.DeviceName}), seed {result.Settings.Seed}");
        Line("engine", Words.Of(result.Engine));
        Line("run folder", runFolder);

        void Line(string name, string text) => output.WriteLine($"{name,-20}{text}");
    }

    private static string Joined(IReadOnlyList<string> names) =>
        names.Count < 3 ? string.Join(" and ", names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    private static string Show(double value) => Digits.Of(value, "unknown");

    private static void WriteMatrix(TextWriter output, string name, Matrix<double> matrix)
    {
        int shown = Math.Min(matrix.ColumnCount, ShownColumns);
        string[][] rows = [.. Enumerable.Range(0, shown).Select(row => Enumerable.Range(0, shown).Select(column => $"{matrix[row, column]:g5}").ToArray())];
        int width = Math.Max(LeastWidth, rows.Max(cells => cells.Max(cell => cell.Length)) + 2);
        for (int row = 0; row < shown; row++)
        {
            output.WriteLine($"{(row == 0 ? name : ""),-20}[{string.Concat(rows[row].Select(cell => cell.PadLeft(width)))} ]");
        }

        if (shown < matrix.ColumnCount)
        {
            output.WriteLine($"{"",-20}(the first {shown} of {matrix.ColumnCount} columns)");
        }
    }
}
