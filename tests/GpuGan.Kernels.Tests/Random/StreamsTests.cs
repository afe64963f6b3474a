using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Tests.Random;

public sealed class StreamsTests
{
    [Test]
    public void An_element_is_one_of_four_of_its_block()
    {
        float[] elements = Fill(seed: 0x0123456789abcdef, StreamId.Noise, step: 41, count: 40);
        for (uint block = 0; block < 10; block++)
        {
            // The counter as the documentation lays it out: block, step, stream, 0; the key is the seed, its low half first.
            var counter = new Quad<uint>(block, 41, 2, 0);
            Quad<uint> words = Philox.Words(counter, 0x89abcdefu, 0x01234567u, default(DeviceOperations));
            NormalVariates.BoxMuller(words.A, words.B, default(DeviceOperations), out float a, out float b);
            NormalVariates.BoxMuller(words.C, words.D, default(DeviceOperations), out float c, out float d);
            Assert.That(Bits.Of(elements.AsSpan((int)block * 4, 4).ToArray()), Is.EqualTo(Bits.Of([a, b, c, d])));
        }
    }

    // Made by an independent Philox4x32-10 in Python: (first word << 32 | second) >> 11, times 2^-53.
    [TestCase(0ul, 0u, 0u, 0.9458541296327005)]
    [TestCase((1ul << 63) + 5, 3u, 12345u, 0.7186402248964091)]
    public void A_uniform_number_is_made_of_the_first_two_words(ulong seed, uint step, uint element, double number)
    {
        Assert.That(Streams.Uniform(seed, StreamId.Sweep, step, element), Is.EqualTo(number));
    }

    [Test]
    public void A_choice_is_made_of_the_first_word_of_its_own_call()
    {
        // The counter as the documentation lays it out: row, step, stream 8, the stream of the row.
        Quad<uint> words = Philox.Words(new Quad<uint>(77, 3, 8, 3), 0x89abcdefu, 0x01234567u, default(DeviceOperations));
        Streams.Choice(0x89abcdefu, 0x01234567u, StreamId.Evaluation, 3u, 77u, default(DeviceOperations), out float number);
        Assert.That(number, Is.EqualTo((words.A >> 8) / (double)(1 << 24)));
    }

    [Test]
    public void A_shorter_draw_is_the_beginning_of_a_longer_one()
    {
        float[] longest = Fill(seed: 5, StreamId.Evaluation, step: 0, count: 103);
        for (int count = 0; count <= longest.Length; count++)
        {
            Assert.That(Bits.Of(Fill(seed: 5, StreamId.Evaluation, step: 0, count)), Is.EqualTo(Bits.Of(longest[..count])));
        }
    }

    [Test]
    public void A_draw_may_begin_with_any_block()
    {
        float[] later = new float[11];
        Streams.Fill(seed: 5, StreamId.Evaluation, step: 0, later, firstBlock: 23);
        Assert.That(Bits.Of(later), Is.EqualTo(Bits.Of(Fill(seed: 5, StreamId.Evaluation, step: 0, count: 103)[92..])));
    }

    [Test]
    public void Seeds_streams_steps_and_elements_all_give_other_numbers()
    {
        ulong[] seeds = [0, 1, 1ul << 31, 1ul << 32, 1ul << 63, ulong.MaxValue];
        uint[] steps = [0, 1, uint.MaxValue];
        var seen = new HashSet<float>();
        int drawn = 0;
        foreach (ulong seed in seeds)
        {
            foreach (StreamId stream in Enum.GetValues<StreamId>())
            {
                foreach (uint step in steps)
                {
                    seen.UnionWith(Fill(seed, stream, step, count: 8));
                    drawn += 8;
                }
            }
        }

        // 1,296 draws from about 2^24 values: chance alone would let about 0.05 of them meet.
        Assert.That(seen, Has.Count.EqualTo(drawn));
    }

    [Test]
    public void The_streams_have_the_numbers_that_recorded_runs_rely_on() =>
        Assert.That(
            Enum.GetValues<StreamId>().Select(stream => ((uint)stream, stream)),
            Is.EqualTo(new[] { (0u, StreamId.Data), (1u, StreamId.InitialWeights), (2u, StreamId.Noise), (3u, StreamId.Evaluation), (4u, StreamId.Sweep), (5u, StreamId.RowOrder), (6u, StreamId.InputNoise), (7u, StreamId.Mix), (8u, StreamId.Choice) }));

    private static float[] Fill(ulong seed, StreamId stream, uint step, int count)
    {
        float[] elements = new float[count];
        Streams.Fill(seed, stream, step, elements);
        return elements;
    }
}
