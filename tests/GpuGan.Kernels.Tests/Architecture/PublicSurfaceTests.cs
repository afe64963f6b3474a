using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Architecture;

/// <summary>What the package's users see: few types, each listed, none that says nothing of null, none of another library's.</summary>
[TestFixture]
public class PublicSurfaceTests
{
    private const int MostTypes = 30;

    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Library = typeof(Gan).Assembly;

    private static readonly string[] Lines = File.ReadAllLines(Path.Join(Repository.Folder, "tests", "GpuGan.Kernels.Tests", "Architecture", "PublicTypes.txt"));

    private static Type[] Exported => Library.GetExportedTypes();

    [Test]
    public void Each_type_is_listed() =>
        Assert.That(Exported.Select(type => type.FullName), Is.EquivalentTo(Lines.Where(line => line.Length > 0 && line[0] != '#')));

    [Test]
    public void Few_types_are_not_of_games()
    {
        int games = Array.FindIndex(Lines, line => line.StartsWith("# Games", StringComparison.Ordinal));
        Assert.That(Lines[..games].Count(line => line.StartsWith("GpuGan", StringComparison.Ordinal)), Is.InRange(1, MostTypes));
    }

    [TestCaseSource(nameof(Exported))]
    public void Each_reference_says_whether_it_may_be_null(Type type)
    {
        NullabilityInfoContext context = new();
        Assert.Multiple(() =>
        {
            foreach (PropertyInfo property in type.GetProperties(Own).Where(property => !property.PropertyType.IsValueType && !property.PropertyType.IsGenericParameter))
            {
                Assert.That(context.Create(property).ReadState, Is.Not.EqualTo(NullabilityState.Unknown), property.Name);
            }

            foreach (ParameterInfo parameter in MethodsOf(type).SelectMany(method => method.GetParameters())
                .Where(parameter => !parameter.ParameterType.IsValueType && !parameter.ParameterType.IsGenericParameter && !parameter.ParameterType.IsByRef))
            {
                Assert.That(context.Create(parameter).WriteState, Is.Not.EqualTo(NullabilityState.Unknown), $"{parameter.Member.Name}({parameter.Name})");
            }
        });
    }

    [TestCaseSource(nameof(Exported))]
    public void No_type_of_another_library_is_in_a_signature(Type type)
    {
        IEnumerable<Type> named = MethodsOf(type)
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType ?? type))
            .Concat(type.GetInterfaces())
            .SelectMany(one => one.GetGenericArguments().Append(one));
        Assert.That(named.Select(one => one.Assembly.GetName().Name).Distinct(), Is.All.StartsWith("System").Or.EqualTo(Library.GetName().Name));
    }

    [TestCase("T:GpuGan.Kernels.Gan")]
    [TestCase("T:GpuGan.Kernels.GanModel")]
    [TestCase("T:GpuGan.Kernels.Distributions.DataSet")]
    [TestCase("M:GpuGan.Kernels.Gan.Begin")]
    [TestCase("M:GpuGan.Kernels.Gan.Population")]
    [TestCase("M:GpuGan.Kernels.Distributions.DataSet.FromCsv")]
    public void A_way_in_has_an_example(string member)
    {
        XDocument docs = XDocument.Load(Path.ChangeExtension(Library.Location, ".xml"));
        Assert.That(docs.Descendants("member").Where(one => one.Attribute("name")!.Value.Split('(')[0] == member).Descendants("example"), Is.Not.Empty);
    }

    [Test]
    public void What_is_disposed_of_says_so()
    {
        ITrainer trainer = Gan.Begin(Gaussian.Chapter.Sample(seed: 1, rows: 8), new TrainingSettings());
        trainer.TrainEpoch();
        TrainingState state = trainer.ReadState();
        trainer.Dispose();
        trainer.Dispose();
        Assert.Multiple(() =>
        {
            foreach (Action use in (Action[])
                [() => trainer.TrainEpoch(), () => trainer.ReadParameters(), () => trainer.ReadAverages(), () => trainer.ReadJudged(), () => trainer.ReadState(), () => trainer.WriteState(state)])
            {
                Assert.That(use, Throws.InstanceOf<ObjectDisposedException>());
            }

            Assert.That(trainer.Epochs, Is.EqualTo(1), "what was done is still known");
        });
    }

    private static IEnumerable<MethodBase> MethodsOf(Type type) =>
        type.GetMethods(Own).Where(method => !method.IsDefined(typeof(CompilerGeneratedAttribute))).Cast<MethodBase>().Concat(type.GetConstructors());
}
