using System.Reflection;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>Every kernel, with every activation and loss that it can be compiled for.</summary>
internal static class KernelList
{
    private static readonly Type[] Owners = [typeof(Noise), typeof(Forward), typeof(Backward), typeof(Adam), typeof(Loss)];

    private const string FastMath = "FastMath";

    private static readonly Dictionary<MethodInfo, string> Emitted = Emit();

    /// <summary>All of them.</summary>
    public static IEnumerable<MethodInfo> All => Stepwise.Concat(Emitted.Keys);

    private static IEnumerable<MethodInfo> Stepwise =>
        from owner in Owners
        from method in owner.GetMethods(BindingFlags.Public | BindingFlags.Static)
        from kernel in Variants(method)
        select kernel;

    /// <summary>Whether a kernel may take functions from the hardware.</summary>
    public static bool IsFastMath(MethodInfo kernel) => Name(kernel).Contains(FastMath, StringComparison.Ordinal);

    /// <summary>A kernel's name, such as <c>Forward.Generator(TanhActivation)</c>.</summary>
    public static string Name(MethodInfo kernel) => Emitted.TryGetValue(kernel, out string? name) ? name :
        $"{kernel.DeclaringType!.Name}.{kernel.Name}({string.Join(',', kernel.GetGenericArguments().Select(argument => argument.Name))})";

    /// <summary>
    /// Those of the compiled engine: all for the chapter's networks, in fast math and with shuffled rows too, and those that train for
    /// networks of one unit, of 8 layers, and of every activation and loss.
    /// </summary>
    private static Dictionary<MethodInfo, string> Emit()
    {
        TrainingSettings chapter = new(), one = Of("1-1", "1-1", batch: 1), deep = Of("2-1-1-1-1-1-1-1-2", "2-1-1-1-1-1-1-1-1", batch: 5);
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
        kernels.Add(Train(deep, Gaussian.Chapter, withLosses: true), "Compiled.Train(EightLayers,Losses)");
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            foreach (GeneratorLoss loss in Enum.GetValues<GeneratorLoss>())
            {
                TrainingSettings settings = Of("2-2-2", "2-3-1", batch: 3) with { HiddenActivation = activation, GLoss = loss };
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
