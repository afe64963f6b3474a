using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Files;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Distributions;

/// <summary>Rows of arrays, of spans, and of files; what helps is told by the settings' own names, as a program that has options is not here.</summary>
[TestFixture]
public class DataSetTests
{
    private string file = "";

    [SetUp]
    public void NameFile() => file = Path.Join(Path.GetTempPath(), $"gpugan-{Guid.NewGuid()}.csv");

    [TearDown]
    public void DeleteFile() => File.Delete(file);

    [Test]
    public void Rows_are_copied_with_their_names()
    {
        float[] numbers = [1, 2, 3, 4, 5, 6];
        DataSet ofSpan = DataSet.Of(numbers.AsSpan(), 2, "a", "b"), ofArray = DataSet.Of(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } });
        numbers[0] = 7;
        Assert.Multiple(() =>
        {
            Assert.That(ofSpan.Values, Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6 }));
            Assert.That(ofSpan.Names, Is.EqualTo(new[] { "a", "b" }));
            Assert.That(ofArray.Values, Is.EqualTo(ofSpan.Values));
            Assert.That((ofArray.Rows, ofArray.Columns, ofArray.Names), Is.EqualTo((3, 2, (IReadOnlyList<string>?)null)));
        });
    }

    [Test]
    public void Names_that_do_not_fit_are_refused() =>
        Assert.That(() => DataSet.Of([1, 2], 2, "a"), Throws.ArgumentException.With.Message.EqualTo("1 names do not fit 2 columns"));

    [Test]
    public void A_file_is_read_as_it_is_found()
    {
        File.WriteAllText(file, "index;height;width\n1;1,5;2\n2;2,5;4\n3;3,5;?\n");
        DataSet data = DataSet.FromCsv(file, new CsvOptions { Columns = "height,width", Decimal = ',', SkipMissing = true });
        Assert.Multiple(() =>
        {
            Assert.That(data.Values, Is.EqualTo(new[] { 1.5f, 2, 2.5f, 4 }));
            Assert.That(data.Names, Is.EqualTo(new[] { "height", "width" }));
            Assert.That(data.Remarks, Is.EqualTo(new[] { "skipped 1 of 3 rows with missing values" }));
        });
    }

    [Test]
    public void What_is_generated_of_standardized_columns_is_in_their_units()
    {
        File.WriteAllLines(file, Gaussian.Chapter.Sample(seed: 1, rows: 200).Values.Chunk(2).Select(row => FormattableString.Invariant($"{(row[0] * 100) + 1e6},{row[1]}")));
        DataSet data = DataSet.FromCsv(file, standardize: true);
        TrainedGan gan = Gan.Train(data, new TrainingSettings { Epochs = 1 });
        Assert.That(data.Values.Average(), Is.InRange(-0.001, 0.001));
        Assert.That(Enumerable.Range(0, 100).Select(row => gan.Sample(100)[row, 0]), Is.All.InRange(9e5, 1.1e6));
    }

    [TestCase("a,b\n1,\n2,3\n", "row 2, column 2, b: the cell is empty; SkipMissing = true leaves such rows out")]
    [TestCase("a;b\n1,5;2\n", "row 2, column 1, a: '1,5' has a decimal comma; add Decimal = ,")]
    [TestCase("a,b\n1,x\n2,y\n", "row 2, column 2, b: 'x' is not a number; Columns = 1 takes the columns of numbers")]
    [TestCase("a\n1e300\n", "row 2, column 1, a: '1e300' is too large for float32 (at most 3.4e+38); standardize = true scales its column")]
    public void A_refusal_names_the_setting_that_helps(string text, string message)
    {
        File.WriteAllText(file, text);
        Assert.That(() => DataSet.FromCsv(file), Throws.InstanceOf<FileContentException>().With.Message.EqualTo($"{file}: {message}"));
    }

    [Test]
    public void Columns_that_are_no_list_are_refused_by_their_setting() =>
        Assert.That(
            () => new CsvOptions { Columns = "1,," },
            Throws.InstanceOf<InvalidSettingException>().With.Property("Setting").EqualTo("Columns").And.Message.StartsWith("Columns '1,,' is no list of columns"));

    [Test]
    public void A_file_that_is_not_there_is_told() =>
        Assert.That(() => DataSet.FromCsv(file), Throws.InstanceOf<FileContentException>().With.Message.EqualTo($"{file}: no such file or folder"));
}
