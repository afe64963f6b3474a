using System.CommandLine;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan sample</c>: draws rows from a trained generator.</summary>
internal static class SampleCommand
{
    // What is in memory at a time.
    private const int RowsOfPiece = 1 << 14;

    public static Command Create()
    {
        Argument<string> source = new("source") { HelpName = "RUN|FILE", Description = "The folder of a training, or safetensors with a generator, from here or from PyTorch" };
        Option<int> rows = Options.Count("--rows", "Rows to draw", 1000, least: 1, most: Array.MaxLength / 2);
        Option<string?> output = Options.Path("--out", "FILE", "CSV file to write; one that is there is replaced [default: standard output]");
        Option<ulong?> seed = Options.OptionalSeed(
            "--seed", "Decides the latent rows: the seed's evaluation stream, from its beginning [default: the run's, whose stream the verdict and the pictures use; 0 for files of other programs]");
        Option<string?> activation = Options.Checked(
            "--hidden-activation", string.Join('|', ActivationTable.All.Forms), "What stands between the generator's layers [default: what the file says; files of other programs do not]", token => ActivationTable.All.Parse(token));
        activation.CompletionSources.Add([.. ActivationTable.All.Words]);
        rows.Aliases.Add("-n");
        output.Aliases.Add("-o");
        Verb command = new(
            "sample",
            "Draws rows from a trained generator, as CSV. The header has the names of the data's columns, x1, x2 … where they have none. " +
            "The same seed gives the same rows, and more of them begin with the same.",
            "gpugan sample results",
            "gpugan sample results -n 1000 -o points.csv",
            "gpugan sample weights.safetensors -n 5 --seed 7",
            "gpugan sample pytorch.safetensors --hidden-activation leaky-relu") { source, rows, output, seed, activation };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(source);
            WeightsFile weights = WeightsFile.Read(Directory.Exists(path) ? Path.Join(path, RunFolder.WeightsName) : path, Words.Option);
            TrainedNetwork generator = weights.Network(
                NetworkTensors.Generator, parsed.GetValue(activation) is string word ? ActivationTable.All.Parse(word) : null);
            IReadOnlyList<string> columns = weights.ColumnsOf(generator);
            Standardization standardization = weights.StandardizationOf(generator);
            int count = parsed.GetValue(rows);
            int widest = Math.Max(generator.Shape.Inputs, generator.Shape.Outputs);
            if (count > Array.MaxLength / widest)
            {
                throw new CommandException(ExitCode.Usage, $"--rows {count} is too many for this generator; it draws at most {Array.MaxLength / widest} at once");
            }

            if (generator.Rounded > 0)
            {
                parsed.InvocationConfiguration.Error.WriteLine(
                    $"note: {generator.Rounded} of the {generator.Values.Length} weights of {path} are finer than float32; they are rounded");
            }

            ulong from = parsed.GetValue(seed) ?? weights.Seed;
            IEnumerable<DataSet> drawn = Enumerable.Range(0, (count + RowsOfPiece - 1) / RowsOfPiece).Select(piece => GeneratedSamples.Draw(
                generator.Shape, generator.Values, from, Math.Min(RowsOfPiece, count - (piece * RowsOfPiece)), piece * RowsOfPiece));
            if (parsed.GetValue(output) is string file)
            {
                AtomicFile.Write(file, stream =>
                {
                    using StreamWriter writer = new(stream, leaveOpen: true);
                    CsvDataWriter.Write(writer, columns, drawn, standardization);
                });
            }
            else
            {
                StandardOutput.Write(parsed.InvocationConfiguration.Output, writer => CsvDataWriter.Write(writer, columns, drawn, standardization));
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
