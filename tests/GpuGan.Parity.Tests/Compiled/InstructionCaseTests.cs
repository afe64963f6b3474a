using Instructions = GpuGan.Kernels.Compiled.Recordings.Operation;

namespace GpuGan.Parity.Tests.Compiled;

[TestFixture]
public class InstructionCaseTests
{
    [Test]
    public void Every_operation_of_numbers_and_words_is_among_them()
    {
        IEnumerable<Instructions> tried = InstructionCase.All.SelectMany(chosen => chosen.Recording().Instructions).Select(line => line.Operation).Distinct();
        Assert.That(
            tried.Except([Instructions.LoadState, Instructions.StoreState]),
            Is.EquivalentTo(Enum.GetValues<Instructions>().Where(operation => operation <= Instructions.ToWord && !IsFast(operation))));
    }

    /// <summary>What fast math takes from the hardware has no bits to be held against.</summary>
    private static bool IsFast(Instructions operation) => operation.ToString().StartsWith("Fast", StringComparison.Ordinal);
}
