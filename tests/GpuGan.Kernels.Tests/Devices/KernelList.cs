using System.Reflection;
using GpuGan.Kernels.Compiled.BackEnds;
using GpuGan.Kernels.Compiled.Steps;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Tiled.Blocks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>Every kernel, with every activation and loss that it can be compiled for; and the same for small networks.</summary>
internal static class KernelList
{
    private static readonly Type[] Owners = [typeof(Noise), typeof(Forward), typeof(Backward), typeof(Tangent), typeof(Update), typeof(Loss)];

    private const string FastMath = "FastMath";

    private static readonly Lazy<Dictionary<MethodInfo, string>> Emitted = new(() => Emit(areSmall: false)), EmittedSmall = new(() => Emit(areSmall: true));

    /// <summary>All of them.</summary>
    public static IEnumerable<MethodInfo> All => Stepwise.Concat(Blocks).Concat(Emitted.Value.Keys);

    /// <summary>
    /// As many, those of the compiled engine for networks as small as can be, and one of the chapter's: the same instructions, fewer of
    /// each, so that reading them all takes a fraction of the time.
    /// </summary>
    public static IEnumerable<MethodInfo> Small => Stepwise.Concat(Blocks.Take(1)).Concat(EmittedSmall.Value.Keys).Append(Chapter);

    /// <summary>One of the chapter's networks, with all that a training computes.</summary>
    public static MethodInfo Chapter => Emitted.Value.Single(kernel => kernel.Value == "Compiled.Train(OwnData,Losses)").Key;

    private static IEnumerable<MethodInfo> Stepwise =>
        from owner in Owners
        from method in owner.GetMethods(BindingFlags.Public | BindingFlags.Static)
        from kernel in Variants(method)
        select kernel;

    /// <summary>Those of the tiled engine: a group's with every formula, and one of a single operation, which has the same functions.</summary>
    private static IEnumerable<MethodInfo> Blocks =>
        Variants(typeof(BlockKernels).GetMethod(nameof(BlockKernels.Block))!).Concat(Variants(typeof(BlockKernels).GetMethod(nameof(BlockKernels.Layer))!).Take(1));

    /// <summary>How a kernel is entered: with an index of its own, or as one of a group.</summary>
    public static EntryPointDescription EntryPointOf(MethodInfo kernel) => kernel.GetParameters()[0].ParameterType == typeof(Index1D)
        ? EntryPointDescription.FromImplicitlyGroupedKernel(kernel)
        : EntryPointDescription.FromExplicitlyGroupedKernel(kernel);

    /// <summary>What a kernel is compiled for on CUDA.</summary>
    public static KernelSpecialization GroupsOf(MethodInfo kernel) => kernel.Name == nameof(BlockKernels.Block) ? BlockKernels.Groups : KernelSpecialization.Empty;

    /// <summary>Whether a kernel may take functions from the hardware.</summary>
    public static bool IsFastMath(MethodInfo kernel) => Name(kernel).Contains(FastMath, StringComparison.Ordinal);

    /// <summary>A kernel's name, such as <c>Forward.Generator(TanhActivation)</c>.</summary>
    public static string Name(MethodInfo kernel) =>
        Emitted.Value.TryGetValue(kernel, out string? name) ? name :
        EmittedSmall.Value.TryGetValue(kernel, out string? small) ? small.Replace("Compiled.", "Compiled.Small.", StringComparison.Ordinal) :
        $"{kernel.DeclaringType!.Name}.{kernel.Name}({string.Join(',', kernel.GetGenericArguments().Select(argument => argument.Name))})";

    /// <summary>
    /// Those of the compiled engine: all for the chapter's networks, in fast math and with shuffled rows too, and those that train for
    /// networks of one unit, of 8 layers, and of every activation and loss.
    /// </summary>
    private static Dictionary<MethodInfo, string> Emit(bool areSmall)
    {
        TrainingSettings chapter = areSmall ? Of("2-2", "2-2-1", batch: 2) : new(), one = Of("1-1", "1-1", batch: 1);
        TrainingSettings deep = areSmall ? Of("1-1-1-2", "2-1-1-1", batch: 2) : Of("2-1-1-1-1-1-1-1-2", "2-1-1-1-1-1-1-1-1", batch: 5);
        Dictionary<MethodInfo, string> kernels = new() { [Emitter.Emit(InitialRecording.Record(chapter), FloatLanes.One, 0)] = "Compiled.Begin()" };
        foreach (bool withLosses in new[] { false, true })
        {
            string losses = withLosses ? ",Losses" : "";
            kernels.Add(Train(chapter, Gaussian.Chapter, withLosses), $"Compiled.Train(OwnData{losses})");
            kernels.Add(Train(chapter, null, withLosses), $"Compiled.Train(SharedData{losses})");
            kernels.Add(Train(chapter, Gaussian.Chapter, withLosses, fastMath: true), $"Compiled.Train(OwnData{losses},{FastMath})");
        }

        TrainingSettings shuffled = chapter with { Shuffle = true };
        kernels.Add(Train(shuffled, Gaussian.Chapter, withLosses: false), "Compiled.Train(OwnData,Shuffled)");
        kernels.Add(Train(shuffled, null, withLosses: false), "Compiled.Train(SharedData,Shuffled)");
        kernels.Add(Train(one, null, withLosses: true), "Compiled.Train(OneUnit,Losses)");
        kernels.Add(Train(deep, Gaussian.Chapter, withLosses: true), $"Compiled.Train({(areSmall ? "Three" : "Eight")}Layers,Losses)");
        // A word is the same instructions in any network: of whole ones a few games are enough.
        foreach ((string name, TrainingSettings game) in Games(areSmall).Where((_, i) => areSmall || i % 7 == 0))
        {
            kernels.Add(Train(game, null, withLosses: true), $"Compiled.Train({name},Losses)");
        }

        return kernels;
    }

    /// <summary>Every activation, loss, optimiser, initialisation and latent, the penalties and the orders: each once, in a game of its own.</summary>
    private static IEnumerable<(string Name, TrainingSettings Game)> Games(bool areSmall)
    {
        TrainingSettings plain = areSmall ? Of("1-1-1", "1-1-1", batch: 2) : Of("2-2-2", "2-3-1", batch: 3);
        foreach (IActivation activation in ActivationTable.All.Values)
        {
            foreach (ILoss loss in LossTable.All.Values)
            {
                yield return ($"{activation.Word},{loss.Word}", plain.WithActivation(activation) with { Loss = loss });
            }

            yield return ($"{activation.Word},r1,r2,gradient-penalty", plain.WithActivation(activation) with { R1 = 1, R2 = 1, GradientPenalty = 1 });
        }

        foreach (IOptimizer optimizer in OptimizerTable.All.Values)
        {
            yield return (optimizer.Word, plain with { DOptimizer = optimizer, GOptimizer = optimizer });
        }

        foreach (Updates updates in UpdatesTable.All.Values)
        {
            yield return ($"{updates},3,2", plain with { Updates = updates, DSteps = 3, GSteps = 2, Loss = default(RelativisticLoss), R1 = 1 });
        }

        yield return ("everything", plain with
        {
            Generator = plain.Generator with { Latent = Latent.Uniform, Output = default(TanhActivation), HasBias = false },
            LabelSmoothing = 0.1,
            InstanceNoise = 0.1,
            WeightClip = 0.1,
            GEma = 0.9,
            FixedNoise = true,
        });
    }

    private static TrainingSettings Of(string generator, string discriminator, int batch) =>
        new() { Generator = Network.Parse(generator), Discriminator = Network.Parse(discriminator), BatchSize = batch };

    private static MethodInfo Train(TrainingSettings settings, Gaussian? ownData, bool withLosses, bool fastMath = false) => Emitter.Emit(
        TrainingRecording.Record(settings, settings.BatchSize, ownData, isFollowing: false, withLosses, FloatLanes.One, fastMath), FloatLanes.One, TrainingRecording.ParameterCount);

    private static IEnumerable<MethodInfo> Variants(MethodInfo method)
    {
        if (!method.IsGenericMethodDefinition)
        {
            return [method];
        }

        // Every formula once in every place: they do not depend on each other, and all with all would be a thousand kernels.
        Type[][] formulas = [.. method.GetGenericArguments().Select(FormulasOf)];
        return Enumerable.Range(0, formulas.Max(choices => choices.Length)).Select(i =>
            method.MakeGenericMethod([.. formulas.Select((choices, place) => choices[(i + place) % choices.Length])]));
    }

    private static Type[] FormulasOf(Type parameter)
    {
        Type constraint = parameter.GetGenericParameterConstraints().First(one => one.IsInterface);
        return
        [
            .. constraint == typeof(IActivation) ? ActivationTable.All.Values.Select(activation => activation.GetType())
                : constraint == typeof(ILoss) ? LossTable.All.Values.Select(loss => loss.GetType())
                : constraint == typeof(IOptimizer) ? OptimizerTable.All.Values.Select(optimizer => optimizer.GetType())
                : [typeof(NormalNumbers), typeof(UniformNumbers), typeof(SignedUniformNumbers)],
        ];
    }
}
