using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Tests.Training;

/// <summary>A loss, an activation and an optimiser of another assembly's, with no word in any table, in all engines.</summary>
[TestFixture]
public class OwnGameTests
{
    private const int Rows = 21;

    [Test]
    public void A_game_of_ones_own_is_the_same_in_all_engines([Values(0, 0.3)] double penalty)
    {
        TrainingSettings settings = new TrainingSettings
        {
            Generator = new Network(2, 4, 2),
            Discriminator = new Network(2, 5, 3, 1),
            Loss = default(FisherLoss),
            DOptimizer = default(SignDescent),
            R1 = penalty,
            InitStd = 0.5,
            Epochs = 3,
            LrD = 0.01,
        }.WithActivation(new SoftSign(2));
        using Device device = Device.Open("cpu");
        DataSet data = Gaussian.Chapter.Sample(seed: 3, Rows);
        using StepwiseTrainer stepwise = new(device, settings, data);
        using CompiledTrainer compiled = new(new CompiledKernels(device, settings, data), [settings]);
        using TiledTrainer tiled = new(device, settings, data);
        EpochLosses last = null!, ofTiled = null!;
        for (int epoch = 0; epoch < settings.Epochs; epoch++)
        {
            last = stepwise.TrainEpoch();
            ofTiled = tiled.TrainEpoch();
        }

        compiled.Train(settings.Epochs * compiled.StepsPerEpoch, withLosses: true);
        Assert.Multiple(() =>
        {
            Assert.That(compiled.ReadParameters()[0].Sha256, Is.EqualTo(stepwise.ReadParameters().Sha256));
            Assert.That(Bits.Of(compiled.ReadLosses()[0]), Is.EqualTo(Bits.Of(last)));
            Assert.That(tiled.ReadParameters().Sha256, Is.EqualTo(stepwise.ReadParameters().Sha256));
            Assert.That(Bits.Of(ofTiled), Is.EqualTo(Bits.Of(last)));
            Assert.That(stepwise.ReadParameters().AllFinite);
        });
    }

    /// <summary>a² - a and b² + b: pulls logits to 1/2 and -1/2.</summary>
    public readonly struct FisherLoss : ILoss
    {
        public string Word => "fisher";

        public T RealValue<T, TOps>(T real, T generated, TOps o)
            where TOps : struct, IOperations<T> => o.Fma(real, real, o.Negate(real));

        public T RealDerivative<T, TOps>(T real, T generated, TOps o)
            where TOps : struct, IOperations<T> => o.Fma(o.Constant(2), real, o.Constant(-1));

        public T FakeValue<T, TOps>(T real, T generated, TOps o)
            where TOps : struct, IOperations<T> => o.Fma(generated, generated, generated);

        public T FakeDerivative<T, TOps>(T real, T generated, TOps o)
            where TOps : struct, IOperations<T> => o.Fma(o.Constant(2), generated, o.Constant(1));

        public T GeneratorValue<T, TOps>(T real, T generated, TOps o)
            where TOps : struct, IOperations<T> => o.Negate(generated);

        public T GeneratorDerivative<T, TOps>(T real, T generated, TOps o)
            where TOps : struct, IOperations<T> => o.Constant(-1);
    }

    /// <summary>x / (1 + c |x|), derivative (1 - c |y|)².</summary>
    public readonly struct SoftSign(float c) : IActivation
    {
        public string Word => "softsign";

        public bool IsPiecewiseLinear => false;

        public float Coefficient { get; } = c;

        public T Value<T, TOps>(T preactivation, T coefficient, TOps o)
            where TOps : struct, IOperations<T> =>
            o.Multiply(preactivation, o.Reciprocal(o.Fma(coefficient, o.Abs(preactivation), o.Constant(1))));

        public T Derivative<T, TOps>(T value, T coefficient, TOps o)
            where TOps : struct, IOperations<T>
        {
            T root = Root(value, coefficient, o);
            return o.Multiply(root, root);
        }

        public T SecondDerivative<T, TOps>(T value, T coefficient, TOps o)
            where TOps : struct, IOperations<T>
        {
            T root = Root(value, coefficient, o);
            T size = o.Multiply(o.Multiply(o.Constant(-2), coefficient), o.Multiply(root, o.Multiply(root, root)));
            return o.Multiply(size, o.CopySign(o.Constant(1), value));
        }

        private static T Root<T, TOps>(T value, T coefficient, TOps o)
            where TOps : struct, IOperations<T> => o.Fma(o.Negate(coefficient), o.Abs(value), o.Constant(1));
    }

    /// <summary>A step of the learning rate against the sign of a running sum of gradients.</summary>
    public readonly struct SignDescent : IOptimizer
    {
        public string Word => "sign";

        public int StateWords => 1;

        public OptimizerState<T> Move<T, TOps>(OptimizerState<T> state, T gradient, OptimizerStep<T> common, TOps o)
            where TOps : struct, IOperations<T>
        {
            T sum = o.Fma(o.Constant(0.5f), state.First, gradient);
            return state with { Parameter = o.Subtract(state.Parameter, o.CopySign(common.LearningRate, sum)), First = sum };
        }
    }
}
