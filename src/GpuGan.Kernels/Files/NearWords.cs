namespace GpuGan.Kernels.Files;

/// <summary>Finds what was meant by a word that there is not.</summary>
internal static class NearWords
{
    /// <summary>The name that differs from a word by at most two letters inserted, left out or changed; null where there is none.</summary>
    public static string? Nearest(string word, IEnumerable<string> names) =>
        names.Select(name => (name, distance: Distance(word, name))).Where(n => n.distance <= 2).OrderBy(n => n.distance).FirstOrDefault().name;

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
