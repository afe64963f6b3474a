using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Tests.Commands;

internal sealed class DevicesCommandTests
{
    private static readonly AcceleratorEntry Cpu = new(AcceleratorApi.Cpu)
    {
        Device = "cpu",
        Name = "2 CPU threads",
        Kind = AcceleratorKind.Cpu,
        Memory = 3L << 30,
        KeepsDenormals = true,
        Division = DivisionRounding.Exact,
    };

    private static readonly AcceleratorEntry NoCuda = new(AcceleratorApi.Cuda) { Obstacle = new("there is no driver", "install it") };

    private static readonly AcceleratorEntry Gpu = new(AcceleratorApi.Opencl)
    {
        Device = "opencl:0",
        Name = "Radeon Graphics (renoir, LLVM 19)",
        Kind = AcceleratorKind.Gpu,
        Memory = 5L << 29,
        KeepsDenormals = true,
        Division = DivisionRounding.ExactIfAsked,
    };

    private static readonly AcceleratorEntry Flushing = new(AcceleratorApi.Opencl)
    {
        Name = "Mali",
        Kind = AcceleratorKind.Gpu,
        Memory = 1L << 30,
        KeepsDenormals = false,
        Division = DivisionRounding.Approximate,
        Obstacle = new("it makes denormal numbers zero", "train on another device"),
    };

    private static readonly AcceleratorEntry CpuAgain = Gpu with { Name = "pocl", Kind = AcceleratorKind.Cpu };

    [Test]
    public void The_table_has_every_device_and_what_is_in_the_way_of_the_others()
    {
        string[] lines = Table(Cpu, NoCuda, Gpu, Flushing).Split('\n', StringSplitOptions.TrimEntries);
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.One.Matches("^device +hardware +kind +memory +denormals +division +usable$"));
            Assert.That(lines, Has.One.Matches("^cpu +2 CPU threads +CPU +3.0 GiB +kept +exact +yes$"));
            Assert.That(lines, Has.One.Matches("^- +- +CUDA +- +- +- +no$"));
            Assert.That(lines, Has.One.Matches(@"^opencl:0 +Radeon Graphics .* +OpenCL GPU +2.5 GiB +kept +exact if asked +auto$"));
            Assert.That(lines, Has.One.Matches("^- +Mali +OpenCL GPU +1.0 GiB +zeroed +approximate +no$"));
            Assert.That(lines, Does.Contain("auto takes opencl:0: no CUDA device can be used, and it is the first OpenCL GPU"));
            Assert.That(
                string.Join('\n', lines),
                Does.Contain("CUDA: there is no driver\ninstall it\nOpenCL: Mali: it makes denormal numbers zero\ntrain on"));
            Assert.That(lines.Max(line => line.Length), Is.InRange(1, 100));
        });
    }

    [Test]
    public void An_opencl_device_that_is_the_cpu_again_is_said_to_be_it() =>
        Assert.That(Table(Cpu, NoCuda, CpuAgain), Does.Contain("auto takes cpu: no GPU can be used, and opencl:0 is the CPU again\n"));

    [Test]
    public void A_device_that_may_divide_in_its_own_way_is_said_to_give_the_same_bits()
    {
        Assert.That(Table(Cpu, NoCuda, CpuAgain), Does.Contain("\ndivision: on OpenCL, kernels make quotients and roots of integers, to the same bits as elsewhere\n"));
        Assert.That(Table(Cpu, NoCuda, Flushing), Does.Not.Contain("division:"), "no device that can be used");
    }

    [Test]
    public void Json_has_every_device()
    {
        string json = DevicesReport.ToJson([Cpu, NoCuda, Flushing]).ToJsonString();
        Assert.That(json, Is.EqualTo(
            """
            {"devices":[
            {"device":"cpu","device_name":"2 CPU threads","api":"cpu","kind":"cpu","memory_bytes":3221225472,
            "keeps_denormals":true,"division":"exact","usable":true,"reason":null,"remedy":null,"auto":true},
            {"device":null,"device_name":null,"api":"cuda","kind":null,"memory_bytes":null,
            "keeps_denormals":null,"division":null,"usable":false,"reason":"there is no driver","remedy":"install it","auto":false},
            {"device":null,"device_name":"Mali","api":"opencl","kind":"gpu","memory_bytes":1073741824,
            "keeps_denormals":false,"division":"approximate","usable":false,
            "reason":"it makes denormal numbers zero","remedy":"train on another device","auto":false}
            ]}
            """.ReplaceLineEndings("")));
    }

    [Test]
    public void The_command_tells_of_this_machine()
    {
        Gpugan table = Gpugan.Run("devices"), json = Gpugan.Run("devices", "--json");
        Assert.Multiple(() =>
        {
            Assert.That((table.ExitCode, table.Error, json.ExitCode, json.Error), Is.EqualTo((0, "", 0, "")));
            Assert.That(table.Output, Does.Match("cpu +[0-9]+ CPU threads? +CPU").And.Match("auto takes [a-z]+(:[0-9]+)?: "));
            Assert.That(table.Output, Does.Not.Contain("\u001b"), "plain text where there is no terminal");
            JsonArray devices = JsonNode.Parse(json.Output)!["devices"]!.AsArray();
            Assert.That(devices.Count(device => (bool)device!["auto"]!), Is.EqualTo(1));
            Assert.That((string?)devices[0]!["device"], Is.EqualTo("cpu"));
        });
    }

    private static string Table(params AcceleratorEntry[] entries)
    {
        using StringWriter output = new() { NewLine = "\n" };
        DevicesReport.Write(output, entries);
        return output.ToString();
    }
}
