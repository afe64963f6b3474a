using System.Text.Json;

namespace GpuGan.Runner.Lab;

/// <summary>What a page says.</summary>
/// <param name="Id">The number that the answers have.</param>
/// <param name="Ask">What is asked for.</param>
/// <param name="Of">The experiment, as addresses have it; of <c>stop</c> what is to end.</param>
/// <param name="Seeds">How many seeds, where there are several.</param>
/// <param name="Axes">The settings of a map.</param>
internal sealed record LabMessage(int Id, string? Ask, string? Of, int Seeds, IReadOnlyList<LabAxis?>? Axes)
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    /// <summary>Reads a message; null where it is none.</summary>
    public static LabMessage? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<LabMessage>(json, Names);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A setting of a map.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Values">A list or a range, as options have it.</param>
internal sealed record LabAxis(string Name, string Values);
