using System.CommandLine;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Benchmarks;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Report;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan bench</c>: how many steps of GANs a second the accelerator does.</summary>
internal static class BenchCommand
{
    private const int MostMembers = 10_000_000;

    public static Command Create()
    {
        Option<int?> population = Options.OptionalCount("--population", "Measure one point: a population of N of the chapter's GANs", least: 1, most: MostMembers);
        Option<string?> generator = Options.Checked("--generator", "WIDTHS", "Measure one point: networks of any width, by the engine that is quicker for them [default: 2-2]", text => Apply("generator", text));
        Option<string?> discriminator = Options.Checked("--discriminator", "WIDTHS", "Of the same point [default: 2-5-3-1]", text => Apply("discriminator", text));
        Option<int?> batchSize = Options.OptionalCount("--batch-size", "Of the same point [default: 8]", least: 1, most: 1_000_000);
        Option<string> engine = Options.Word("--engine", "Of the same point: what trains", Engine.Auto);
        Option<double> seconds = Options.Number("--seconds", "How long each point is measured", 1);
        Option<string?> folder = Options.Path("--out", "FOLDER", "Write bench.csv, or widths.csv of --compare, and the pictures there, replacing those that are there");
        Option<bool> compare = Options.Switch(
            "--compare", "Measure C++, PyTorch and TorchSharp beside it on this CPU, in turn, and PyTorch with wider networks; in a clone of the repository (bench)");
        Option<bool> json = Options.Switch("--json", "Print the rows as JSON");
        DeviceOptions device = new();
        Option<bool> fastMath = Options.Switch("--fast-math", "Measure that point with a GPU's own functions: quicker, but no longer the same bits everywhere");
        Option<bool> shuffle = Options.Switch("--shuffle", "Measure that point with rows that are shuffled in each epoch");
        Verb command = new(
            "bench",
            "Measures GAN-steps per second: an update of the discriminator and one of the generator on one batch. Without --population it " +
            "makes a tour: engines, populations up to a million, lanes, steps per launch, batch sizes, networks.",
            "gpugan bench",
            "gpugan bench --population 4096 --seconds 5",
            "gpugan bench --generator 2-64-64-2 --discriminator 2-64-64-1 --batch-size 64",
            "gpugan bench --device cuda --json",
            "gpugan bench --compare") { population, generator, discriminator, batchSize, engine, fastMath, shuffle, seconds };
        foreach (Option option in device.All)
        {
            command.Add(option);
        }

        command.Add(folder);
        command.Add(compare);
        command.Add(json);
        command.SetAction(parsed => (int)Run(
            parsed.GetValue(population),
            (parsed.GetValue(generator), parsed.GetValue(discriminator), parsed.GetValue(batchSize)),
            Words.Parse<Engine>(parsed.GetRequiredValue(engine)),
            parsed.GetValue(fastMath),
            parsed.GetValue(shuffle),
            parsed.GetValue(seconds),
            device.Bind(parsed),
            parsed.GetValue(folder),
            parsed.GetValue(compare),
            parsed.GetValue(json),
            parsed.InvocationConfiguration.Output));
        return command;
    }

    private static ExitCode Run(
        int? population,
        (string? Generator, string? Discriminator, int? BatchSize) widths,
        Engine engine,
        bool fastMath,
        bool shuffle,
        double seconds,
        DeviceArguments arguments,
        string? folder,
        bool compare,
        bool json,
        TextWriter output)
    {
        if (seconds is <= 0 or > 3600)
        {
            throw new CommandException(ExitCode.Usage, FormattableString.Invariant($"--seconds {seconds} is out of range; it must be above 0 and at most 3600"));
        }

        if ((fastMath || shuffle) && population is null)
        {
            throw new CommandException(ExitCode.Usage, $"--{(fastMath ? "fast-math" : "shuffle")} measures one point; give its --population");
        }

        if (compare)
        {
            return (population, widths, engine, arguments.Word) is (null, (null, null, null), Engine.Auto, "auto" or "cpu")
                ? Compare(seconds, arguments.Threads, json, folder)
                : throw new CommandException(ExitCode.Usage, "--compare measures populations of its own on the CPU; leave out --population, --engine and --device");
        }

        if (widths is not (null, null, null) && (fastMath || shuffle))
        {
            throw new CommandException(ExitCode.Usage, "--fast-math and --shuffle are for the chapter's networks; leave widths and batch size out");
        }

        if (widths is (null, null, null) && engine != Engine.Auto)
        {
            throw new CommandException(ExitCode.Usage, $"--engine {Words.Of(engine)} is for one point of any width; give its --generator, --discriminator or --batch-size");
        }

        using Device device = arguments.Open();
        IReadOnlyList<BenchmarkCase> cases = widths is not (null, null, null) ? [WidePoint()] : population is int count ? [PointOf(count)] : BenchmarkCase.Tour(device.HasVectors);
        List<BenchmarkRow> rows = [];
        BenchmarkReport report = new(json ? TextWriter.Null : output);
        report.WriteHead(device);
        FastMathNote.Write(json ? TextWriter.Null : output, fastMath, device);
        foreach (BenchmarkCase wanted in cases)
        {
            rows.Add(Benchmark.Measure(device, wanted, seconds));
            report.WriteRow(rows[^1]);
        }

        if (json)
        {
            JsonObject document = new() { ["rows"] = new JsonArray([.. rows.Select(row => row.ToJson())]) };
            output.Write(Json.Document(document));
        }

        if (folder is not null)
        {
            Write(folder, rows);
        }

        return ExitCode.Done;

        BenchmarkCase WidePoint()
        {
            Network made = Apply("generator", widths.Generator).Generator, judged = Apply("discriminator", widths.Discriminator).Discriminator;
            BenchmarkCase point = BenchmarkCase.OfWidths(device, engine, population ?? 1, made, judged, widths.BatchSize ?? new TrainingSettings().BatchSize);
            return made.Outputs == judged.Inputs && judged.Outputs == 1
                ? point
                : throw new CommandException(ExitCode.Usage, $"--generator {made} makes {made.Outputs} columns; --discriminator {judged} must take them, and end with 1");
        }

        BenchmarkCase PointOf(int count)
        {
            BenchmarkCase point = fastMath ? BenchmarkCase.OfFastMath(count) : BenchmarkCase.Of(count);
            return shuffle ? point.Shuffled() : point;
        }
    }

    private static ExitCode Compare(double seconds, int threads, bool json, string? folder)
    {
        if (folder is null || json)
        {
            return PeerComparison.Run(seconds, threads, json, table: null);
        }

        MakeFolder(folder);
        string table = Path.Join(folder, "widths.csv");
        ExitCode code = PeerComparison.Run(seconds, threads, json, table);
        if (code == ExitCode.Done)
        {
            foreach ((string name, byte[] bytes) in WidthsPicture.Files(File.ReadAllLines(table)))
            {
                AtomicFile.Write(Path.Join(folder, name), stream => stream.Write(bytes));
            }
        }

        return code;
    }

    // As the option of a training; the default where it is not given.
    private static TrainingSettings Apply(string setting, string? text) =>
        text is null ? new TrainingSettings() : SettingTable.Find(setting)!.Apply(new TrainingSettings(), text);

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(folder, exception);
        }
    }

    private static void Write(string folder, IReadOnlyList<BenchmarkRow> rows)
    {
        MakeFolder(folder);
        AtomicFile.Write(Path.Join(folder, "bench.csv"), string.Join('\n', [string.Join(',', BenchmarkRow.Names), .. rows.Select(row => row.ToCsv()), ""]));
        foreach ((string name, byte[] bytes) in BenchmarkPicture.Files(rows))
        {
            AtomicFile.Write(Path.Join(folder, name), stream => stream.Write(bytes));
        }
    }
}
