using System.Globalization;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>What a kernel takes of a GPU, for each thread.</summary>
/// <param name="Registers">32-bit registers.</param>
/// <param name="Stack">Bytes of slow memory for arrays and calls.</param>
/// <param name="Spill">Bytes stored to and loaded from it for lack of registers.</param>
internal readonly record struct RegisterUse(int Registers, int Stack, int Spill)
{
    private const string Head = """
        # Registers, bytes of stack, bytes of spills of each kernel and architecture, as ptxas -v of CUDA 12.4 says; AssemblyTests compare.
        # To renew: eng/renew-registers.sh
        """;

    /// <summary>Reads the record that lies beside the test assembly.</summary>
    public static Dictionary<(string Kernel, string Architecture), RegisterUse> ReadAll() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Devices", "registers.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(words => (words[0], words[1]), words => new RegisterUse(Number(words[2]), Number(words[3]), Number(words[4])));

    /// <summary>Writes the record anew, among the sources.</summary>
    public static void WriteAll(IEnumerable<(string Kernel, string Architecture, RegisterUse Use)> record)
    {
        File.WriteAllText(
            Path.Join(Repository.Folder, "tests", "GpuGan.Kernels.Tests", "Devices", "registers.txt"),
            string.Join('\n', [Head, .. record.Select(line => $"{line.Kernel,-66} {line.Architecture} {line.Use}"), ""]));
    }

    public override string ToString() => $"{Registers,3} {Stack} {Spill}";

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
