using System.Reflection;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>Every kernel, with every activation and loss that it can be compiled for; and the same for small networks.</summary>
internal static class KernelList
{
    private static readonly Type[] Owners = [typeof(Noise), typeof(Forward), typeof(Backward), typeof(Adam), typeof(Loss)];

    private const string FastMath = "FastMath";

    private static readonly Lazy<Dictionary<MethodInfo, string>> Emitted = new(() => Emit(areSmall: false)), EmittedSmall = new(() => Emit(areSmall: true));

    /// <summary>All of them.</summary>
    public static IEnumerable<MethodInfo> All => Stepwise.Concat(Emitted.Value.Keys);

    /// <summary>
    /// As many, those of the compiled engine for networks as small as can be, and one of the chapter's: the same instructions, fewer of
    /// each, so that reading them all takes a fraction of the time.
    /// </summary>
    public static IEnumerable<MethodInfo> Small => Stepwise.Concat(EmittedSmall.Value.Keys).Append(Chapter);

    /// <summary>One of the chapter's networks, with all that a training computes.</summary>
    public static MethodInfo Chapter => Emitted.Value.Single(kernel => kernel.Value == "Compiled.Train(OwnData,Losses)").Key;

    private static IEnumerable<MethodInfo> Stepwise =>
        from owner in Owners
        from method in owner.GetMethods(BindingFlags.Public | BindingFlags.Static)
        from kernel in Variants(method)
        select kernel;

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
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            foreach (GeneratorLoss loss in Enum.GetValues<GeneratorLoss>())
            {
                TrainingSettings settings = (areSmall ? Of("1-1-1", "1-1-1", batch: 2) : Of("2-2-2", "2-3-1", batch: 3)) with { HiddenActivation = activation, GLoss = loss };
                kernels.Add(Train(settings, null, withLosses: true), $"Compiled.Train({activation},{loss},Losses)");
            }
        }

        return kernels;
    }

    private static TrainingSettings Of(string generator, string discriminator, int batch) =>
        new() { Generator = NetworkShape.Parse(generator), Discriminator = NetworkShape.Parse(discriminator), BatchSize = batch };

    private static MethodInfo Train(TrainingSettings settings, Gaussian? ownData, bool withLosses, bool fastMath = false) => Emitter.Emit(
        TrainingRecording.Record(settings, settings.BatchSize, ownData, withLosses, FloatLanes.One.RowsAtOnce, fastMath), FloatLanes.One, TrainingRecording.ParameterCount);

    private static IEnumerable<MethodInfo> Variants(MethodInfo method)
    {
        if (!method.IsGenericMethodDefinition)
        {
            return [method];
        }

        IEnumerable<Type[]> arguments = [[]];
        foreach (Type parameter in method.GetGenericArguments())
        {
            IEnumerable<Type> formulas = parameter.GetGenericParameterConstraints().Contains(typeof(IActivation))
                ? ActivationTable.All.Values.Select(activation => activation.GetType())
                : GeneratorLossTable.All.Values.Select(loss => loss.GetType());
            arguments = [.. from chosen in arguments from formula in formulas select (Type[])[.. chosen, formula]];
        }

        return arguments.Select(chosen => method.MakeGenericMethod(chosen));
    }
}
