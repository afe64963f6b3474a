using System.Reflection;
using System.Runtime.CompilerServices;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Networks.Initializers;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Tiled.Blocks;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Architecture;

/// <summary>
/// Each public constructor and method refuses the arguments that it cannot take, before it does anything: null, a negative number, one
/// that is not a number, a word that there is not. Called from a command line they never come; called from a program they do.
/// </summary>
[TestFixture]
public class ArgumentsTests
{
    // Functions of all bit patterns.
    private static readonly string[] OfAnyBits = ["GpuGan.Kernels.Arithmetic", "GpuGan.Kernels.Random"];

    // Numbers that are compared or transformed, not a number included; and a stream of any number is one.
    private static readonly string[] Taken = ["Equilibrium.IsNear", "Standardization.Apply(value)", "Standardization.Undo(value)", "Sampling.Sample(stream)"];

    private static readonly TrainingSettings Settings = new()
    {
        // Small ones: a kernel is compiled for them.
        Generator = Network.Parse("2-3-2"),
        Discriminator = Network.Parse("2-2-1"),
        BatchSize = 4,
    };

    private static readonly GanParameters Parameters = new(
        Settings.Generator, Settings.Discriminator, InitialWeights.Draw(Settings.Generator, Settings.Discriminator, Settings.Init, seed: 1, standardDeviation: 0.5f));

    private readonly Dictionary<Type, object> samples = [];
    private Device device = null!;

    private static IEnumerable<TestCaseData> Members =>
        from type in typeof(TrainingSettings).Assembly.GetExportedTypes()
        where !OfAnyBits.Contains(type.Namespace) && !typeof(Exception).IsAssignableFrom(type) && !typeof(Delegate).IsAssignableFrom(type)
        from member in MembersOf(type)
        select new TestCaseData(member).SetArgDisplayNames($"{NameOf(member)}({string.Join(", ", member.GetParameters().Select(parameter => parameter.Name))})");

    [OneTimeSetUp]
    public void MakeSamples()
    {
        device = Device.Open("cpu", threads: 1);
        DataSet data = Gaussian.Chapter.Sample(seed: 1, rows: 8);
        CompiledKernels kernels = new(device, Settings, data, lanes: 1);
        foreach (object sample in (object[])
            [
                device, Settings, Parameters, Settings.Generator, data, Table.Of(data), Gaussian.Chapter, Standardization.Of(Table.Of(data)), Moments.Of(data),
                new KullbackLeibler(Moments.Of(data)), Evaluation.Of(Gaussian.Chapter), VerdictLimits.Default, new DiscriminatorAccuracy(Gaussian.Chapter, 10),
                Settings, new WorstDirection([1, 1], [1, 1], 1, false), kernels, new CompiledTrainer(kernels, [Settings]),
                new Population(kernels, 1, _ => Settings), new StepwiseTrainer(device, Settings, data), new TiledTrainer(device, Settings, data),
                new BlockTrainer(device, Settings, data),
            ])
        {
            samples[sample.GetType()] = sample;
        }

        samples[typeof(IDistribution)] = Gaussian.Chapter;
        samples[typeof(Equilibrium)] = Equilibrium.Of(Settings);
        samples[typeof(Func<GanParameters, GanParameters>)] = (Func<GanParameters, GanParameters>)(drawn => drawn);
        samples[typeof(Mixture)] = new Ring().Mixture;
        samples[typeof(IReadOnlyList<float>)] = (IReadOnlyList<float>)[1f];
        samples[typeof(IReadOnlyList<IReadOnlyList<double>>)] = (IReadOnlyList<IReadOnlyList<double>>)(double[][])[[1, 2]];
        samples[typeof(TrainingState)] = ((StepwiseTrainer)samples[typeof(StepwiseTrainer)]).ReadState();
        samples[typeof(Func<TrainingSettings, DataSet>)] = (Func<TrainingSettings, DataSet>)(_ => data);
        samples[typeof(History)] = new History(1);
        samples[typeof(EpochLosses)] = new EpochLosses(1, 0.5f, 0.5f, 0.5f, 0.5f);
        samples[typeof(TiledPopulation)] = new TiledPopulation(device, Settings, 1, _ => Settings, _ => data, rows: 8);
        samples[typeof(BlockPopulation)] = new BlockPopulation(device, Settings, 1, _ => Settings, _ => data, rows: 8);
        samples[typeof(Func<int, TrainingSettings>)] = (Func<int, TrainingSettings>)(_ => Settings);
        samples[typeof(IReadOnlyList<AcceleratorEntry>)] = AcceleratorCatalog.List();
        samples[typeof(ReadOnlyMemory<float>)] = (ReadOnlyMemory<float>)new float[Settings.Generator.ParameterCount];
        samples[typeof(Setting)] = SettingTable.Find("lr_d")!;
        samples[typeof(IActivation)] = Settings.Generator.Hidden;
        samples[typeof(IInitializer)] = Settings.Init;
        samples[typeof(double[])] = new double[4];
        samples[typeof(ulong)] = 1UL;
        samples[typeof(uint)] = 1U;
        samples[typeof(bool)] = false;
        samples[typeof(float)] = 0.5f;
        samples[typeof(double)] = 0.5;
        samples[typeof(CancellationToken)] = CancellationToken.None;
    }

    [OneTimeTearDown]
    public void Close()
    {
        ((CompiledTrainer)samples[typeof(CompiledTrainer)]).Dispose();
        ((StepwiseTrainer)samples[typeof(StepwiseTrainer)]).Dispose();
        ((BlockTrainer)samples[typeof(BlockTrainer)]).Dispose();
        device.Dispose();
    }

    [TestCaseSource(nameof(Members))]
    public void An_argument_that_cannot_be_is_refused(MethodBase member)
    {
        ParameterInfo[] parameters = member.GetParameters();
        object?[] good = [.. parameters.Select(parameter => SampleOf(parameter))];
        Assert.That(Call(member, good), Is.Null, "with arguments that can be");
        Assert.Multiple(() =>
        {
            foreach ((int place, ParameterInfo parameter) in parameters.Index())
            {
                foreach (object? bad in Taken.Contains(NameOf(member)) || Taken.Contains($"{NameOf(member)}({parameter.Name})") ? [] : BadOf(parameter))
                {
                    object?[] arguments = [.. good];
                    arguments[place] = bad;
                    Assert.That(
                        Call(member, arguments), Is.InstanceOf<ArgumentException>().Or.InstanceOf<IndexOutOfRangeException>(), $"{parameter.Name} {bad ?? "null"}");
                }
            }
        });
    }

    [Test]
    public void Limits_that_cannot_be_are_refused() => Assert.Multiple(() =>
    {
        foreach (VerdictLimits limits in (VerdictLimits[])[new(double.NaN), new(-1), new(NeighborLimit: double.NaN), new(EvaluationRows: 0)])
        {
            Assert.That(() => Evaluation.Of(Gaussian.Chapter, limits), Throws.ArgumentException, $"{limits}");
        }
    });

    [Test]
    public void What_does_not_fit_together_is_refused()
    {
        TrainingSettings wide = Settings with { Generator = Network.Parse("2-3-3"), Discriminator = Network.Parse("3-1") };
        GanParameters others = new(wide.Generator, wide.Discriminator, new float[wide.Generator.ParameterCount + wide.Discriminator.ParameterCount]);
        DataSet data = Gaussian.Chapter.Sample(seed: 1, rows: 8), three = new(new float[6], 3);
        Standardization standardization = Standardization.Of(Table.Of(data));
        Evaluation evaluation = Evaluation.Of(Gaussian.Chapter);
        Assert.Multiple(() =>
        {
            Assert.That(() => new StepwiseTrainer(device, Settings, data, others), Throws.ArgumentException.With.Message.EqualTo("the parameters are of 2-3-3 and 3-1, the training of 2-3-2 and 2-2-1"));
            Assert.That(() => evaluation.Judge(others, seed: 1), Throws.ArgumentException.With.Message.EqualTo("the generator 2-3-3 makes 3 columns; it is judged by 2"));
            Assert.That(() => evaluation.WorstDirection(others, seed: 1), Throws.ArgumentException);
            Assert.That(() => evaluation.MomentsOf(others, seed: 1), Throws.ArgumentException);
            Assert.That(() => Evaluation.Of(Table.Of(three), standardization), Throws.ArgumentException);
            Assert.That(() => Evaluation.Of(new Table([1, 2, double.NaN, 4], 2)), Throws.ArgumentException.With.Message.EqualTo("rows[1, 0] is NaN; all numbers must be finite"));
            Assert.That(() => standardization.Undo(three), Throws.ArgumentException);
            Assert.That(() => standardization.Apply(Table.Of(three)), Throws.ArgumentException);
            Assert.That(() => Moments.Of(three).Undo(standardization), Throws.ArgumentException);
            Assert.That(() => new KullbackLeibler(Moments.Of(data)).Of(Moments.Of(three)), Throws.ArgumentException);
            Assert.That(() => Wasserstein.Distance(Moments.Of(three), Moments.Of(data)), Throws.ArgumentException);
            Assert.That(() => new DiscriminatorAccuracy(Gaussian.Chapter, 10).Of(others, seed: 1), Throws.ArgumentException);
            Assert.That(() => data[0, 2], Throws.InstanceOf<ArgumentOutOfRangeException>(), "the next row is not the third column");
            Assert.That(() => new WorstDirection([1, 1], [1, 1], 1, false).Describe(["one"]), Throws.ArgumentException);
            Assert.That(() => Tensor.Of(Settings.Generator, new float[3], LayerNumbering.Layers), Throws.ArgumentException);
            Assert.That(
                () => new Population(new CompiledKernels(device, Settings with { Epochs = int.MaxValue }, data), 1, _ => Settings).Train(evaluation),
                Throws.InstanceOf<InvalidSettingException>().With.Message.EqualTo("Epochs 2147483647 is too large; with 2 steps each there can be at most 1073741823"));
        });
    }

    private static IEnumerable<MethodBase> MembersOf(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        bool isRecord = type.GetMethod("<Clone>$") is not null || type.IsValueType;
        return ((IEnumerable<MethodBase>)type.GetMethods(Own))
            .Concat(isRecord ? [] : type.GetConstructors())
            .Where(member => !member.IsAbstract && member is { IsSpecialName: false } or ConstructorInfo && !member.ContainsGenericParameters)
            .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member.Name is not ("Equals" or "GetHashCode" or "ToString" or "Dispose"))
            .Where(member => member.GetParameters() is { Length: > 0 } parameters && !parameters.Any(parameter => parameter.ParameterType.IsByRefLike));
    }

    private static string NameOf(MethodBase member) => member is ConstructorInfo ? member.DeclaringType!.Name : $"{member.DeclaringType!.Name}.{member.Name}";

    private static object?[] BadOf(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        return type == typeof(int) ? [-1]
            : type == typeof(float) ? [float.NaN]
            : type == typeof(double) ? [double.NaN]
            : type.IsEnum ? [Enum.ToObject(type, 99)]
            : !type.IsValueType && new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.NotNull ? [null]
            : [];
    }

    /// <summary>What a member throws; null for nothing.</summary>
    private Exception? Call(MethodBase member, object?[] arguments)
    {
        try
        {
            object? made = member is ConstructorInfo constructor ? constructor.Invoke(arguments) : member.Invoke(member.IsStatic ? null : InstanceOf(member), arguments);
            (made as IDisposable)?.Dispose();
            return null;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
    }

    private object InstanceOf(MethodBase member) =>
        member.DeclaringType == typeof(CompiledKernels) && member.GetParameters()[^1].ParameterType == typeof(int)
            ? new CompiledKernels(device, Settings, Gaussian.Chapter, rows: 8, lanes: 1)
            : samples.TryGetValue(member.DeclaringType!, out object? sample) ? sample
            : Activator.CreateInstance(member.DeclaringType!)!;

    private object? SampleOf(ParameterInfo parameter) => (parameter.ParameterType, parameter.Name, parameter.Member) switch
    {
        (_, "discriminator", _) => Settings.Discriminator,
        (Type type, "noise", _) when type == typeof(float[]) => new float[Settings.BatchSize * Settings.Generator.Inputs],
        (Type type, "inputNoise" or "mix", _) when type == typeof(float[]) => Array.Empty<float>(),
        (Type type, _, _) when type == typeof(float[]) => new float[parameter.Member.DeclaringType == typeof(GanParameters) ? Parameters.Values.Length : 4],
        (Type type, "word", _) when type == typeof(string) => "cpu",
        (Type type, "text", MethodInfo { DeclaringType.Name: nameof(DistributionTable) }) when type == typeof(string) => "ring",
        (Type type, "text", _) when type == typeof(string) => "2-1",
        (Type type, _, _) when type == typeof(string) => "",
        (Type type, "column" or "input" or "layer" or "lanes" or "threads", _) when type == typeof(int) => 1,
        (Type type, "columns", _) when type == typeof(int) => 2,
        (Type type, _, _) when type == typeof(int) => 4,
        (Type type, _, _) when type.IsEnum => Enum.GetValues(type).GetValue(0),
        _ => samples.TryGetValue(parameter.ParameterType, out object? sample) ? sample : parameter.HasDefaultValue || !parameter.ParameterType.IsValueType ? null : Activator.CreateInstance(parameter.ParameterType),
    };
}
