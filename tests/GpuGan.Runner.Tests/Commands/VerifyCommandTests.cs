using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Commands;
using GpuGan.Runner.Verification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests.Commands;

internal sealed class VerifyCommandTests
{
    private static readonly TrainingCase Whole = TrainingCases.All.Single(training => training.Name == "chapter, 20 epochs");
    private static readonly TrainingCase Quick = TrainingCases.All.Single(training => training.Name == "relu");

    [Test]
    [Category("Slow")]
    public void This_machine_is_verified()
    {
        Gpugan run = Gpugan.Run("verify", "--json");
        JsonNode json = JsonNode.Parse(run.Output)!;
        JsonArray checks = json["checks"]!.AsArray();
        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")), run.Output);
            Assert.That((bool)json["verified"]!);
            Assert.That(
                checks.Select(check => (string?)check!["accelerator"]).Distinct(),
                Is.EqualTo(VerifiedAccelerator.All().Select(accelerator => accelerator.Name)));
            foreach (string subject in TrainingCases.All.Select(training => training.Name).Concat(
                ["recorded chapter", "recorded minimax", "recorded partial-batch", "recorded wide"]))
            {
                Assert.That(
                    checks,
                    Has.One.Matches<JsonNode>(check => Text(check, "accelerator") == "cpu" && Text(check, "training") == subject));
            }

            Assert.That(
                checks.Where(check => Text(check, "compared_with") == "cpu")
                    .Select(check => (double?)check!["largest_deviation"])
                    .Distinct(),
                Is.EqualTo(new double?[] { 0 }));
            Assert.That(checks.Select(check => Text(check, "weights_sha256")), Does.Contain(Quick.WeightsSha256));

            // The whole training of every engine, on all but the slow shapes.
            foreach (string accelerator in VerifiedAccelerator.All().Where(accelerator => !accelerator.IsSlow).Select(accelerator => accelerator.Name))
            {
                Assert.That(
                    checks.Where(check => Text(check, "accelerator") == accelerator && Text(check, "weights_sha256") == Whole.WeightsSha256),
                    Has.Exactly(3).Items);
            }
        });

        static string? Text(JsonNode? check, string member) => (string?)check![member];
    }

    [Test]
    public void A_wrong_checksum_is_a_disagreement_that_is_named()
    {
        Gpugan run = Verify([VerifiedAccelerator.Cpu], Quick with { WeightsSha256 = "0123" });
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(4));
            Assert.That(run.Output, Does.Match(@"cpu +relu +known checksum +NO +- +\d+\.\d\d s +FAILED"));
            Assert.That(run.Output, Does.Contain($"FAILED: cpu: relu: weights_sha256 is {Quick.WeightsSha256}, not the known checksum\n"));
            Assert.That(run.Output, Does.EndWith("\nNOT verified: 1 of 3 checks failed on cpu\n"));
        });
    }

    [Test]
    public void What_holds_is_told_in_a_table()
    {
        Gpugan run = Verify([VerifiedAccelerator.Cpu, VerifiedAccelerator.OtherCpus[0]], Quick);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Output, Does.Match(@"cpu +relu +known checksum +yes +- +\d+\.\d\d s +holds"));
            Assert.That(run.Output, Does.Match(@"cpu 4x4x1 +relu +cpu +yes +0 +\d+\.\d\d s +holds"));
            Assert.That(run.Output, Does.Match(@"cpu +recorded wide +PyTorch +- +\d\.\de-7 of 2\.0e-6 +\d+\.\d\d s +holds"));
            Assert.That(run.Output, Does.EndWith("\nverified: all 4 checks hold on cpu, cpu 4x4x1\n"));
            Assert.That(run.Output.Split('\n').Max(line => line.Length), Is.InRange(1, 100));
        });
    }

    /// <summary>The other is the CPU too; it is made to disagree by training another seed.</summary>
    [Test]
    public void Other_bits_are_a_disagreement()
    {
        using Device cpu = Device.Open("cpu");
        TrainingOutcome reference = TrainingOutcome.Of(Quick, cpu, Engine.Stepwise);
        TrainingOutcome other = TrainingOutcome.Of(Quick with { Settings = Quick.Settings with { Seed = 1 } }, cpu, Engine.Stepwise);
        Check check = Verifier.Against(new Check("opencl:0", "relu", "cpu"), reference, other);
        Assert.That((check.Holds, check.SameBits, check.LargestDeviation > 0.01), Is.EqualTo((false, (bool?)false, true)));
    }

    [Test]
    public void An_accelerator_that_fails_does_not_keep_the_others_from_being_verified()
    {
        VerifiedAccelerator broken = new("cuda:0", () => throw new DeviceNotFoundException("the driver has gone"));
        Gpugan run = Verify([VerifiedAccelerator.Cpu, broken, VerifiedAccelerator.OtherCpus[0]], Quick);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(4));
            Assert.That(run.Output, Does.Contain("FAILED: cuda:0: opening it: the driver has gone\n"));
            Assert.That(run.Output, Does.Match("cpu 4x4x1 +relu +cpu +yes"));
            Assert.That(run.Output, Does.EndWith("NOT verified: 1 of 5 checks failed on cpu, cuda:0, cpu 4x4x1\n"));
        });
    }

    [Test]
    public void A_training_that_cannot_be_run_is_a_disagreement()
    {
        Gpugan run = Verify([VerifiedAccelerator.Cpu], Quick with { Settings = Quick.Settings with { BatchSize = -1 } });
        Assert.That(run.ExitCode, Is.EqualTo(4));
        Assert.That(run.Output, Does.Match("FAILED: cpu: relu: .*-1"));
    }

    [Test]
    public void A_device_that_is_not_there_is_told_before_the_trainings()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Gpugan.Run("verify", "--device", "cuda:77").ExitCode, Is.EqualTo(3));
            Gpugan unknown = Gpugan.Run("verify", "--device", "gpu");
            Assert.That(unknown.ExitCode, Is.EqualTo(2));
            Assert.That(unknown.Error, Does.EndWith("unknown device 'gpu'; write auto, cpu, cuda, cuda:N, opencl or opencl:N, or all\n"));
        });
    }

    [Test]
    public void The_reference_has_as_many_threads_as_are_asked_for([Values(1, 3)] int threads)
    {
        foreach (IReadOnlyList<VerifiedAccelerator> accelerators in
            (IReadOnlyList<VerifiedAccelerator>[])[VerifiedAccelerator.All(threads), VerifiedAccelerator.Only("cpu", threads)])
        {
            using Device device = accelerators[0].Open();
            Assert.That(device.Name, Is.EqualTo(threads == 1 ? "1 CPU thread" : "3 CPU threads"));
        }
    }

    private static Gpugan Verify(IReadOnlyList<VerifiedAccelerator> accelerators, TrainingCase training)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new();
        ExitCode exitCode = VerifyCommand.Run(accelerators, [training], ["wide"], json: false, output, error);
        return new Gpugan((int)exitCode, output.ToString(), error.ToString());
    }
}
