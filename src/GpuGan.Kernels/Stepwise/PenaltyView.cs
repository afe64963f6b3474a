using ILGPU;

namespace GpuGan.Kernels.Stepwise;

/// <summary>
/// What the tangent pass fills for the rows that have a penalty, <c>[row, unit]</c> each, laid out as the discriminator's units. Empty where
/// there is no penalty.
/// </summary>
/// <param name="sums">For each unit the derivative of the logit with respect to its activation; of the inputs it is the gradient g.</param>
/// <param name="slopes">For each unit the derivative of the logit with respect to its pre-activation.</param>
/// <param name="pretangents">For each unit the derivative of its pre-activation along v.</param>
/// <param name="tangents">For each unit the derivative of its activation along v; of the inputs it is v.</param>
/// <param name="real">Strength of the penalty on real rows, 0 for none.</param>
/// <param name="fake">Strength of the penalty on fake rows, 0 for none.</param>
/// <param name="between">Strength of the penalty on rows between them, 0 for none.</param>
/// <param name="isPiecewiseLinear">1 where the discriminator's activation is, else 0.</param>
internal readonly struct PenaltyView(
    ArrayView<float> sums,
    ArrayView<float> slopes,
    ArrayView<float> pretangents,
    ArrayView<float> tangents,
    float real,
    float fake,
    float between,
    int isPiecewiseLinear)
{
    public readonly ArrayView<float> Sums = sums;
    public readonly ArrayView<float> Slopes = slopes;
    public readonly ArrayView<float> Pretangents = pretangents;
    public readonly ArrayView<float> Tangents = tangents;
    public readonly int IsPiecewiseLinear = isPiecewiseLinear;
    private readonly float real = real;
    private readonly float fake = fake;
    private readonly float between = between;
    private readonly int hasReal = real == 0 ? 0 : 1;
    private readonly int hasFake = fake == 0 ? 0 : 1;

    /// <summary>1 where a row has a penalty, else 0.</summary>
    public int Has(int row, RowGroups groups) => row < groups.Fake ? hasReal : row < groups.Between ? hasFake : 1;

    /// <summary>The strength of the penalty on a row, 0 for none.</summary>
    public float Of(int row, RowGroups groups) => row < groups.Fake ? real : row < groups.Between ? fake : between;
}
