using System.Collections.Concurrent;
using ILGPU.Runtime.Cuda;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>
/// Assembles every kernel for each architecture that the ptxas here knows: its PTX is valid, nothing is spilled, and no
/// kernel takes many more registers than <c>registers.txt</c> has recorded.
/// </summary>
[Category("Slow")]
public sealed class AssemblyTests
{
    // The releases of ptxas differ by a few.
    private const int Tolerance = 8;

    [Test]
    public void Kernels_assemble_without_spills_and_with_the_registers_that_are_recorded()
    {
        Assembler? assembler = Assembler.Find();
        if (assembler is null)
        {
            Assert.Ignore("skipped: no ptxas in GPUGAN_PTXAS or on the PATH; eng/ptxas.sh fetches one");
            return;
        }

        (string Kernel, string Architecture, RegisterUse Use)[] uses = Assemble(assembler);
        TestContext.Out.WriteLine($"ptxas {assembler.Version}\nkernel, architecture, registers, bytes of stack, bytes of spills");
        TestContext.Out.WriteLine(string.Join('\n', uses.Select(use => $"{use.Kernel} {use.Architecture} {use.Use}")));
        if (Environment.GetEnvironmentVariable("GPUGAN_RENEW") == "1")
        {
            RegisterUse.WriteAll(uses);
            Assert.Pass("registers.txt is renewed");
        }

        Dictionary<(string Kernel, string Architecture), RegisterUse> recorded = RegisterUse.ReadAll();
        Assert.That(recorded.Keys.Select(key => key.Kernel).Distinct(), Is.EquivalentTo(KernelList.All.Select(KernelList.Name)), "the kernels of registers.txt");
        Assert.Multiple(() =>
        {
            foreach ((string kernel, string architecture, RegisterUse use) in uses)
            {
                // An architecture of a newer ptxas has no record; spills are refused there too.
                RegisterUse limit = recorded.GetValueOrDefault((kernel, architecture), new RegisterUse(255, 0, 0));
                Assert.That(use.Registers, Is.InRange(1, limit.Registers + Tolerance), $"registers of {kernel} for {architecture}");
                Assert.That(use.Stack, Is.InRange(0, limit.Stack), $"stack of {kernel} for {architecture}");
                Assert.That(use.Spill, Is.InRange(0, limit.Spill), $"spills of {kernel} for {architecture}");
            }
        });
    }

    private static (string Kernel, string Architecture, RegisterUse Use)[] Assemble(Assembler assembler)
    {
        ConcurrentBag<(string Kernel, string Architecture, RegisterUse Use)> uses = [];
        foreach (CudaArchitecture architecture in PtxCompiler.Architectures)
        {
            string name = $"sm_{architecture.Major}{architecture.Minor}";
            if (assembler.Knows(name))
            {
                Parallel.ForEach(PtxCompiler.Compile(KernelList.All, architecture).ToArray(), new ParallelOptions { MaxDegreeOfParallelism = 2 }, compiled =>
                    uses.Add((KernelList.Name(compiled.Kernel), name, assembler.Assemble(compiled.Ptx, name))));
            }
            else
            {
                TestContext.Out.WriteLine($"{name}: read only, this ptxas does not know it");
            }
        }

        return [.. uses.OrderBy(use => use.Kernel, StringComparer.Ordinal).ThenBy(use => use.Architecture, StringComparer.Ordinal)];
    }
}
