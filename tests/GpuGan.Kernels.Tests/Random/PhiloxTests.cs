using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Tests.Reference;

namespace GpuGan.Kernels.Tests.Random;

public sealed class PhiloxTests
{
    [Test]
    public void Words_are_the_known_answers_of_Random123()
    {
        IReadOnlyList<KnownAnswer> answers = KnownAnswer.ReadAll();
        Assert.That(answers, Has.Count.EqualTo(3));
        foreach (KnownAnswer answer in answers)
        {
            var counter = new Quad<uint>(answer.Counter[0], answer.Counter[1], answer.Counter[2], answer.Counter[3]);
            Quad<uint> words = Philox.Words(counter, answer.Key[0], answer.Key[1], default(DeviceOperations));
            Assert.That(new[] { words.A, words.B, words.C, words.D }, Is.EqualTo(answer.Result));
        }
    }
}
