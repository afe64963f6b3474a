using MathNet.Numerics.LinearAlgebra;

namespace GpuGan.Runner.Reproductions;

/// <summary>
/// The linear map that an orbit follows, found by least squares: its spectral radius is the factor by which the orbit grows or shrinks in a step in
/// the long run, of which its norms, which swing, tell little.
/// </summary>
internal static class LinearOrbit
{
    // A double eigenvalue is found to the root of the precision only; the product of both, to the precision.
    private const double Indistinguishable = 1e-3;

    /// <summary>The spectral radius of the update.</summary>
    /// <param name="orbit">Points from the first on, not all in one direction.</param>
    /// <param name="order">How many points a step depends on: 1, or 2 where the optimiser keeps one of the step before.</param>
    public static double Radius(IReadOnlyList<double[]> orbit, int order)
    {
        int size = orbit[0].Length, steps = orbit.Count - order;
        Matrix<double> before = Matrix<double>.Build.Dense(steps, size * order), after = Matrix<double>.Build.Dense(steps, size);
        for (int step = 0; step < steps; step++)
        {
            // Rounding is relative to the point, so each step weighs the same.
            double weight = 1 / Math.Sqrt(orbit[step + order - 1].Sum(number => number * number));
            for (int i = 0; i < size; i++)
            {
                after[step, i] = weight * orbit[step + order][i];
                for (int lag = 0; lag < order; lag++)
                {
                    before[step, (lag * size) + i] = weight * orbit[step + order - 1 - lag][i];
                }
            }
        }

        // The companion matrix: a step makes the next point of the last ones, and keeps all of them but the oldest.
        Matrix<double> companion = Matrix<double>.Build.Dense(size * order, size * order, (row, column) => row >= size && column == row - size ? 1 : 0);
        companion.SetSubMatrix(0, 0, before.QR().Solve(after).Transpose());
        if (!companion.ForAll(double.IsFinite))
        {
            return double.NaN;
        }

        double[] moduli = [.. companion.Evd().EigenValues.Select(value => value.Magnitude).Order()];
        return moduli[^1] - moduli[0] < Indistinguishable * moduli[^1] ? Math.Pow(Math.Abs(companion.Determinant()), 1.0 / moduli.Length) : moduli[^1];
    }
}
