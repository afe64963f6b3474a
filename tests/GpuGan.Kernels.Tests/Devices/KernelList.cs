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

    private static readonly Dictionary<MethodInfo, string> Emitted = Emit();

    /// <summary>All of them.</summary>
    public static IEnumerable<MethodInfo> All => Stepwise.Concat(Emitted.Keys);

    private static IEnumerable<MethodInfo> Stepwise =>
        from owner in Owners
        from method in owner.GetMethods(BindingFlags.Public | BindingFlags.Static)
        from kernel in Variants(method)
        select kernel;

    /// <summary>A kernel's name, such as <c>Forward.Generator(TanhActivation)</c>.</summary>
    public static string Name(MethodInfo kernel) => Emitted.TryGetValue(kernel, out string? name) ? name :
        $"{kernel.DeclaringType!.Name}.{kernel.Name}({string.Join(',', kernel.GetGenericArguments().Select(argument => argument.Name))})";

    /// <summary>Those of the compiled engine, for the chapter's networks.</summary>
    private static Dictionary<MethodInfo, string> Emit()
    {
        TrainingSettings chapter = new();
        FloatLanes lanes = new();
        Dictionary<MethodInfo, string> kernels = new() { [Emitter.Emit(InitialRecording.Record(chapter), lanes, 0)] = "Compiled.Begin()" };
        foreach (Gaussian? ownData in new[] { Gaussian.Chapter, null })
        {
            foreach (bool withLosses in new[] { false, true })
            {
                Recording training = TrainingRecording.Record(chapter, chapter.BatchSize, ownData, withLosses, lanes.RowsAtOnce, fastMath: false);
                kernels.Add(
                    Emitter.Emit(training, lanes, TrainingRecording.ParameterCount),
                    $"Compiled.Train({(ownData is null ? "SharedData" : "OwnData")}{(withLosses ? ",Losses" : "")})");
            }
        }

        return kernels;
    }

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
