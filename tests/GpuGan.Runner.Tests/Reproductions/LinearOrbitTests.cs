using GpuGan.Runner.Reproductions;

namespace GpuGan.Runner.Tests.Reproductions;

internal sealed class LinearOrbitTests
{
    /// <summary>A spiral, a saddle whose larger eigenvalue counts, and a double eigenvalue, which rounding would split.</summary>
    [TestCase(0.9, -0.3, 0.3, 0.9, 0.948683)]
    [TestCase(1.1, 0, 0.2, 0.5, 1.1)]
    [TestCase(1, -0.1, 0.1, 0.8, 0.9)]
    public void The_radius_of_a_map_is_found(double a, double b, double c, double d, double radius)
    {
        List<double[]> orbit = [[1, 0.2]];
        for (int step = 0; step < 60; step++)
        {
            double[] x = orbit[^1];
            orbit.Add([(float)((a * x[0]) + (b * x[1])), (float)((c * x[0]) + (d * x[1]))]);
        }

        Assert.That(LinearOrbit.Radius(orbit, order: 1), Is.EqualTo(radius).Within(1e-5));
    }

    [Test]
    public void A_step_may_depend_on_two_points()
    {
        List<double[]> orbit = [[1, 0.5], [0.9, 0.6]];
        while (orbit.Count < 50)
        {
            double[] x = orbit[^1], y = orbit[^2];
            orbit.Add([(1.2 * x[0]) - (0.45 * y[0]), (0.7 * x[1]) - (0.1 * y[1])]);
        }

        // The larger root of z² = 1.2 z - 0.45, a complex one, is sqrt(0.45) away from zero.
        Assert.That(LinearOrbit.Radius(orbit, order: 2), Is.EqualTo(Math.Sqrt(0.45)).Within(1e-6));
    }

    [Test]
    public void What_diverged_has_no_radius() => Assert.That(LinearOrbit.Radius([[1, 1], [double.NaN, 1], [1, 2], [3, 1]], order: 1), Is.NaN);
}
