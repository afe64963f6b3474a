using GpuGan.Kernels.Devices;

namespace GpuGan.Kernels.Tests.Devices;

[TestFixture]
public class OpenCLAcceleratorsTests
{
    private static readonly OpenCLCapabilities Good = new(
        "3.0", HasLanguage: true, HasGenericAddressSpace: true, new(true, true, true, true, true), OpenCLDriver.Pocl);

    [Test]
    public void A_device_that_has_all_can_be_used() => Assert.That(OpenCLAccelerators.Judge(Good), Is.Null);

    /// <summary>What a device can do in programs that ask for it says nothing of ours, which cannot ask.</summary>
    [Test]
    public void Division_excludes_no_device() =>
        Assert.That(OpenCLAccelerators.Judge(Good with { FloatingPoint = Good.FloatingPoint with { CanRoundDivision = false } }), Is.Null);

    [Test]
    public void An_old_language_is_refused()
    {
        Obstacle? obstacle = OpenCLAccelerators.Judge(Good with { Language = "1.2", HasLanguage = false, Driver = OpenCLDriver.Other });
        Assert.That(obstacle, Is.EqualTo(new Obstacle("its OpenCL C is 1.2; 2.0 is the least", "install a newer driver of the device")));
    }

    [Test]
    public void A_driver_without_the_generic_address_space_is_refused_with_what_helps()
    {
        OpenCLCapabilities lacking = Good with { HasGenericAddressSpace = false };
        Assert.Multiple(() =>
        {
            Assert.That(OpenCLAccelerators.Judge(lacking)!.Reason, Does.StartWith("its driver lacks the generic address space"));
            Assert.That(OpenCLAccelerators.Judge(lacking)!.Remedy, Does.Contain("Debian 13"));
            Assert.That(OpenCLAccelerators.Judge(lacking with { Driver = OpenCLDriver.Nvidia })!.Remedy, Does.Contain("the device cuda"));
        });
    }

    // The bits of cl_device_fp_config; 0xBF is PoCL's.
    [TestCase(0xBFul, null)]
    [TestCase(0xBEul, "it makes denormal numbers zero")]
    [TestCase(0xBDul, "it has no infinities and NaN")]
    [TestCase(0xBBul, "it does not round to nearest")]
    [TestCase(0x9Ful, "it has no fused multiply-add")]
    [TestCase(0x3Ful, null)]
    [TestCase(0ul, "it makes denormal numbers zero")]
    public void Arithmetic_that_is_not_that_of_the_others_is_refused(ulong config, string? reason)
    {
        Obstacle? obstacle = OpenCLAccelerators.Judge(Good with { FloatingPoint = FloatingPointCapabilities.Of(config) });
        Assert.That(obstacle?.Reason, Is.EqualTo(reason is null ? null : $"{reason}, so it would not give the bits of the others"));
    }

    [TestCase(0xBFul, true)]
    [TestCase(0x3Ful, false)]
    public void A_device_says_whether_it_can_divide_exactly(ulong config, bool exact) =>
        Assert.That(FloatingPointCapabilities.Of(config).CanRoundDivision, Is.EqualTo(exact));

    [Test]
    public void A_library_that_is_not_there_has_a_remedy()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("the names of Linux");
        }

        Assert.Multiple(() =>
        {
            Assert.That(OpenCLAccelerators.Judge(DriverLibraryState.Missing).Reason, Is.EqualTo("there is no libOpenCL.so, so no OpenCL"));
            Assert.That(OpenCLAccelerators.Judge(DriverLibraryState.Missing).Remedy, Does.Contain("ocl-icd-opencl-dev"));
            Assert.That(OpenCLAccelerators.Judge(DriverLibraryState.LinkMissing).Reason, Does.StartWith("libOpenCL.so.1 is here, but not"));
            Assert.That(OpenCLAccelerators.Judge(DriverLibraryState.LinkMissing).Remedy, Does.Contain("ocl-icd-opencl-dev"));
            Assert.That(OpenCLAccelerators.Judge(DriverLibraryState.Found).Reason, Does.Contain("no driver shows it a device"));
        });
    }
}
