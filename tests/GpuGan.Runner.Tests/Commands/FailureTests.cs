using GpuGan.Kernels;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests.Commands;

/// <summary>What the library throws, as the program tells it.</summary>
internal sealed class FailureTests
{
    private static readonly TestCaseData[] Failures =
    [
        new(new DeviceNotFoundException("no device cuda:7: there is none"), 3, "no device cuda:7: there is none; --device cpu works everywhere"),
        new(new DeviceMemoryException("not enough memory on cuda:0 for the data; take fewer rows"), 3, "not enough memory on cuda:0 for the data; take fewer rows"),
        new(new InvalidSettingException("Beta1", "3 is too large; it must be below 1"), 2, "--beta1 3 is too large; it must be below 1"),
        new(new InvalidSettingException("LrD", "-1 is negative", 17), 2, "member 17: --lr-d -1 is negative"),
        new(new InsufficientMemoryException(), 1, "not enough memory; take fewer rows or narrower networks"),
        new(new InvalidOperationException("two\nlines"), 1, "unexpected InvalidOperationException: two lines"),
    ];

    [TestCaseSource(nameof(Failures))]
    public void A_failure_is_one_line_and_an_exit_code(Exception exception, int exitCode, string line)
    {
        using StringWriter error = new();
        Assert.That((int)Failure.OrTell(error, () => throw exception), Is.EqualTo(exitCode));
        Assert.That(error.ToString(), Is.EqualTo($"gpugan: {line}\n"));
    }
}
