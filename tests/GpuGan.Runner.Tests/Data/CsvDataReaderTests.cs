using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Distributions.Csv;
using GpuGan.Runner.Data;

namespace GpuGan.Runner.Tests.Data;

internal sealed class CsvDataReaderTests
{
    [TestCase("1,2\n3,-4.5e-1\n", TestName = "comma")]
    [TestCase("1;2\n3;-4.5e-1\n", TestName = "semicolon")]
    [TestCase("1\t2\n3\t-4.5e-1\n", TestName = "tab")]
    [TestCase("1,2\r\n3,-4.5e-1\r\n", TestName = "lines of Windows")]
    [TestCase("1,2\n3,-4.5e-1", TestName = "no line end at the end")]
    [TestCase("x,y\n1,2\n3,-4.5e-1\n", TestName = "names")]
    [TestCase("\"x\";\"a, b\"\n1;2\n3;-4.5e-1\n", TestName = "names in quotes with the other delimiter")]
    [TestCase("\"x\ny\",z\n1,2\n3,-4.5e-1\n", TestName = "a name of two lines")]
    [TestCase("\"1\",\"2\"\n\"3\",\"-4.5e-1\"\n", TestName = "quotes")]
    [TestCase(" 1 , 2\n 3 , -4.5e-1 \n", TestName = "spaces")]
    [TestCase("\n1,2\n\n3,-4.5e-1\n\n", TestName = "empty lines")]
    [TestCase("+1,2.\n3.0,-.45\n", TestName = "signs and points")]
    public void Every_dialect_gives_the_same_rows(string text)
    {
        Table data = CsvDataReader.Parse("file", text, new CsvOptions()).Table;
        Assert.That(data.Columns, Is.EqualTo(2));
        Assert.That(data.Values, Is.EqualTo(new[] { 1.0, 2, 3, -0.45 }));
    }

    [TestCase("utf-8")]
    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    public void A_byte_order_mark_is_no_part_of_the_first_number(string encoding)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["data.csv"], "1,2\n3,4\n", System.Text.Encoding.GetEncoding(encoding));
        Assert.That(File.ReadAllBytes(folder["data.csv"])[0], Is.Not.EqualTo((byte)'1'), "the mark is there");
        Assert.That(CsvDataReader.Read(folder["data.csv"], new CsvOptions()).Table.Values, Is.EqualTo(new[] { 1.0, 2, 3, 4 }));
    }

    [Test]
    public void One_column_needs_no_delimiter() =>
        Assert.That(CsvDataReader.Parse("file", "x\n1\n2\n3\n", new CsvOptions()).Table.Values, Is.EqualTo(new[] { 1.0, 2, 3 }));

    [TestCase(",", ".", false)]
    [TestCase(";", ",", false)]
    [TestCase(";", ",", true)]
    [TestCase("\t", ".", true)]
    [TestCase(" ", ".", true)]
    public void The_example_is_read_in_every_dress(string delimiter, string decimalSign, bool indexed)
    {
        // Eruptions of Old Faithful in August 1985: the means are those that R prints of its table.
        string[] lines = File.ReadAllLines(Path.Join(TestContext.CurrentContext.TestDirectory, "Examples", "faithful.csv"));
        string text = string.Concat(lines.Select((line, row) =>
            (indexed ? (row == 0 ? "id," : $"{row},") : "").Replace(",", delimiter, StringComparison.Ordinal) +
            line.Replace(",", delimiter, StringComparison.Ordinal).Replace(".", decimalSign, StringComparison.Ordinal) + "\n"));
        DataFile all = CsvDataReader.Parse("file", text, new CsvOptions { Decimal = decimalSign[0] });
        Table data = CsvDataReader.Parse("file", text, new CsvOptions { Decimal = decimalSign[0], Columns = "eruptions,waiting" }).Table;
        Assert.Multiple(() =>
        {
            Assert.That(all.Remarks, Is.EqualTo(indexed ? ["column 1, id, counts the rows; leave it out by --columns 2-3"] : Array.Empty<string>()));
            Assert.That((data.Rows, data.Columns), Is.EqualTo((272, 2)));
            Assert.That(data.Values.Where((_, i) => i % 2 == 0).Average(), Is.InRange(3.48778, 3.48779));
            Assert.That(data.Values.Where((_, i) => i % 2 == 1).Average(), Is.InRange(70.89705, 70.89706));
        });
    }

    [Test]
    public void A_number_is_read_in_double() =>
        Assert.That(CsvDataReader.Parse("file", "1700000000.25\n1700000000.5\n", new CsvOptions { AllowRounding = true }).Table.Values, Is.EqualTo(new[] { 1700000000.25, 1700000000.5 }));

    [Test]
    public void Rows_are_counted_as_a_spreadsheet_counts_them() =>
        Assert.That(() => CsvDataReader.Parse("file", "x,y\n\n1,2\n\n3,z\n", new CsvOptions()), Throws.Exception.Message.EqualTo("file: row 5, column 2, y: 'z' is not a number; --columns 1 takes the columns of numbers"));
}
