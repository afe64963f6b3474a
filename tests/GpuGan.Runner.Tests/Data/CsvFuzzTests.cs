using System.Globalization;
using System.Text;
using GpuGan.Kernels.Distributions;
using GpuGan.Runner.Data;

namespace GpuGan.Runner.Tests.Data;

/// <summary>Whatever a file holds, it is read or refused in words.</summary>
internal sealed class CsvFuzzTests
{
    private const int Tries = 3000;

    // What files are made of, so that something like a table comes of it often.
    private static readonly string[] Pieces =
    [
        ",", ",", ",", ";", ";", "\t", "|", " ", " ", "\n", "\n", "\n", "\r\n", "\r", "\"", "\"\"", "#", "# ", "sep=;", "-", ".", "..", "+", "%", "$", "0x", "e", "D",
        "0", "1", "2", "3", "12", "345", "2019", "1.5", "2.25", "1,5", "1e9", "1e39", "1e999", "1e-400", "1.234.567,8", "NA", "nan", "inf", "∞", "x", "eruptions", "é", "\u0001", "\uD800",
    ];

    private static readonly CsvOptions[] Options =
    [
        new(),
        new() { SkipMissing = true, AllowRounding = true },
        new() { Decimal = ',', AllowRounding = true },
        new() { Header = HeaderRow.No, Columns = "1,2" },
        new() { Header = HeaderRow.Yes, Columns = "x-eruptions" },
        new() { Delimiter = ' ', SkipMissing = true },
        new() { Delimiter = ';' },
    ];

    [Test]
    public void Any_text_is_read_or_refused()
    {
        Random random = new(1);
        int read = 0;
        for (int i = 0; i < Tries; i++)
        {
            StringBuilder text = new();
            for (int pieces = random.Next(60); pieces > 0; pieces--)
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }

            read += IsRead(Encoding.UTF8.GetBytes(text.ToString()), Options[random.Next(Options.Length)]) ? 1 : 0;
        }

        Assert.That(read, Is.InRange(Tries / 200, Tries), "some are tables");
    }

    [Test]
    public void A_damaged_file_is_read_or_refused()
    {
        Random random = new(2);
        byte[][] files = [.. Directory.GetFiles(Path.Join(TestContext.CurrentContext.TestDirectory, "Data", "Found")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        int read = 0;
        for (int i = 0; i < Tries; i++)
        {
            byte[] bytes = [.. files[random.Next(files.Length)]];
            for (int damages = Math.Min(bytes.Length, random.Next(4)); damages > 0; damages--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            read += IsRead(bytes[..(random.Next(2) == 0 ? bytes.Length : random.Next(bytes.Length + 1))], Options[random.Next(Options.Length)]) ? 1 : 0;
        }

        Assert.That(read, Is.InRange(Tries / 20, Tries), "some damages do little");
    }

    [Test]
    public void Numbers_are_read_back_whatever_stands_between_them([Values(',', ';', '|', '\t', ' ')] char delimiter, [Values('.', ',')] char decimalSign)
    {
        if (delimiter == decimalSign)
        {
            return;
        }

        Random random = new(3);
        for (int i = 0; i < 200; i++)
        {
            double[] values = [.. Enumerable.Range(0, 2 * random.Next(1, 20)).Select(_ => random.Next(3) == 0 ? random.Next(-9, 99) : random.NextDouble() * Math.Pow(10, random.Next(-9, 9)))];
            string text = string.Concat(values.Chunk(2).Select(row => $"{Written(row[0])}{delimiter}{Written(row[1])}\n"));
            Table table = CsvDataReader.Parse("file", text, new CsvOptions { Decimal = decimalSign, Header = HeaderRow.No, AllowRounding = true }).Table;
            Assert.That((table.Columns, table.Values), Is.EqualTo((2, values)), text);
        }

        string Written(double value) => value.ToString("r", CultureInfo.InvariantCulture).Replace('.', decimalSign);
    }

    // Any other exception fails the test, and so do numbers that no training could learn.
    private static bool IsRead(byte[] bytes, CsvOptions options)
    {
        try
        {
            Table table = CsvDataReader.Read("file", bytes, options).Table;
            Assert.That(table.ToDataSet().Values.All(float.IsFinite), "all are finite");
            return true;
        }
        catch (FileContentException exception)
        {
            Assert.That(exception.Message, Does.StartWith("file: ").And.Length.InRange(10, 1000));
            return false;
        }
    }
}
