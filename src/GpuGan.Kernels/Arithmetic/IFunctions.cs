namespace GpuGan.Kernels.Arithmetic;

/// <summary>The functions that a training spends its time in: those of <see cref="ExactFunctions"/>, but under fast math.</summary>
/// <typeparam name="T">A number, or a vector of them.</typeparam>
public interface IFunctions<T>
{
    /// <summary><see cref="ExactFunctions.Tanh"/>, or what takes its place.</summary>
    T Tanh(T x);

    /// <summary><see cref="ExactFunctions.Sigmoid"/>, or what takes its place.</summary>
    T Sigmoid(T x);

    /// <summary><see cref="ExactFunctions.LogOfNormal"/>, or what takes its place.</summary>
    T LogOfNormal(T x);

    /// <summary>x, or zero where its magnitude is below 2^-100, before it lingers among denormal numbers; under fast math x itself.</summary>
    T ZeroIfTiny(T x);

    /// <summary><see cref="ExactFunctions.SinCosTurns"/>, or what takes its place.</summary>
    void SinCosTurns(T turns, out T sine, out T cosine);
}
