using GpuGan.Kernels.Tiled.Blocks;
using GpuGan.Kernels.Training;

namespace GpuGan.Parity.Tests.Blocks;

/// <summary>Every word of every table, and many random games, in the tiled engine of GPUs on the CPU accelerator.</summary>
[TestFixture]
[Category("Slow")]
public class BlockGameTests
{
    [TestCaseSource(typeof(GameWords), nameof(GameWords.Settings))]
    public void Every_word_gives_the_same_bits(string setting) => AssertSame(GameWords.GameWith(setting), rows: 17, Walk.Layers);

    [Test]
    public void Random_games_give_the_same_bits([Range(0, 39)] int number) => AssertSame(RandomGame.Of(number), rows: 11, Walk.Blocks, Walk.Layers);

    [Test]
    public void Wide_random_games_give_the_same_bits([Range(10, 49)] int number)
    {
        TrainingSettings settings = RandomGame.Wide(number);
        AssertSame(settings, (settings.BatchSize * 3 / 2) + 1, Walk.Layers);
    }

    private static void AssertSame(TrainingSettings settings, int rows, params ReadOnlySpan<Walk> walks) =>
        BothEngines.AssertSame(ReferenceDevice.Device, Accelerators.Reference, settings, rows, walks);
}
