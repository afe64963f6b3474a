namespace GpuGan.Tests;

/// <summary>The sources that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>Where the solution lies.</summary>
    public static string Folder { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Join(folder.FullName, "GpuGan.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
