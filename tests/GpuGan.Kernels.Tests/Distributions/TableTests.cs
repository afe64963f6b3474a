using GpuGan.Kernels.Distributions;

namespace GpuGan.Kernels.Tests.Distributions;

internal sealed class TableTests
{
    [Test]
    public void Rows_are_known_by_a_hash_that_other_programs_can_compute()
    {
        // Python's hashlib.sha256(struct.pack('<4d', 1, 2, -0.5, 1e300)).
        Table table = new([1, 2, -0.5, 1e300], 2, ["a", "b"]);
        Assert.That(table.Sha256, Is.EqualTo("56e3f5f21ab7b3308d187c85aca4e39a11e0523f7056a3149b9bbe1c44ea3cc2"));
        Assert.That(new Table([1, 2, -0.5, 1e300], 2).Sha256, Is.EqualTo(table.Sha256), "names do not count");
        Assert.That(new Table([1, 2, -0.5, 1.1e300], 2).Sha256, Is.Not.EqualTo(table.Sha256));
    }
}
