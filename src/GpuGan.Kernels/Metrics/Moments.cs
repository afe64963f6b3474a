using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using MathNet.Numerics.LinearAlgebra;

namespace GpuGan.Kernels.Metrics;

/// <summary>Mean and covariance of a distribution of rows.</summary>
/// <param name="Mean"><c>[column]</c>.</param>
/// <param name="Covariance"><c>[column, column]</c>.</param>
public sealed record Moments(Vector<double> Mean, Matrix<double> Covariance)
{
    /// <summary>The moments of a sample, with 1/n.</summary>
    public static Moments Of(DataSet rows) => throw new NotImplementedException();

    /// <summary>The moments of a Gaussian.</summary>
    public static Moments Of(Gaussian distribution) => throw new NotImplementedException();

    /// <summary>The moments of what a generator makes: exact where it is linear, else from 10,000 samples of the seed's evaluation stream.</summary>
    public static Moments Of(GanParameters parameters, Activation activation, ulong seed) => throw new NotImplementedException();
}
