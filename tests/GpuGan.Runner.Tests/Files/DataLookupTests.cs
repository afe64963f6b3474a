using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;

namespace GpuGan.Runner.Tests.Files;

/// <summary>Rows are found again where they are, and no others are taken for them.</summary>
internal sealed class DataLookupTests
{
    private const string Rows = "1,2\n3,4\n";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["runs/run"]);
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase("elsewhere.csv")]
    [TestCase("runs/run/data.csv")]
    [TestCase("runs/data.csv")]
    public void They_are_looked_for_where_they_were_and_in_and_beside_the_folder(string place)
    {
        string path = folder.Write(place, Rows);
        DataLookup lookup = Lookup(place == "elsewhere.csv" ? path : folder["gone/data.csv"]);
        Assert.That(lookup.Path, Is.EqualTo(path));
        Assert.That(lookup.Rows.Real[1, 0], Is.EqualTo(3));
    }

    [Test]
    public void The_path_may_come_from_another_system()
    {
        string path = folder.Write("runs/run/data.csv", Rows);
        Assert.That(Lookup(@"C:\work\data.csv").Path, Is.EqualTo(path));
    }

    [Test]
    public void Rows_are_told_by_what_they_are()
    {
        // Other digits, an empty line, names; and a file of the same name with other rows where they were.
        string other = folder.Write("data.csv", "1,2\n3,5\n"), path = folder.Write("runs/run/data.csv", "a,b\n1.0,2e0\n\n3,4.00\n");
        Assert.That(Lookup(other).Path, Is.EqualTo(path));
    }

    [Test]
    public void Other_rows_are_refused()
    {
        string path = folder.Write("data.csv", "1,2\n3,5\n");
        string then = Table.Sha256[..12], here = TableOf("1,2\n3,5\n").Sha256[..12];
        Refused(Lookup(path), $"{path}: the rows have changed since {folder["runs/run"]} learnt them (SHA-256 {here}… here, {then}… then); name a file of those rows by --data FILE");
        Refused(Lookup("gone.csv", given: path), $"{path}: has other rows than {folder["runs/run"]} learnt (SHA-256 {here}… here, {then}… then)");
        File.AppendAllText(path, "5,6\n");
        Refused(Lookup(path), $"{path}: the rows have changed since {folder["runs/run"]} learnt them (3 here, 2 then); name a file of those rows by --data FILE");
    }

    [Test]
    public void The_same_numbers_in_other_columns_are_other_rows()
    {
        string path = folder.Write("data.csv", "1\n2\n3\n4\n");
        Assert.That(() => Lookup(path).Path, Throws.InstanceOf<FileContentException>().With.Message.Contains("the rows have changed"));
    }

    [Test]
    public void What_is_not_found_is_asked_for()
    {
        Refused(Lookup("gone.csv"), $"gone.csv: is neither there, nor in or beside {folder["runs/run"]}, which learnt its rows; name the file by --data FILE");
        Refused(Lookup("gone.csv", given: folder["gone too.csv"]), $"{folder["gone too.csv"]}: no such file or folder");
    }

    [Test]
    public void A_malformed_file_hides_no_other()
    {
        string malformed = folder.Write("data.csv", "1,2\n3,x\n");
        Refused(Lookup(malformed), $"{malformed}: row 2, column 2: 'x' is not a number; it has to hold the rows that {folder["runs/run"]} learnt, and nothing else");
        string path = folder.Write("runs/data.csv", Rows);
        Assert.That(Lookup(malformed).Path, Is.EqualTo(path));
    }

    [Test]
    public void Folders_that_are_older_than_the_hash_know_how_many_rows_there_were()
    {
        string path = folder.Write("data.csv", "5,6\n7,8\n");
        Assert.That(new DataLookup(folder["runs/run"], Written(path), null, null).Path, Is.EqualTo(path));
        Assert.That(() => new DataLookup(folder["runs/run"], Written(path) with { Rows = 3 }, null, null).Path, Throws.InstanceOf<FileContentException>());
    }

    [Test]
    public void Rows_that_were_written_anew_need_not_be_read_as_they_were()
    {
        // Semicolons and decimal commas then, a plain copy now.
        string path = folder.Write("data.csv", "1,0;2,0\n3,0;4,0\n"), plain = folder.Write("plain.csv", Rows);
        MemberData written = Written(path) with { Csv = new CsvOptions { Decimal = ',', Delimiter = ';' } };
        DataLookup there = new(folder["runs/run"], written, Table.Sha256, null), copy = new(folder["runs/run"], written, Table.Sha256, plain);
        Assert.That((there.Path, there.Csv), Is.EqualTo((path, written.Csv)));
        Assert.That((copy.Path, copy.Csv), Is.EqualTo((plain, new CsvOptions())));
        Assert.That(copy.Rows.Real.Values, Is.EqualTo(there.Rows.Real.Values));
    }

    [TestCase("a;b\n1,5;2\n3;4\n", TestName = "decimal commas")]
    [TestCase("a,b\n?,2\n1.5,2\n3,4\n", TestName = "missing values")]
    public void Rows_are_known_however_their_copy_is_written(string text)
    {
        Table rows = CsvDataReader.Parse("file", "a,b\n1.5,2\n3,4\n", new CsvOptions()).Table;
        DataLookup lookup = new(folder["runs/run"], Written("gone.csv") with { Rows = 2 }, rows.Sha256, folder.Write("copy.csv", text));
        Assert.That(lookup.Rows.Real.Values, Is.EqualTo(rows.Values));
    }

    [Test]
    public void No_option_is_named_that_the_command_does_not_have()
    {
        string copy = folder.Write("copy.csv", "a,b,name\n1,2,x\n3,4,y\n");
        Refused(Lookup("gone.csv", copy), $"{copy}: row 2, column 3, name: 'x' is not a number; it has to hold the rows that {folder["runs/run"]} learnt, and nothing else");
    }

    private static Table Table => TableOf(Rows);

    private static Table TableOf(string text) => CsvDataReader.Parse("", text, new CsvOptions()).Table;

    private static MemberData Written(string path) => new(path, new CsvOptions(), 2, null, Standardize: false, VerdictLimits.Default);

    private DataLookup Lookup(string written, string? given = null) => new(folder["runs/run"], Written(written), Table.Sha256, given);

    private static void Refused(DataLookup lookup, string problem) =>
        Assert.That(() => lookup.Path, Throws.InstanceOf<FileContentException>().With.Message.EqualTo(problem));
}
