using GpuGan.Kernels.Arithmetic;
using ILGPU;

namespace GpuGan.Kernels.Stepwise;

/// <summary>What is added to the rows that the discriminator sees: instance noise, the same in both phases of a step.</summary>
/// <param name="variates"><c>[row, column]</c>, standard normal: of the real rows, then of the fake ones.</param>
/// <param name="deviation">Its standard deviation; 0 for none.</param>
internal readonly struct InputNoise(ArrayView<float> variates, float deviation)
{
    private readonly ArrayView<float> variates = variates;
    private readonly float deviation = deviation;
    private readonly int isAdded = deviation == 0 ? 0 : 1;

    /// <summary>Adds to the inputs of a row.</summary>
    /// <param name="network">Whose inputs.</param>
    /// <param name="row">Which row of the network.</param>
    /// <param name="number">Which row of the variates.</param>
    public void AddTo(NetworkView network, int row, int number)
    {
        DeviceOperations o = default;
        for (int i = 0; isAdded == 1 && i < network.Inputs; i++)
        {
            int input = network.InputOf(row) + i;
            network.Units[input] = o.Fma(deviation, variates[(number * network.Inputs) + i], network.Units[input]);
        }
    }
}
