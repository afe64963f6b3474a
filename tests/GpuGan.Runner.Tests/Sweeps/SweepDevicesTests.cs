using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Sweeps.Execution;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Trainings;

namespace GpuGan.Runner.Tests.Sweeps;

internal sealed class SweepDevicesTests
{
    [Test]
    public void All_takes_each_accelerator_once()
    {
        AcceleratorEntry[] entries =
        [
            new(AcceleratorApi.Cpu) { Device = "cpu", Name = "2 CPU threads", Kind = AcceleratorKind.Cpu },
            new(AcceleratorApi.Cuda) { Device = "cuda:0", Name = "NVIDIA A", Kind = AcceleratorKind.Gpu },
            new(AcceleratorApi.Cuda) { Device = "cuda:1", Name = "NVIDIA B", Kind = AcceleratorKind.Gpu },
            new(AcceleratorApi.Opencl) { Device = "opencl:0", Name = "NVIDIA A", Kind = AcceleratorKind.Gpu },
            new(AcceleratorApi.Opencl) { Device = "opencl:1", Name = "Radeon", Kind = AcceleratorKind.Gpu },
            new(AcceleratorApi.Opencl) { Device = "opencl:2", Name = "pthread", Kind = AcceleratorKind.Cpu },
        ];
        Assert.That(SweepDevices.All(entries), Is.EqualTo(new[] { "cpu", "cuda:0", "cuda:1", "opencl:1" }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Kernels_are_compiled_once_for_all_numbers_of_epochs_and_rows(bool sharedData)
    {
        SweepRequest request = new(null, new Dictionary<string, IReadOnlyList<string>>
        {
            ["epochs"] = ["2", "3"],
            ["rows"] = ["9", "20"],
            ["discriminator"] = ["2-2-1"],
            ["shared_data"] = [sharedData ? "true" : "false"],
        });
        SweepPlan plan = new(SweepSpecification.Of(request, 2, null));
        using SweepDevice device = new(Device.Open("cpu"), SweepData.Of(request), mostMembers: 8);
        List<TimeSpan> times = [];
        foreach (KernelGroup group in plan.Groups)
        {
            device.Train(plan, group, new WorkSet([group.Work]), _ => { });
            CompiledKernels kernels = device.KernelsOf(plan, group);
            times.Add(kernels.EmitTime);
        }

        Assert.That(times, Has.Count.EqualTo(4).And.All.EqualTo(times[0]));
        Assert.That(times[0], Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void All_stands_alone()
    {
        Gpugan run = Gpugan.Run("sweep", "--device", "cpu,all", "--plan");
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((2, "gpugan: --device 'cpu,all': all stands alone, as it means every accelerator\n")));
    }

    [Test]
    public void A_word_that_is_no_device_makes_no_folder()
    {
        using TemporaryFolder folder = new();
        Gpugan run = Gpugan.Run([.. SweepFiles.Small.Select(word => word == "cpu" ? "cpu,gpu" : word), "--out", folder["s"]]);
        Assert.That(
            (run.ExitCode, run.Error, run.Output),
            Is.EqualTo((2, "gpugan: --device: unknown device 'gpu'; write auto, cpu, cuda, cuda:N, opencl or opencl:N, or all, or several between commas\n", "")));
        Assert.That(Directory.Exists(folder["s"]), Is.False);
    }
}
