using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Random;

/// <summary>A kind of random numbers, a type argument of the kernels.</summary>
internal interface IVariates
{
    /// <summary>The four numbers of a block of a stream.</summary>
    void Draw<T, TWord, TOps>(TWord seedLow, TWord seedHigh, StreamId stream, TWord step, TWord block, TOps o, out Quad<T> variates)
        where TOps : struct, IOperations<T>, IWordOperations<TWord>, IConversions<TWord, T>;
}

/// <summary>Standard normal.</summary>
internal readonly struct NormalNumbers : IVariates
{
    /// <inheritdoc/>
    public void Draw<T, TWord, TOps>(TWord seedLow, TWord seedHigh, StreamId stream, TWord step, TWord block, TOps o, out Quad<T> variates)
        where TOps : struct, IOperations<T>, IWordOperations<TWord>, IConversions<TWord, T> =>
        Streams.Normals(seedLow, seedHigh, stream, step, block, o, out variates);
}

/// <summary>Uniform from 0 to below 1.</summary>
internal readonly struct UniformNumbers : IVariates
{
    /// <inheritdoc/>
    public void Draw<T, TWord, TOps>(TWord seedLow, TWord seedHigh, StreamId stream, TWord step, TWord block, TOps o, out Quad<T> variates)
        where TOps : struct, IOperations<T>, IWordOperations<TWord>, IConversions<TWord, T> =>
        Streams.Uniforms(seedLow, seedHigh, stream, step, block, o, out variates);
}

/// <summary>Uniform from -1 to below 1.</summary>
internal readonly struct SignedUniformNumbers : IVariates
{
    /// <inheritdoc/>
    public void Draw<T, TWord, TOps>(TWord seedLow, TWord seedHigh, StreamId stream, TWord step, TWord block, TOps o, out Quad<T> variates)
        where TOps : struct, IOperations<T>, IWordOperations<TWord>, IConversions<TWord, T> =>
        Streams.SignedUniforms(seedLow, seedHigh, stream, step, block, o, out variates);
}
