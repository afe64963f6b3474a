namespace GpuGan.Kernels.Files;

/// <summary>How a message calls a setting that helps: the library by its property, a program by its option.</summary>
/// <param name="property">Name of the property.</param>
/// <param name="value">What it should be; null where the setting alone is meant.</param>
internal delegate string SettingName(string property, string? value = null);

/// <summary>The library's own names.</summary>
internal static class SettingNames
{
    /// <summary>Such as <c>SkipMissing = true</c>.</summary>
    public static string Property(string property, string? value = null) => value is null ? property : $"{property} = {value}";
}
