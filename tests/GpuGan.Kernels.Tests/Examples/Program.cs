using System.Reflection;

namespace GpuGan.Kernels.Tests.Examples;

/// <summary>Runs a program of the examples in this process.</summary>
internal static class Program
{
    /// <summary>The lines that it prints.</summary>
    /// <param name="assembly">Its name.</param>
    public static string[] Run(string assembly)
    {
        TextWriter before = Console.Out;
        using StringWriter output = new() { NewLine = "\n" };
        Console.SetOut(output);
        try
        {
            Assembly.Load(assembly).EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(before);
        }

        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
