using GpuGan.Kernels.Devices;
using ILGPU.Runtime;
using Device = GpuGan.Kernels.Devices.Device;

namespace GpuGan.Kernels.Tests.Devices;

[TestFixture]
internal sealed class AcceleratorCatalogTests
{
    private static readonly AcceleratorEntry Cpu = new(AcceleratorApi.Cpu) { Device = "cpu", Kind = AcceleratorKind.Cpu };
    private static readonly AcceleratorEntry Cuda = new(AcceleratorApi.Cuda) { Device = "cuda:0", Kind = AcceleratorKind.Gpu };
    private static readonly AcceleratorEntry OldCuda = new(AcceleratorApi.Cuda) { Obstacle = new("old", "new") };
    private static readonly AcceleratorEntry NoCuda = new(AcceleratorApi.Cuda) { Obstacle = new("none", "some") };
    private static readonly AcceleratorEntry CpuAgain = new(AcceleratorApi.Opencl) { Device = "opencl:0", Kind = AcceleratorKind.Cpu };
    private static readonly AcceleratorEntry Gpu = new(AcceleratorApi.Opencl) { Device = "opencl:1", Kind = AcceleratorKind.Gpu };
    private static readonly AcceleratorEntry OtherGpu = new(AcceleratorApi.Opencl) { Device = "opencl:2", Kind = AcceleratorKind.Gpu };
    private static readonly AcceleratorEntry BadGpu = new(AcceleratorApi.Opencl) { Kind = AcceleratorKind.Gpu, Obstacle = new("bad", "-") };
    private static readonly AcceleratorEntry Fpga = new(AcceleratorApi.Opencl) { Device = "opencl:3", Kind = AcceleratorKind.Other };

    private static readonly TestCaseData[] Machines =
    [
        new TestCaseData(new[] { Cpu, NoCuda }, "cpu").SetArgDisplayNames("nothing but the CPU"),
        new TestCaseData(new[] { Cpu, Gpu, Cuda }, "cuda:0").SetArgDisplayNames("CUDA before OpenCL"),
        new TestCaseData(new[] { Cpu, OldCuda, BadGpu, Gpu, OtherGpu }, "opencl:1").SetArgDisplayNames("the first that can be used"),
        new TestCaseData(new[] { Cpu, NoCuda, CpuAgain, Gpu }, "opencl:1").SetArgDisplayNames("a GPU before the CPU again"),
        new TestCaseData(new[] { Cpu, NoCuda, CpuAgain }, "cpu").SetArgDisplayNames("never the CPU again"),
        new TestCaseData(new[] { Cpu, NoCuda, BadGpu, Fpga }, "cpu").SetArgDisplayNames("never what is no GPU"),
    ];

    [TestCaseSource(nameof(Machines))]
    public void The_best_is_a_real_gpu_or_the_cpu(AcceleratorEntry[] entries, string best) =>
        Assert.That(AcceleratorCatalog.Best(entries).Device, Is.EqualTo(best));

    [Test]
    public void Every_api_is_listed_and_what_is_usable_can_be_opened()
    {
        IReadOnlyList<AcceleratorEntry> entries = AcceleratorCatalog.List();
        Assert.Multiple(() =>
        {
            Assert.That(entries.Select(entry => entry.Api).Distinct(), Is.EqualTo(Enum.GetValues<AcceleratorApi>()));
            Assert.That(entries.Where(entry => entry.IsUsable == (entry.Device is null)), Is.Empty);
            foreach (AcceleratorEntry entry in entries.Where(entry => entry.IsUsable))
            {
                using Device device = Device.Open(entry.Device!);
                Assert.That((device.Word, device.Name), Is.EqualTo((entry.Device, entry.Name)));
            }
        });
    }

    [Test]
    public void Auto_opens_the_best()
    {
        using Device device = Device.Open("auto");
        Assert.That(device.Word, Is.EqualTo(AcceleratorCatalog.Best(AcceleratorCatalog.List()).Device));
    }

    [Test]
    public void A_device_that_its_driver_does_not_open_is_told() => Assert.That(
        () => Device.OpenFound("cuda", 0, [Cuda], _ => { }, _ => throw new BusyException()),
        Throws.TypeOf<DeviceNotFoundException>().With.Message.EqualTo(
            "cuda:0 is here, but its driver does not open it (all devices are busy); a newer driver may help"));

    [Test]
    public void A_device_past_the_last_usable_one_is_refused([Values("cuda", "opencl")] string kind)
    {
        int usable = AcceleratorCatalog.List().Count(entry => entry.Device?.StartsWith(kind, StringComparison.Ordinal) == true);
        Assert.That(
            () => Device.Open($"{kind}:{usable}"),
            Throws.TypeOf<DeviceNotFoundException>()
                .With.Message.Match($"^no device {kind}:{usable}: (there is no|the last) {kind} device"));
    }

    [Test]
    public void Too_little_memory_is_no_missing_device()
    {
        using Device device = Device.Open("cpu");
        Assert.That(
            () => device.Allocate<int>("the data", () => throw new InsufficientMemoryException()),
            Throws.TypeOf<DeviceMemoryException>().With.Message.EqualTo(
                "not enough memory on cpu for the data; take a smaller batch, narrower networks or fewer rows"));
    }

    private sealed class BusyException() : AcceleratorException("all devices are busy")
    {
        public override AcceleratorType AcceleratorType => AcceleratorType.Cuda;
    }
}
