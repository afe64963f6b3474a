using System.Text;

namespace GpuGan.Kernels.Files;

/// <summary>Makes foreign text fit for one line of a message.</summary>
internal static class OneLine
{
    private const int Shown = 60;
    private const int ShownDigits = 12;

    /// <summary>Puts text between quotes, shortened where it is long.</summary>
    public static string Quote(string text) => $"'{(text.Length <= Shown ? text : text[..Shown] + "…")}'";

    /// <summary>As many digits of a hash as tell two apart.</summary>
    public static string Digits(string hash) => hash.Length > ShownDigits ? $"{hash[..ShownDigits]}…" : hash;

    /// <summary>Replaces line ends by spaces and other control characters, which could move the cursor, by their codes.</summary>
    public static string Of(string text)
    {
        StringBuilder line = new(text.Length);
        foreach (char c in text.ReplaceLineEndings(" "))
        {
            _ = char.IsControl(c) ? line.Append($"\\u{(int)c:x4}") : line.Append(c);
        }

        return line.ToString();
    }
}
