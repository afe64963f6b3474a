using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Metrics;

/// <summary>Which points of a training are kept, and what of each. The training has the same bits without.</summary>
public sealed record History
{
    // Numbers of a point that are no parameters, and what an object takes.
    private const int BytesOfPoint = 96;

    // What the points of a chunk of members take at most, where one member's are not more.
    private const long MostBytes = 128 << 20;

    /// <summary>Describes what is kept.</summary>
    /// <param name="every">Epochs from one point to the next, at least 1; the last epoch has one too.</param>
    /// <param name="parameters">Which parameters are kept.</param>
    public History(int every, HistoryParameters parameters = HistoryParameters.Generator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        if (!Enum.IsDefined(parameters))
        {
            throw new ArgumentOutOfRangeException(nameof(parameters));
        }

        (Every, Parameters) = (every, parameters);
    }

    /// <summary>Epochs from one point to the next.</summary>
    public int Every { get; }

    /// <summary>Which parameters are kept.</summary>
    public HistoryParameters Parameters { get; }

    /// <summary>The epochs that are kept, counted from 1.</summary>
    /// <param name="epochs">Of the training, at least 1.</param>
    public IEnumerable<int> EpochsOf(int epochs)
    {
        int count = CountOf(epochs);
        return Enumerable.Range(1, count).Select(point => (int)Math.Min((long)point * Every, epochs));
    }

    /// <summary>How many epochs are kept.</summary>
    /// <inheritdoc cref="EpochsOf"/>
    public int CountOf(int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        return ((epochs - 1) / Every) + 1;
    }

    /// <summary>How many parameters of each point are kept.</summary>
    /// <param name="settings">The networks.</param>
    public int ParametersOf(TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Parameters switch
        {
            HistoryParameters.None => 0,
            HistoryParameters.Generator => settings.Generator.ParameterCount,
            _ => settings.Generator.ParameterCount + settings.Discriminator.ParameterCount,
        };
    }

    /// <summary>About how many bytes of memory the points of a member take.</summary>
    /// <param name="settings">The networks and epochs.</param>
    public long BytesOf(TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return CountOf(settings.Epochs) * (BytesOfPoint + ((long)ParametersOf(settings) * sizeof(float)));
    }

    /// <summary>The most members whose points are kept in memory together.</summary>
    /// <inheritdoc cref="BytesOf"/>
    internal int MostMembers(TrainingSettings settings) => (int)Math.Clamp(MostBytes / BytesOf(settings), 1, int.MaxValue);

    /// <summary>A point of a training.</summary>
    /// <param name="losses">Of the epoch that ends there.</param>
    /// <param name="judged">The generator that is judged, its average where there is one, and the discriminator.</param>
    /// <param name="isDiverged">Whether a parameter is not finite.</param>
    /// <param name="evaluation">Judges the generator.</param>
    /// <param name="seed">Of the training.</param>
    internal HistoryPoint PointOf(EpochLosses losses, GanParameters judged, bool isDiverged, Evaluation evaluation, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(judged);
        ArgumentNullException.ThrowIfNull(evaluation);
        float[] kept = Parameters switch
        {
            HistoryParameters.None => [],
            HistoryParameters.Generator => judged.GeneratorValues.ToArray(),
            _ => [.. judged.Values],
        };
        if (isDiverged)
        {
            Array.Fill(kept, float.NaN);
            return new HistoryPoint(losses.Epoch, float.NaN, float.NaN, double.NaN, double.NaN, double.NaN, kept);
        }

        MomentErrors errors = evaluation.ErrorsOf(judged, seed);
        return new HistoryPoint(losses.Epoch, losses.LossD, losses.LossG, errors.MeanError, errors.CovarianceError, errors.KlDivergence, kept);
    }
}
