using System.Text.RegularExpressions;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>The instructions of a kernel, and its loops.</summary>
/// <param name="Instructions">In order.</param>
/// <param name="Loops">The first and the last instruction of each, which branches back; in order.</param>
internal sealed partial record MachineCode(IReadOnlyList<string> Instructions, IReadOnlyList<(int First, int Last)> Loops)
{
    /// <summary>Reads what nvdisasm prints: labels, and instructions behind their addresses.</summary>
    public static MachineCode Parse(string listing)
    {
        List<string> instructions = [];
        Dictionary<string, int> labels = [];
        foreach (Match line in Line().Matches(listing))
        {
            if (line.Groups["label"].Success)
            {
                labels[line.Groups["label"].Value] = instructions.Count;
            }
            else
            {
                instructions.Add(line.Groups["instruction"].Value);
            }
        }

        // The kernel ends with an instruction that branches to itself.
        IEnumerable<(int First, int Last)> loops =
            from last in Enumerable.Range(0, instructions.Count)
            let target = Branch().Match(instructions[last])
            where target.Success && labels[target.Groups[1].Value] < last
            select (labels[target.Groups[1].Value], last);
        return new MachineCode(instructions, [.. loops.OrderBy(loop => loop.First)]);
    }

    /// <summary>How many instructions a pass of the outermost loop issues.</summary>
    /// <param name="passes">Of the loops in it, in order.</param>
    public int Issued(params int[] passes)
    {
        (int first, int last) = Loops.MaxBy(loop => loop.Last - loop.First);
        (int First, int Last)[] inner = [.. Loops.Where(loop => loop.First > first && loop.Last < last)];
        Assert.That(inner, Has.Length.EqualTo(passes.Length), "loops in the outermost one");
        Assert.That(Instructions.Skip(first).Take(last - first + 1), Has.None.Contain("CALL"), "a call may be skipped");
        return last - first + 1 + inner.Zip(passes, (loop, count) => (count - 1) * (loop.Last - loop.First + 1)).Sum();
    }

    [GeneratedRegex(@"^\s*(?<label>\.L_\w+):|^\s+/\*[0-9a-f]{4,}\*/\s+(?<instruction>.*?)\s*;", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\bBRA\b.*`\((\.L_\w+)\)")]
    private static partial Regex Branch();
}
