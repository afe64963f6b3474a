using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>NVIDIA's ptxas, which makes machine code of PTX and needs no GPU.</summary>
internal sealed partial class Assembler
{
    private readonly string path, help;

    private Assembler(string path) => (this.path, help) = (path, Run(path, "--help"));

    /// <summary>The one that GPUGAN_PTXAS names, else the one on the PATH; null where there is none.</summary>
    public static Assembler? Find()
    {
        IEnumerable<string> onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Join(folder, OperatingSystem.IsWindows() ? "ptxas.exe" : "ptxas"));
        string? named = Environment.GetEnvironmentVariable("GPUGAN_PTXAS");
        string? found = string.IsNullOrEmpty(named) ? onPath.FirstOrDefault(File.Exists) : named;
        return found is null ? null : new Assembler(found);
    }

    /// <summary>Such as <c>release 12.4, V12.4.131</c>.</summary>
    public string Version => Release().Match(Run(path, "--version")).Value;

    /// <summary>Whether it can write code for an architecture, such as <c>sm_90</c>.</summary>
    public bool Knows(string architecture) => help.Contains($"'{architecture}'", StringComparison.Ordinal);

    /// <summary>Assembles one kernel.</summary>
    /// <exception cref="InvalidOperationException">It does not assemble; the message says why.</exception>
    public RegisterUse Assemble(string ptx, string architecture) => Assemble(ptx, architecture, (report, _) =>
        new RegisterUse(Number(Used(), report), Number(Stack(), report), Number(Stores(), report) + Number(Loads(), report)));

    /// <summary>The machine code of one kernel, as the nvdisasm beside ptxas lists it; null where there is none.</summary>
    public MachineCode? Disassemble(string ptx, string architecture)
    {
        string disassembler = Path.Join(Path.GetDirectoryName(path), "nvdisasm");
        return File.Exists(disassembler)
            ? Assemble(ptx, architecture, (_, cubin) => MachineCode.Parse(Run(disassembler, "-c", cubin)))
            : null;
    }

    private T Assemble<T>(string ptx, string architecture, Func<string, string, T> read)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, ptx);
            return read(Run(path, "-v", $"-arch={architecture}", "-o", file + ".cubin", file), file + ".cubin");
        }
        finally
        {
            File.Delete(file);
            File.Delete(file + ".cubin");
        }
    }

    private static int Number(Regex pattern, string report) => pattern.Matches(report).Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    private static string Run(string path, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(output);
    }

    [GeneratedRegex(@"release .*")]
    private static partial Regex Release();

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex Used();

    [GeneratedRegex(@"(\d+) bytes stack frame")]
    private static partial Regex Stack();

    [GeneratedRegex(@"(\d+) bytes spill stores")]
    private static partial Regex Stores();

    [GeneratedRegex(@"(\d+) bytes spill loads")]
    private static partial Regex Loads();
}
