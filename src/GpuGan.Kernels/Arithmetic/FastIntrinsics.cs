using ILGPU.IR.Intrinsics;

namespace GpuGan.Kernels.Arithmetic;

/// <summary>
/// What a GPU's special-function units give for quotients, roots and functions: quick, good to a few digits, and not the same
/// from one device to the next. Only fast math uses them.
/// </summary>
internal static class FastIntrinsics
{
    /// <summary>How each is written, as in <see cref="ExactIntrinsics"/>; 2 pi is 0x40C90FDB, log 2 is 0x3F317218.</summary>
    public static readonly Dictionary<string, (string Ptx, string? OpenCL)> Templates = new()
    {
        [nameof(FastReciprocal)] = ("rcp.approx.ftz.f32 {0}, {1};", "{0} = native_recip({1});"),
        [nameof(FastSquareRoot)] = ("sqrt.approx.ftz.f32 {0}, {1};", "{0} = native_sqrt({1});"),
        [nameof(FastTanh)] = ("tanh.approx.f32 {0}, {1};", "{0} = tanh({1});"),
        [nameof(FastLog)] = ("{{ .reg .f32 l; lg2.approx.ftz.f32 l, {1}; mul.rn.f32 {0}, l, 0f3F317218; }}", "{0} = native_log({1});"),
        [nameof(FastSine)] = ("{{ .reg .f32 a; mul.rn.f32 a, {1}, 0f40C90FDB; sin.approx.f32 {0}, a; }}", "{0} = native_sin(as_float(0x40C90FDBu) * {1});"),
        [nameof(FastCosine)] = ("{{ .reg .f32 a; mul.rn.f32 a, {1}, 0f40C90FDB; cos.approx.f32 {0}, a; }}", "{0} = native_cos(as_float(0x40C90FDBu) * {1});"),
    };

    /// <summary>Where there is no instruction for it, before sm_75: 1 - 2 / (1 + exp 2x); 2 / log 2 is 0x4038AA3B.</summary>
    public const string OlderTanh =
        "{{ .reg .f32 e; mul.rn.f32 e, {1}, 0f4038AA3B; ex2.approx.f32 e, e; add.rn.f32 e, e, 0f3F800000; rcp.approx.ftz.f32 e, e; "
        + "fma.rn.f32 {0}, e, 0fC0000000, 0f3F800000; }}";

    [IntrinsicImplementation]
    public static float FastReciprocal(float a) => 1 / a;

    [IntrinsicImplementation]
    public static float FastSquareRoot(float a) => MathF.Sqrt(a);

    [IntrinsicImplementation]
    public static float FastTanh(float x) => MathF.Tanh(x);

    [IntrinsicImplementation]
    public static float FastLog(float x) => MathF.Log(x);

    [IntrinsicImplementation]
    public static float FastSine(float turns) => MathF.Sin(MathF.Tau * turns);

    [IntrinsicImplementation]
    public static float FastCosine(float turns) => MathF.Cos(MathF.Tau * turns);
}
