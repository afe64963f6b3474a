using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Metrics;

/// <summary>
/// Judges generators of one target. Two Gaussians are equal when their moments are, and nothing else is: so the divergence
/// of the moments decides alone only where both sides are Gaussian, and elsewhere samples are compared too.
/// </summary>
/// <example>
/// <code>
/// Evaluation evaluation = Evaluation.Of(Gaussian.Chapter);
/// Verdict verdict = evaluation.Judge(parameters, settings.Seed);
/// </code>
/// </example>
internal sealed class Evaluation
{
    /// <summary>The most rows of each kind whose nearest neighbours are looked for.</summary>
    public const int NeighborRows = 1000;

    // Steps of the evaluation stream: of the generators' rows, of fresh real ones, of others to compare those with, and of the choice among rows that there are.
    private const uint RealStep = 1, OtherRealStep = 3, ChoiceStep = 4;

    private readonly IDistribution? distribution;
    private readonly Standardization standardization;
    private readonly KullbackLeibler divergence;
    private readonly double runawayDistance;

    // Of rows that there are, in random order: the choice is the same for all generators.
    private readonly double[]? chosen;

    // What is the same in any units is found in those of the training: there no square is zero or infinite that need not be.
    private Evaluation(Moments target, IDistribution? distribution, Standardization standardization, Table? standardized, VerdictLimits? limits)
    {
        (Target, this.distribution, this.standardization, Limits) = (target, distribution, standardization, limits ?? VerdictLimits.Default);
        Limits.Validate();
        chosen = standardized is null ? null : Choose(standardized, 2 * NeighborRows);
        divergence = new KullbackLeibler(standardized is null || standardization.IsNone ? target : Moments.Of(standardized));
        double spread = Math.Sqrt(target.Covariance.Trace());
        IsPoint = distribution is not null && spread == 0;
        runawayDistance = IsPoint ? double.PositiveInfinity : VerdictLimits.RunawayDeviations * spread;
    }

    /// <summary>What the generators should make.</summary>
    public Moments Target { get; }

    /// <summary>By which limits they are judged.</summary>
    public VerdictLimits Limits { get; }

    /// <summary>Whether the target has spread in every direction; else no generator is converged.</summary>
    public bool HasSpread => divergence.HasSpread;

    /// <summary>Whether the target is known to be a single point: generators are judged by their distance from it, and none runs away.</summary>
    public bool IsPoint { get; }

    /// <summary>The modes that generators should meet; null where the target is no mixture, or is not known.</summary>
    public Mixture? Mixture => distribution?.Mixture;

    /// <summary>Judges by a distribution that is known.</summary>
    /// <param name="distribution">What the generators should make.</param>
    /// <param name="limits">Null for the usual ones.</param>
    /// <exception cref="ArgumentException">A limit is none.</exception>
    public static Evaluation Of(IDistribution distribution, VerdictLimits? limits = null) =>
        new(Moments.Of(distribution), distribution, Standardization.None, null, limits);

    /// <summary>Judges by rows whose distribution is not known.</summary>
    /// <param name="rows">In the units of the data.</param>
    /// <param name="standardization">What the units of the training were made by.</param>
    /// <param name="limits">Null for the usual ones.</param>
    /// <exception cref="ArgumentException">A number of the rows is not finite, the standardization is of other columns, or a limit is none.</exception>
    public static Evaluation Of(Table rows, Standardization? standardization = null, VerdictLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireFinite();
        standardization ??= Standardization.None;
        return new(Moments.Of(rows), null, standardization, standardization.Standardize(rows), limits);
    }

    /// <summary>Whether samples are compared, not moments alone.</summary>
    /// <param name="generator">Widths of the generators.</param>
    public bool ComparesSamples(Network generator) =>
        !IsPoint && (Limits.NeighborLimit is not null || !IsGaussian(generator));

    /// <summary>Whether both sides are Gaussian, so that moments tell all.</summary>
    /// <inheritdoc cref="ComparesSamples"/>
    public bool IsGaussian(Network generator) => distribution is { IsGaussian: true } && Moments.IsGaussian(generator);

    /// <summary>The moments of a generator, in the units of the data.</summary>
    /// <inheritdoc cref="Judge"/>
    public Moments MomentsOf(GanParameters parameters, ulong seed) =>
        TrainedMoments(parameters, seed).Undo(standardization);

    /// <summary>Judges a generator; to the same bits on every machine.</summary>
    /// <param name="parameters">All finite; the generator's are used.</param>
    /// <param name="seed">Decides the rows that are compared.</param>
    /// <exception cref="ArgumentException">The generator makes other columns than the target has.</exception>
    public Verdict Judge(GanParameters parameters, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        RequireFits(parameters.Generator);

        // Rows are drawn once: for moments that do not follow from weights, for modes to be counted, and for their neighbours.
        bool isGaussian = Moments.IsGaussian(parameters.Generator);
        DataSet? rows = isGaussian && Mixture is null ? null : GeneratedSamples.Draw(parameters, seed, Limits.EvaluationRows);
        Moments trained = isGaussian ? Moments.Of(parameters, seed) : Moments.Of(rows!), generated = trained.Undo(standardization);
        (double kl, double meanError, double covarianceError) = Errors(trained, generated);
        double distance = Wasserstein.Distance(generated, Target);
        double? accuracy = ComparesSamples(parameters.Generator) ? NeighborAccuracy(parameters, seed, rows) : null;
        MixtureQuality? mixture = Mixture is { } modes ? MixtureQuality.Of(rows!, modes) : null;
        bool isWithin = kl <= Limits.KlDivergence && (accuracy is null || accuracy <= Limits.NearestNeighborAccuracy) && mixture is null or { IsWithin: true };
        return new Verdict(
            kl,
            accuracy,
            meanError,
            covarianceError,
            distance,
            Converged: IsPoint ? distance <= VerdictLimits.PointDistance : isWithin,
            Runaway: !(distance <= runawayDistance))
        {
            Mixture = mixture,
            IsByDistance = IsPoint,
        };
    }

    /// <summary>What <see cref="Judge"/> says of a generator's moments, to the same bits; a fraction of the work where rows would be compared.</summary>
    /// <inheritdoc cref="Judge"/>
    public MomentErrors ErrorsOf(GanParameters parameters, ulong seed)
    {
        Moments trained = TrainedMoments(parameters, seed);
        return Errors(trained, trained.Undo(standardization));
    }

    /// <summary>Where a generator is most wrong; null where nothing can be said.</summary>
    /// <inheritdoc cref="Judge"/>
    public WorstDirection? WorstDirection(GanParameters parameters, ulong seed) =>
        divergence.Worst(TrainedMoments(parameters, seed))?.Undo(standardization);

    /// <summary>
    /// The accuracy of nearest neighbours between real rows and other real rows, which is what the best generator would have: of two
    /// halves of the rows that there are, or of fresh ones; NaN where there are too few.
    /// </summary>
    /// <param name="seed">Decides fresh rows.</param>
    public double RealAccuracy(ulong seed)
    {
        if (!HasSpread)
        {
            return double.NaN;
        }

        if (chosen is null)
        {
            return Accuracy(Fresh(seed, RealStep, NeighborRows), Fresh(seed, OtherRealStep, NeighborRows));
        }

        int half = chosen.Length / Columns / 2 * Columns;
        return half == 0 ? double.NaN : Accuracy(chosen.AsSpan(0, half), chosen.AsSpan(half, half));
    }

    /// <summary>
    /// The energy distance between rows of a generator and real ones, as many as nearest neighbours are looked for among, in the units of the
    /// training; and how often chance alone gives as much.
    /// </summary>
    /// <inheritdoc cref="Judge"/>
    public EnergyDistance EnergyOf(GanParameters parameters, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        RequireFits(parameters.Generator);
        (double[] real, double[] generated) = Samples(parameters, seed);
        return EnergyDistance.Of(generated, real, Columns, seed);
    }

    private int Columns => Target.Mean.Count;

    /// <summary>Refuses generators of other columns.</summary>
    /// <param name="generator">Widths of the generators.</param>
    /// <exception cref="ArgumentException">They make other columns than the target has.</exception>
    internal void RequireFits(Network generator)
    {
        if (generator.Outputs != Columns)
        {
            throw new ArgumentException($"the generator {generator} makes {generator.Outputs} columns; it is judged by {Columns}");
        }
    }

    private MomentErrors Errors(Moments trained, Moments generated)
    {
        double spread = Target.Covariance.FrobeniusNorm();
        return new(
            divergence.Of(trained),
            (generated.Mean - Target.Mean).L2Norm(),
            spread > 0 ? (generated.Covariance - Target.Covariance).FrobeniusNorm() / spread : double.NaN);
    }

    /// <summary>The moments of a generator, in the units of the training.</summary>
    private Moments TrainedMoments(GanParameters parameters, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        RequireFits(parameters.Generator);
        return Moments.Of(parameters, seed, Limits.EvaluationRows);
    }

    private double NeighborAccuracy(GanParameters parameters, ulong seed, DataSet? drawn)
    {
        if (!HasSpread)
        {
            return double.NaN;
        }

        (double[] real, double[] generated) = Samples(parameters, seed, drawn);
        return Accuracy(real, generated);
    }

    /// <summary>Real and generated rows, as many of the one as of the other, in the units of the training.</summary>
    /// <param name="parameters">The generator's are used.</param>
    /// <param name="seed">Decides the rows.</param>
    /// <param name="drawn">Generated rows, where there are any: the first of them are those that would be drawn.</param>
    private (double[] Real, double[] Generated) Samples(GanParameters parameters, ulong seed, DataSet? drawn = null)
    {
        int rows = Math.Min(NeighborRows, Limits.EvaluationRows);
        rows = chosen is null ? rows : Math.Min(rows, chosen.Length / Columns);
        double[] real = chosen is null ? Fresh(seed, RealStep, rows) : chosen[..(rows * Columns)];
        DataSet generated = drawn is null ? GeneratedSamples.Draw(parameters, seed, rows) : new DataSet(drawn.Values[..(rows * Columns)], Columns);
        return (real, Table.Of(generated).Values);
    }

    private double Accuracy(ReadOnlySpan<double> real, ReadOnlySpan<double> others) =>
        WhitenedRows.Of(real, Columns, divergence) is { } first && WhitenedRows.Of(others, Columns, divergence) is { } second
            ? NearestNeighbors.Accuracy(first, second)
            : double.NaN;

    private double[] Fresh(ulong seed, uint step, int rows) => Table.Of(distribution!.Sample(seed, rows, StreamId.Evaluation, step)).Values;

    /// <summary>Some rows in random order: in the order of a file one half might be of another kind than the other.</summary>
    private static double[] Choose(Table rows, int most)
    {
        int[] order = [.. Enumerable.Range(0, rows.Rows)];
        int count = Math.Min(most, rows.Rows);
        double[] chosen = new double[count * rows.Columns];
        for (int i = 0; i < count; i++)
        {
            // The beginning of Fisher and Yates' shuffle.
            int other = i + (int)(Streams.Uniform(0, StreamId.Evaluation, ChoiceStep, (uint)i) * (rows.Rows - i));
            (order[i], order[other]) = (order[other], order[i]);
            rows.Values.AsSpan(order[i] * rows.Columns, rows.Columns).CopyTo(chosen.AsSpan(i * rows.Columns));
        }

        return chosen;
    }
}
