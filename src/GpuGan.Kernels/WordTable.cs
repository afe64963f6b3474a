namespace GpuGan.Kernels;

/// <summary>The words of a kind of thing: activations, losses, optimisers. What has a line here can be named in options and files.</summary>
/// <typeparam name="T">The kind.</typeparam>
internal sealed class WordTable<T>
    where T : notnull
{
    private readonly string kind;
    private readonly IReadOnlyList<WordEntry<T>> entries;

    /// <summary>Makes a table.</summary>
    /// <param name="kind">What the things are called, for messages.</param>
    /// <param name="entries">In the order of the help.</param>
    public WordTable(string kind, params IReadOnlyList<WordEntry<T>> entries)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(entries);
        (this.kind, this.entries) = (kind, entries);
    }

    /// <summary>The words without their numbers.</summary>
    public IReadOnlyList<string> Words => [.. entries.Select(entry => entry.Word)];

    /// <summary>The words as the help shows them, such as <c>leaky-relu[:SLOPE]</c>.</summary>
    public IReadOnlyList<string> Forms => [.. entries.Select(entry => entry.Numbers is null ? entry.Word : $"{entry.Word}[:{entry.Numbers}]")];

    /// <summary>What each word alone stands for.</summary>
    public IReadOnlyList<T> Values => [.. entries.Select(entry => entry.Value)];

    /// <summary>The word that stands for a value of the table.</summary>
    public string WordOf(T value) => entries.First(entry => entry.Value.Equals(value)).Word;

    /// <summary>Finds what a word stands for; <c>leaky_relu</c> is understood too, as other programs write it so.</summary>
    /// <param name="text">A word, and after a colon its numbers where it takes some.</param>
    /// <exception cref="FormatException">There is no such word, or its numbers are wrong; the message follows the text.</exception>
    public T Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':', 2);
        WordEntry<T> entry = entries.FirstOrDefault(entry => entry.Word == parts[0].Replace('_', '-'))
            ?? throw new FormatException($"is none of {string.Join(", ", Forms)}");
        return parts.Length == 1 ? entry.Value
            : entry.Parse is null ? throw new FormatException($"is no {kind}; {entry.Word} takes no number")
            : entry.Parse(parts[1]);
    }
}

/// <summary>A line of a <see cref="WordTable{T}"/>.</summary>
/// <param name="Word">In lower case, its parts joined by dashes.</param>
/// <param name="Value">What the word alone stands for.</param>
/// <param name="Numbers">What follows after a colon, for the help; null where nothing does.</param>
/// <param name="Parse">Reads that; throws a <see cref="FormatException"/> whose message follows the text.</param>
internal sealed record WordEntry<T>(string Word, T Value, string? Numbers = null, Func<string, T>? Parse = null);
