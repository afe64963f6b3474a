using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Distributions;

namespace GpuGan.Kernels.Tests.Distributions;

[TestFixture]
public class MixtureTests
{
    private const float Step = 1f / (1 << 24);

    [Test]
    public void A_ring_has_as_many_places_as_modes()
    {
        double half = Math.Sqrt(0.5);
        double[][] expected = [[1, 0], [half, half], [0, 1], [-half, half], [-1, 0], [-half, -half], [0, -1], [half, -half]];
        Assert.Multiple(() =>
        {
            foreach ((int mode, double[] center) in expected.Index())
            {
                Assert.That(new Ring().Mixture.Centers[mode], Is.EqualTo(center).Within(1e-15));
            }
        });
    }

    [Test]
    public void A_grid_lies_around_zero()
    {
        Mixture mixture = new Grid().Mixture;
        Assert.Multiple(() =>
        {
            Assert.That(mixture.Centers, Has.Count.EqualTo(25));
            Assert.That(mixture.Centers[0], Is.EqualTo(new double[] { -4, -4 }));
            Assert.That(mixture.Centers[1], Is.EqualTo(new double[] { -4, -2 }));
            Assert.That(mixture.Centers[24], Is.EqualTo(new double[] { 4, 4 }));
            Assert.That(mixture.Mean, Is.All.Zero.Within(1e-15));
            Assert.That(mixture.Covariance, Is.EqualTo(new[] { 8.0025, 0, 0, 8.0025 }).Within(1e-12), "(4² + 2²) 2 / 5 and the variance of a mode");
        });
    }

    /// <summary>At each bound, one step before it, and at both ends, the centre is that of u's own part, and no other.</summary>
    [Test]
    public void The_part_of_a_number_is_its_mode([Values(1, 2, 3, 7, 8, 25, 256)] int modes)
    {
        Ring ring = new(modes);
        for (int mode = 0; mode < modes; mode++)
        {
            float bound = First(mode) * Step, last = (First(mode + 1) - 1) * Step;
            foreach (float u in (float[])[bound, last])
            {
                float[] x = new float[2];
                ring.Row([0, 0], u, x, default(DeviceOperations));
                Assert.That((int)Math.Floor(u * (double)modes), Is.EqualTo(mode));
                Assert.That(ring.Mixture.Nearest(x).Mode, Is.EqualTo(mode), $"{u}");
            }
        }

        long First(long part) => ((part << 24) + modes - 1) / modes;
    }

    [Test]
    public void A_grid_chooses_as_a_mixture_of_all_its_modes_does([Values(1, 2, 3, 5, 7, 32)] int side)
    {
        Grid grid = new(side);
        float[] own = new float[2], all = new float[2];
        for (int i = 0; i < 20_000; i++)
        {
            // Bounds, and numbers beside them and between.
            float u = i < 2 * side * side ? Math.Min(MathF.Ceiling(i / 2 / (float)(side * side) / Step) + (i % 2), (1 << 24) - 1) * Step : ((i * 7919L) % (1 << 24)) * Step;
            grid.Row([1, -1], u, own, default(DeviceOperations));
            grid.Mixture.Row([1, -1], u, all, default(DeviceOperations));
            double place = u * (double)(side * side);
            if (Math.Abs(place - Math.Round(place)) > side * (double)side * 2 * Step)
            {
                Assert.That(Bits.Of(own), Is.EqualTo(Bits.Of(all)), $"{u}");
            }
        }
    }

    /// <summary>What is left of a number lies where sines are defined: from 0 to below 1, in steps of 2^-24.</summary>
    [Test]
    public void The_rest_of_a_number_is_exact([Values(1, 2, 3, 7, 32)] int parts)
    {
        foreach (int step in Enumerable.Range(0, parts).SelectMany(part => new[] { -1, 0, 1 }.Select(beside => (int)((long)part * (1 << 24) / parts) + beside)).Append((1 << 24) - 1))
        {
            if (step >= 0)
            {
                double whole = step * (double)Step * parts;
                Assert.That((double)Equiprobable.Rest(step * Step, parts, default(DeviceOperations)), Is.EqualTo(whole - Math.Floor(whole)), $"{step}");
            }
        }
    }

    [Test]
    public void Moons_and_circles_are_those_of_scikit_learn()
    {
        float[] x = new float[2];
        foreach (int i in Enumerable.Range(0, 1000))
        {
            float u = (i * 16777) * Step;
            new Moons(1).Row([0, 0], u, x, default(DeviceOperations));
            double t = 2 * Math.PI * (u < 0.5 ? u : u - 0.5);
            Assert.That(x, Is.EqualTo(u < 0.5 ? [Math.Cos(t), Math.Sin(t)] : new[] { 1 - Math.Cos(t), 1 - Math.Sin(t) - 0.5 }).Within(1e-6));

            new Circles(0.25, 1).Row([0, 0], u, x, default(DeviceOperations));
            double angle = 4 * Math.PI * u, radius = u < 0.5 ? 1 : 0.25;
            Assert.That(x, Is.EqualTo(new[] { radius * Math.Cos(angle), radius * Math.Sin(angle) }).Within(1e-6));
        }
    }

    [Test]
    public void A_center_that_stands_twice_is_refused() => Assert.Multiple(() =>
    {
        double[][] linspace = [.. Enumerable.Range(0, 8).Select(k => double.SinCosPi(2.0 * k / 7)).Select(pair => (double[])[pair.CosPi, pair.SinPi])];
        Assert.That(() => new Mixture(linspace, 0.01), Throws.ArgumentException.With.Message.EqualTo("two centres of the mixture are the same"));
        Assert.That(() => new Mixture([], 0.01), Throws.ArgumentException);
        Assert.That(() => new Mixture([[]], 0.01), Throws.ArgumentException);
        Assert.That(() => new Mixture([[1], [1, 2]], 0.01), Throws.ArgumentException);
        Assert.That(() => new Mixture([[double.NaN]], 0.01), Throws.ArgumentException);
        Assert.That(() => new Mixture([[1]], 0), Throws.ArgumentException);
        Assert.That(() => new Mixture([[1]], double.NaN), Throws.ArgumentException);
    });
}
