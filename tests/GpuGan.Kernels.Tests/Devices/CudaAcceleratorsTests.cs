using GpuGan.Kernels.Devices;

namespace GpuGan.Kernels.Tests.Devices;

[TestFixture]
public class CudaAcceleratorsTests
{
    [Test]
    public void A_driver_that_is_new_enough_can_be_used() =>
        Assert.That(CudaAccelerators.Judge(new CudaCapabilities("12.4", "11.8", HasInstructionSet: true)), Is.Null);

    [Test]
    public void A_driver_that_is_too_old_is_refused() =>
        Assert.That(
            CudaAccelerators.Judge(new CudaCapabilities("8.0", "9.0", HasInstructionSet: false)),
            Is.EqualTo(new Obstacle(
                "its driver runs CUDA up to 8.0, which is too old: 9.0 is the least for this GPU",
                "install a newer NVIDIA driver")));

    [Test]
    public void A_library_that_is_not_there_has_a_remedy()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("the names of Linux");
        }

        Assert.Multiple(() =>
        {
            Assert.That(CudaAccelerators.Judge(DriverLibraryState.Missing).Reason, Does.Contain("no libcuda.so, so no NVIDIA driver"));
            Assert.That(CudaAccelerators.Judge(DriverLibraryState.LinkMissing).Remedy, Does.Contain("ln -s libcuda.so.1 libcuda.so"));
            Assert.That(CudaAccelerators.Judge(DriverLibraryState.Found).Remedy, Does.Contain("nvidia-smi"));
        });
    }
}
