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

    private static readonly TrainingSettings Settings = new()
    {
        // Small ones: a kernel is compiled for them.
        Generator = Network.Parse("2-3-2"),
        Discriminator = Network.Parse("2-2-1"),
        BatchSize = 4,
    };

    private static readonly GanParameters Parameters = new(
        Settings.Generator, Settings.Discriminator, InitialWeights.Draw(Settings.Generator, Settings.Discriminator, Settings.Init, seed: 1, standardDeviation: 0.5f));

    private static readonly string Weights = Path.Join(Path.GetTempPath(), $"gpugan-{Guid.NewGuid()}.safetensors");

    private readonly Dictionary<Type, object> samples = [];

    private static IEnumerable<TestCaseData> Members =>
        from type in typeof(TrainingSettings).Assembly.GetExportedTypes()
        where !OfAnyBits.Contains(type.Namespace) && !typeof(Exception).IsAssignableFrom(type) && !typeof(Delegate).IsAssignableFrom(type)
        from member in MembersOf(type)
        select new TestCaseData(member).SetArgDisplayNames($"{NameOf(member)}({string.Join(", ", member.GetParameters().Select(parameter => parameter.Name))})");

    [OneTimeSetUp]
    public void MakeSamples()
    {
        DataSet data = Gaussian.Chapter.Sample(seed: 1, rows: 8);
        TrainedGan gan = Gan.Train(data, Settings);
        gan.Save(Weights);
        TrainedMember member = Gan.Population(data, 1, _ => Settings).First();
        foreach (object sample in (object[])[Settings, Parameters, Settings.Generator, data, Gaussian.Chapter, VerdictLimits.Default, gan, member, new GanOptions()])
        {
            samples[sample.GetType()] = sample;
        }

        samples[typeof(GanModel)] = gan;
        samples[typeof(IDistribution)] = Gaussian.Chapter;
        samples[typeof(Func<GanParameters, GanParameters>)] = (Func<GanParameters, GanParameters>)(drawn => drawn);
        samples[typeof(Mixture)] = new Ring().Mixture;
        samples[typeof(IReadOnlyList<float>)] = (IReadOnlyList<float>)[1f];
        samples[typeof(IReadOnlyList<IReadOnlyList<double>>)] = (IReadOnlyList<IReadOnlyList<double>>)(double[][])[[1, 2]];
        using (ITrainer trainer = Gan.Begin(data, Settings))
        {
            samples[typeof(TrainingState)] = trainer.ReadState();
        }

        samples[typeof(History)] = new History(1);
        samples[typeof(Func<int, TrainingSettings>)] = (Func<int, TrainingSettings>)(_ => Settings);
        samples[typeof(IActivation)] = Settings.Generator.Hidden;
        samples[typeof(IInitializer)] = Settings.Init;
        samples[typeof(float[,])] = new float[,] { { 1, 2 }, { 3, 4 } };
        samples[typeof(ulong)] = 1UL;
        samples[typeof(float)] = 0.5f;
        samples[typeof(double)] = 0.5;
        samples[typeof(CancellationToken)] = CancellationToken.None;
    }

    [OneTimeTearDown]
    public void DeleteFile() => File.Delete(Weights);

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
                foreach (object? bad in BadOf(parameter))
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
        using Device device = Device.Open("cpu", threads: 1);
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
            (made as Task)?.Wait();
            (made as IDisposable)?.Dispose();
            return null;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
    }

    private object InstanceOf(MethodBase member) =>
        member.DeclaringType == typeof(GanPopulation) ? Gan.Population(Gaussian.Chapter, rows: 8, count: 1, _ => Settings)
            : samples.TryGetValue(member.DeclaringType!, out object? sample) ? sample
            : Activator.CreateInstance(member.DeclaringType!)!;

    private object? SampleOf(ParameterInfo parameter) => (parameter.ParameterType, parameter.Name, parameter.Member) switch
    {
        (_, "discriminator", _) => Settings.Discriminator,
        (Type type, _, _) when type == typeof(float[]) => new float[parameter.Member.DeclaringType == typeof(GanParameters) ? Parameters.Values.Length : 4],
        (Type type, _, _) when type == typeof(string[]) => Array.Empty<string>(),
        (Type type, "path", { Name: nameof(DataSet.FromCsv) }) when type == typeof(string) => Path.Join(Repository.Folder, "examples", "data", "ring.csv"),
        (Type type, "path", _) when type == typeof(string) => Weights,
        (Type type, _, _) when type == typeof(string) => "2-1",
        (Type type, "column" or "input" or "layer", _) when type == typeof(int) => 1,
        (Type type, "columns", _) when type == typeof(int) => 2,
        (Type type, _, _) when type == typeof(int) => 4,
        (Type type, _, _) when type.IsEnum => Enum.GetValues(type).GetValue(0),
        _ => samples.TryGetValue(parameter.ParameterType, out object? sample) ? sample : parameter.HasDefaultValue || !parameter.ParameterType.IsValueType ? null : Activator.CreateInstance(parameter.ParameterType),
    };
}
