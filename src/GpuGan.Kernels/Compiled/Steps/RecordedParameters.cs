using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>The products that some rows add to the gradients of a layer.</summary>
/// <param name="OfWeights"><c>[group][product]</c>: factors by units and by inputs; a weight's gradient adds each product of its unit's and its input's.</param>
/// <param name="OfBiases"><c>[group][unit]</c>: what a bias's gradient adds.</param>
/// <param name="IsInTurn">Whether the rows of the groups take turns, the first of each, then the second; else a group follows the other.</param>
internal readonly record struct GradientTerms((Symbol[] OfUnits, Symbol[] OfInputs)[][] OfWeights, Symbol[][] OfBiases, bool IsInTurn);

/// <summary>
/// What the training kernel keeps of a network: its parameters, their gradients, their averages, and what the optimiser keeps of each.
/// </summary>
internal abstract class RecordedParameters
{
    /// <summary>A weight, in all lanes that use it.</summary>
    public abstract Symbol Weight(Layer layer, int unit, int input);

    /// <summary>A bias, in all lanes that use it.</summary>
    public abstract Symbol Bias(Layer layer, int unit);

    /// <summary>Begins a gradient: the sums over rows are zero.</summary>
    public abstract void ClearGradients();

    /// <summary>Adds rows to the gradients of a layer, in order; records inside of <see cref="RowWalk.Loop"/>.</summary>
    public abstract void AddToGradients(Layer layer, GradientTerms terms);

    /// <summary>Updates all parameters.</summary>
    /// <param name="shared">What they share in this step.</param>
    /// <param name="clip">What they are clamped to, on both sides of zero; null for nothing.</param>
    /// <param name="taken">How much of a parameter its average takes, where it is averaged.</param>
    /// <param name="finite">Zero, or NaN once a parameter was not finite.</param>
    /// <returns>The same after this update.</returns>
    public abstract Symbol Update(OptimizerStep<Symbol> shared, Symbol? clip, Symbol? taken, Symbol finite);

    /// <summary>Records the storing of all but the gradients.</summary>
    public abstract void Store();
}
