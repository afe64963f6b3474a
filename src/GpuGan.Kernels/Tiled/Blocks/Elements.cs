using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks.Activations;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>What is done to each unit of each row by itself, between the products.</summary>
internal static class Elements
{
    /// <summary>Makes the activation of a pre-activation.</summary>
    public static void Activate<TActivation>(int item, Operation op, Gan gan)
        where TActivation : struct, IActivation
    {
        int at = Place(item, op.Target, op, gan);
        gan.Memory[at] = default(TActivation).Value(gan.Memory[at], op.Coefficient, default(DeviceOperations));
    }

    /// <summary>Multiplies by the derivative of an activation.</summary>
    public static void Bend<TActivation>(int item, Operation op, Gan gan)
        where TActivation : struct, IActivation
    {
        DeviceOperations o = default;
        float slope = default(TActivation).Derivative(gan.Memory[Place(item, op.Values, op, gan)], op.Coefficient, o);
        gan.Memory[Place(item, op.Target, op, gan)] = o.Multiply(gan.Memory[Place(item, op.Source, op, gan)], slope);
    }

    /// <summary>The second pass back, <c>m = f''(s) r u + f'(s) W'm</c>: W'm is there.</summary>
    public static void BendAgain<TActivation>(int item, Operation op, Gan gan)
        where TActivation : struct, IActivation
    {
        DeviceOperations o = default;
        float value = gan.Memory[Place(item, op.Values, op, gan)];
        float second = default(TActivation).SecondDerivative(value, op.Coefficient, o);
        float bent = o.Multiply(o.Multiply(second, gan.Memory[Place(item, op.Source, op, gan)]), gan.Memory[Place(item, op.Sums, op, gan)]);
        float derivative = default(TActivation).Derivative(value, op.Coefficient, o);
        int target = Place(item, op.Target, op, gan);
        gan.Memory[target] = o.Fma(derivative, gan.Memory[target], bent);
    }

    /// <summary>The second pass back where f'' is 0, <c>m = e d</c>.</summary>
    public static void StraightAgain(int item, Operation op, Gan gan)
    {
        DeviceOperations o = default;
        float e = gan.Memory[op.Logits.Row(item / op.Width, gan.Step.Batch)];
        gan.Memory[Place(item, op.Target, op, gan)] = o.Multiply(e, gan.Memory[Place(item, op.Slopes, op, gan)]);
    }

    private static int Place(int item, Matrix matrix, Operation op, Gan gan) => matrix.Row(item / op.Width, gan.Step.Batch) + (item % op.Width);
}
