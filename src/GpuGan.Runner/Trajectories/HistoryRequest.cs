using System.Text.Json;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Trajectories;

/// <summary>What was asked for by <c>--history</c>.</summary>
/// <param name="Every">Epochs from one row to the next.</param>
/// <param name="Both">Whether the discriminator's parameters are kept too.</param>
internal sealed record HistoryRequest(int Every, bool Both)
{
    /// <summary>Their names in files.</summary>
    public const string Name = "history", BothName = "history_parameters";

    /// <summary>The most columns of parameters: tables of more are read by nothing.</summary>
    public const int MostColumns = 4096;

    // A chunk file, which holds a member at least, is an array.
    private const long MostBytesOfMember = 1 << 30;

    /// <summary>What the help says.</summary>
    public const string Description = "Write history.parquet: losses, errors and the generator's parameters after every N epochs, and after the last [default: none]";

    /// <summary>Why <c>--history-parameters</c> does not stand alone.</summary>
    public const string Nothing = "is for the rows of --history; add --history N";

    /// <summary>What the help says of the discriminator's parameters.</summary>
    public static readonly string BothDescription = FormattableString.Invariant($"Have the discriminator's parameters in history.parquet too; more than {MostColumns} are left out, here and without");

    /// <summary>What is kept of trainings; no parameters where they are too many for columns.</summary>
    /// <param name="settings">Their networks.</param>
    public History Of(TrainingSettings settings)
    {
        History history = new(Every, Both ? HistoryParameters.Both : HistoryParameters.Generator);
        return history.ParametersOf(settings) <= MostColumns ? history : new History(Every, HistoryParameters.None);
    }

    /// <summary>What is wrong with it for some trainings, as an option's message goes on; null where nothing is.</summary>
    /// <param name="settings">Of the longest.</param>
    public string? ProblemOf(TrainingSettings settings) =>
        Every > settings.Epochs ? $"{Every} is more than the {settings.Epochs} epochs; give at most as many"
        : Of(settings).BytesOf(settings) > MostBytesOfMember ? $"{Every} would keep {Of(settings).CountOf(settings.Epochs)} rows of a member, more than a gigabyte; give a larger number"
        : null;

    /// <summary>Reads the settings of a folder; null where there is no history.</summary>
    public static HistoryRequest? Read(JsonElement root) => root.TryGetProperty(Name, out JsonElement every) && every.ValueKind != JsonValueKind.Null
        ? new HistoryRequest(every.GetInt32() is >= 1 and int number ? number : throw new FormatException("its history is less than 1"), root.TryGetProperty(BothName, out JsonElement both) && both.GetBoolean())
        : null;

    /// <summary>Adds it to the settings of a folder.</summary>
    public void AddTo(JsonObject json)
    {
        json[Name] = Every;
        if (Both)
        {
            json[BothName] = true;
        }
    }
}
