using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Report;

/// <summary>How a training ended.</summary>
internal sealed record RunResult
{
    public required TrainingSettings Settings { get; init; }

    /// <summary>The option's spelling.</summary>
    public required string Device { get; init; }

    /// <summary>The hardware's name.</summary>
    public required string DeviceName { get; init; }

    /// <summary>What trained.</summary>
    public required Engine Engine { get; init; }

    /// <summary>Steps that were done.</summary>
    public required int Steps { get; init; }

    /// <summary>The losses of each epoch that was done; at least one.</summary>
    public required IReadOnlyList<EpochLosses> Losses { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>By which limits.</summary>
    public required VerdictLimits Limits { get; init; }

    /// <summary>Where the generator is most wrong, in words; null where its divergence is within its limit.</summary>
    public string? WorstDirection { get; init; }

    /// <summary>Nearest neighbours among real rows alone, which no generator can better; null where samples are not compared.</summary>
    public double? RealAccuracy { get; init; }

    /// <summary>The limits that the generator does not keep; none where it is converged.</summary>
    public IReadOnlyList<string> BrokenLimits => LimitsJson.Broken(Limits, RealAccuracy is not null, Verdict);

    /// <summary>The first step after which a parameter was not finite; null where all are.</summary>
    public required int? DivergedAt { get; init; }

    /// <summary>On fresh rows; null where it was not asked for, NaN after a divergence.</summary>
    public double? DiscriminatorAccuracy { get; init; }

    /// <summary>The energy distance of its rows from the data; null where it was not asked for.</summary>
    public EnergyDistance? Energy { get; init; }

    /// <summary>Whether the target is a single point, from which the distance decides.</summary>
    public required bool IsPoint { get; init; }

    /// <summary>Whether the target is a mixture, whose modes are counted.</summary>
    public required bool IsMixture { get; init; }

    /// <summary>Whether the distance of the moments is less than that of the distributions may be: where either is not Gaussian.</summary>
    public required bool IsLowerBound { get; init; }

    public required GanParameters Parameters { get; init; }

    /// <summary>The same with the generator that is judged, its average, where there is one.</summary>
    public required GanParameters Judged { get; init; }

    /// <summary>Whether Ctrl-C ended it before its last epoch.</summary>
    public bool Interrupted => DivergedAt is null && Losses.Count < Settings.Epochs;

    public EpochLosses LastEpoch => Losses[^1];

    public bool LooksConverged => Equilibrium.Of(Settings).IsNear(LastEpoch.LossD, LastEpoch.LossG);

    /// <summary>Collects the outcome of a training.</summary>
    /// <param name="training">Has trained at least one epoch.</param>
    /// <param name="device">Where it trained.</param>
    /// <param name="settings">How it trained.</param>
    /// <param name="losses">The losses of each epoch.</param>
    /// <param name="evaluation">Judges the generator.</param>
    /// <param name="accuracy">Tries the discriminator; null where that is not asked for.</param>
    /// <param name="names">Of the data's columns; null where they have none.</param>
    /// <param name="energy">Whether the energy distance is asked for.</param>
    public static RunResult Of(
        ITrainer training,
        Device device,
        TrainingSettings settings,
        IReadOnlyList<EpochLosses> losses,
        Evaluation evaluation,
        DiscriminatorAccuracy? accuracy = null,
        IReadOnlyList<string>? names = null,
        bool energy = false)
    {
        GanParameters parameters = training.ReadJudged();
        Verdict verdict = training.DivergedAt is null
            ? evaluation.Judge(parameters, settings.Seed)
            : Verdict.Diverged;
        bool isWithin = training.DivergedAt is not null || evaluation.IsPoint || verdict.KlDivergence <= evaluation.Limits.KlDivergence;
        return new RunResult
        {
            Settings = settings,
            Device = device.Word,
            DeviceName = device.Name,
            Engine = training.Engine,
            Steps = training.Steps,
            Losses = losses,
            Parameters = settings.GEma != 0 ? training.ReadParameters() : parameters,
            Judged = parameters,
            DivergedAt = training.DivergedAt,
            IsPoint = evaluation.IsPoint,
            IsMixture = evaluation.Mixture is not null,
            Energy = !energy ? null : training.DivergedAt is null ? evaluation.EnergyOf(parameters, settings.Seed) : new EnergyDistance(double.NaN, double.NaN),
            IsLowerBound = !evaluation.IsGaussian(settings.Generator),
            Verdict = verdict,
            Limits = evaluation.Limits,
            WorstDirection = isWithin ? null : evaluation.WorstDirection(parameters, settings.Seed)?.Describe(names?.Select(OneLine.Of).ToArray()),
            RealAccuracy = evaluation.ComparesSamples(settings.Generator) ? evaluation.RealAccuracy(settings.Seed) : null,
            DiscriminatorAccuracy = training.DivergedAt is null ? accuracy?.Of(parameters, settings.Seed)
                : accuracy is null ? null : double.NaN,
        };
    }

    /// <summary>What <c>metrics.json</c> and <c>--json</c> hold.</summary>
    /// <param name="times">Seconds.</param>
    /// <param name="runFolder">The folder as it was given.</param>
    public JsonObject ToJson(JsonObject times, string runFolder)
    {
        JsonObject json = new()
        {
            ["seed"] = Settings.Seed,
            ["device"] = Device,
            ["device_name"] = DeviceName,
            ["engine"] = Words.Of(Engine),
            ["epochs"] = Losses.Count,
            ["steps"] = Steps,
            ["loss_d"] = Json.Number(LastEpoch.LossD),
            ["loss_g"] = Json.Number(LastEpoch.LossG),
            ["last_loss_d"] = Json.Number(LastEpoch.LastLossD),
            ["last_loss_g"] = Json.Number(LastEpoch.LastLossG),
            ["kl_divergence"] = Json.Number(Verdict.KlDivergence),
            ["nearest_neighbor_accuracy"] = Verdict.NearestNeighborAccuracy is double neighbors ? Json.Number(neighbors) : null,
            [FigureNames.RealAccuracyName] = RealAccuracy is double real ? Json.Number(real) : null,
            ["limits"] = LimitsJson.Of(Limits, RealAccuracy is not null, IsMixture, IsPoint),
            ["broken_limits"] = new JsonArray([.. BrokenLimits.Select(name => JsonValue.Create(name))]),
            ["worst_direction"] = WorstDirection,
            ["mean_error"] = Json.Number(Verdict.MeanError),
            ["covariance_error"] = Json.Number(Verdict.CovarianceError),
            ["wasserstein_2"] = Json.Number(Verdict.Wasserstein2),
            ["wasserstein_2_is_lower_bound"] = IsLowerBound,
            ["converged"] = Verdict.Converged,
            ["looks_converged"] = LooksConverged,
            ["runaway"] = Verdict.Runaway,
            ["interrupted"] = Interrupted,
            ["diverged_at"] = DivergedAt,
            ["weights_sha256"] = Parameters.Sha256,
            ["times"] = times,
            ["run_folder"] = runFolder,
        };
        if (IsMixture)
        {
            json["high_quality"] = Json.Number(Verdict.Mixture?.HighQuality ?? double.NaN);
            json["high_quality_of_real_rows"] = Verdict.Mixture is { } mixture ? Json.Number(mixture.RealHighQuality) : null;
            json["modes"] = Verdict.Mixture?.Modes;
            json["centers"] = Verdict.Mixture?.Centers;
            json["least_share"] = Json.Number(Verdict.Mixture?.LeastShare ?? double.NaN);
            json["reverse_kl"] = Json.Number(Verdict.Mixture?.ReverseKl ?? double.NaN);
        }

        if (Energy is EnergyDistance energy)
        {
            json["energy_distance"] = Json.Number(energy.Distance);
            json["energy_p_value"] = Json.Number(energy.PValue);
        }

        if (DiscriminatorAccuracy is double accuracy)
        {
            json[FigureNames.AccuracyName] = Json.Number(accuracy);
        }

        return json;
    }

    /// <summary>What <c>losses.csv</c> holds.</summary>
    public string ToCsv() => string.Concat(["epoch,loss_d,loss_g\n", .. Losses.Select(l => $"{l.Epoch},{l.LossD:r},{l.LossG:r}\n")]);
}
