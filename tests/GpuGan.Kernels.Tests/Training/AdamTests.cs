using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Tests.Training;

[TestFixture]
public class AdamTests
{
    [TestCase(0.9, 0.999, 1e-8)]
    [TestCase(0, 0.5, 1e-3)]
    [TestCase(0.5, 0.999, 0)]
    public void Steps_are_those_of_the_paper_in_float64(double beta1, double beta2, double epsilon)
    {
        const double LearningRate = 0.01;
        const int Steps = 2000;
        DeviceOperations o = default;
        OptimizerSchedule<float> schedule = OptimizerSchedule.Of(new TrainingSettings { Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon });
        DecayPowers<float> powers = OptimizerSchedule.InitialPowers;
        OptimizerState<float> state = new(1, 0, 0, 0);
        System.Random random = new(1);
        double parameter = 1, first = 0, second = 0;
        for (int t = 1; t <= Steps; t++)
        {
            float gradient = (float)(random.NextDouble() - 0.3);
            powers = schedule.Next(powers, o);
            state = default(Adam).Move(state, gradient, schedule.At(default(Adam), powers, (float)LearningRate, isFirst: 0, o), o);

            first = (beta1 * first) + ((1 - beta1) * gradient);
            second = (beta2 * second) + ((1 - beta2) * gradient * gradient);
            parameter -= LearningRate / (1 - Math.Pow(beta1, t)) * first / (Math.Sqrt(second / (1 - Math.Pow(beta2, t))) + epsilon);
        }

        // Each step rounds a parameter of magnitude 1 to 16 and a step of 0.01; the roundings add up like a random walk.
        Assert.That(state.Parameter, Is.EqualTo(parameter).Within(1e-6 * Math.Sqrt(Steps)));
    }

    [Test]
    public void Powers_of_the_decay_stop_where_one_less_them_is_one_and_are_never_denormal([Values(0, 0.1, 0.5, 0.9, 0.99, 0.999)] double beta)
    {
        DeviceOperations o = default;
        OptimizerSchedule<float> schedule = OptimizerSchedule.Of(new TrainingSettings { Beta1 = beta, Beta2 = beta });
        DecayPowers<float> powers = OptimizerSchedule.InitialPowers;
        FloatPair<float> all = powers.Beta1;
        for (int t = 1; t <= 150_000; t++)
        {
            powers = schedule.Next(powers, o);
            all = FloatPair.Product(all, schedule.Beta1, o);
            if (float.IsSubnormal(powers.Beta1.High) || float.IsSubnormal(powers.Beta1.Low) || powers.Beta2 != powers.Beta1)
            {
                Assert.Fail($"{powers} after {t} steps");
            }

            float left = FloatPair.OneMinus(powers.Beta1, o);
            if (BitConverter.SingleToInt32Bits(left) != BitConverter.SingleToInt32Bits(FloatPair.OneMinus(all, o)))
            {
                Assert.Fail($"1 - {beta}^{t} is {left:R}");
            }
        }

        Assert.That(BitConverter.SingleToInt32Bits(FloatPair.OneMinus(powers.Beta1, o)), Is.EqualTo(BitConverter.SingleToInt32Bits(1f)));
    }

    [Test]
    public void Where_the_gradient_has_vanished_moments_end_before_they_are_denormal_and_the_parameter_does_not_notice([Values(0, 0.5, 0.9)] double beta1)
    {
        DeviceOperations o = default;
        OptimizerSchedule<float> schedule = OptimizerSchedule.Of(new TrainingSettings { Beta1 = beta1, Beta2 = 0.9 });
        DecayPowers<float> powers = OptimizerSchedule.InitialPowers;
        OptimizerState<float> state = new(0.3f, 0, 0, 0);
        float first = 0, second = 0, parameter = state.Parameter;
        for (int t = 1; t <= 3000; t++)
        {
            float gradient = t <= 5 ? 0.01f * t : 0;
            powers = schedule.Next(powers, o);
            OptimizerStep<float> step = schedule.At(default(Adam), powers, 0.01f, isFirst: 0, o);
            state = default(Adam).Move(state, gradient, step, o);
            if (float.IsSubnormal(state.First) || float.IsSubnormal(state.Second))
            {
                Assert.Fail($"{state} after {t} steps");
            }

            // As PyTorch has it.
            first += step.OneMinusBeta1 * (gradient - first);
            second += step.OneMinusBeta2 * ((gradient * gradient) - second);
            parameter -= step.StepSize * first / ((MathF.Sqrt(second) * step.SecondCorrection) + step.Epsilon);
        }

        Assert.That(state.First, Is.Zero);
        Assert.That(state.Second, Is.EqualTo(SecondMoment.Smallest));
        Assert.That(state.Parameter, Is.EqualTo(parameter).Within(1e-6));
        Assert.That(parameter, Is.InRange(0.1f, 0.29f));
    }
}
