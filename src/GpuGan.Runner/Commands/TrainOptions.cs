using System.CommandLine;
using System.CommandLine.Parsing;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Runner.Commands;

/// <summary>The options of a training, in the order of the help.</summary>
internal sealed class TrainOptions
{
    private static readonly TrainingSettings Defaults = new();

    private readonly Option<string?> data = Options.Path("--data", "FILE", "CSV file with rows of numbers [default: the chapter's Gaussian, drawn from the seed]");
    private readonly Option<int> rows = Options.Count("--rows", "Rows to draw from the Gaussian", 1000, least: 1, most: Array.MaxLength / 2);
    private readonly Option<NetworkShape?> generator = Options.Shape("--generator", "Widths of the generator, latent width first [default: C-C for C columns]");
    private readonly Option<NetworkShape?> discriminator = Options.Shape("--discriminator", "Widths of the discriminator, the last is 1 [default: C-5-3-1]");
    private readonly Option<string> hiddenActivation = Options.Word("--hidden-activation", "What stands between the layers of both networks", Defaults.HiddenActivation);
    private readonly Option<string> gLoss = Options.Word("--g-loss", "What the generator minimises", Defaults.GLoss);
    private readonly Option<double> initStd = Options.Number("--init-std", "Standard deviation of the initial weights", Defaults.InitStd);
    private readonly Option<int> batchSize = Options.Count("--batch-size", "Rows of a batch", Defaults.BatchSize, least: 1);
    private readonly Option<int> epochs = Options.Count("--epochs", "Passes over all rows", Defaults.Epochs, least: 1);
    private readonly Option<double> lrD = Options.Number("--lr-d", "Learning rate of the discriminator", Defaults.LrD);
    private readonly Option<double> lrG = Options.Number("--lr-g", "Learning rate of the generator", Defaults.LrG);
    private readonly Option<double> lrDecay = Options.Number("--lr-decay", "Factor of both learning rates from one epoch to the next", Defaults.LrDecay);
    private readonly Option<double> beta1 = Options.Number("--beta1", "Adam's decay of the first moment", Defaults.Beta1);
    private readonly Option<double> beta2 = Options.Number("--beta2", "Adam's decay of the second moment", Defaults.Beta2);
    private readonly Option<double> epsilon = Options.Number("--epsilon", "Adam's guard against a division by zero", Defaults.Epsilon);
    private readonly Option<ulong> seed = Options.Seed("--seed", "Decides data, initial weights and noise");
    private readonly DeviceOptions device = new();
    private readonly Option<string?> output = Options.Path("--out", "DIR", "Folder for the results [default: runs/TIME-seedSEED]");
    private readonly Option<bool> force = Options.Switch("--force", "Replace the results of a run in --out");
    private readonly Option<bool> noPlots = Options.Switch("--no-plots", "Draw no pictures");
    private readonly Option<bool> quiet = Options.Switch("--quiet", "Show no progress");
    private readonly Option<bool> json = Options.Switch("--json", "Print one JSON document instead of the report");
    private readonly Option<bool> requireConverged = Options.Switch("--require-converged", "Exit with 4 when the verdict is: not converged");

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        Option[] all =
        [
            data, rows, generator, discriminator, hiddenActivation, gLoss, initStd, batchSize, epochs,
            lrD, lrG, lrDecay, beta1, beta2, epsilon, seed, .. device.All,
            output, force, noPlots, quiet, json, requireConverged,
        ];
        foreach (Option option in all)
        {
            command.Add(option);
        }

        command.Validators.Add(RefuseRowsOfFile);
    }

    /// <summary>Collects what was given.</summary>
    public TrainArguments Bind(ParseResult parsed) => new()
    {
        Data = parsed.GetValue(data),
        Rows = parsed.GetValue(rows),
        Generator = parsed.GetValue(generator),
        Discriminator = parsed.GetValue(discriminator),
        Settings = new TrainingSettings
        {
            HiddenActivation = Words.Parse<Activation>(parsed.GetRequiredValue(hiddenActivation)),
            GLoss = Words.Parse<GeneratorLoss>(parsed.GetRequiredValue(gLoss)),
            InitStd = parsed.GetValue(initStd),
            BatchSize = parsed.GetValue(batchSize),
            Epochs = parsed.GetValue(epochs),
            LrD = parsed.GetValue(lrD),
            LrG = parsed.GetValue(lrG),
            LrDecay = parsed.GetValue(lrDecay),
            Beta1 = parsed.GetValue(beta1),
            Beta2 = parsed.GetValue(beta2),
            Epsilon = parsed.GetValue(epsilon),
            Seed = parsed.GetValue(seed),
        },
        Device = device.Bind(parsed),
        Out = parsed.GetValue(output),
        Force = parsed.GetValue(force),
        Plots = !parsed.GetValue(noPlots),
        Quiet = parsed.GetValue(quiet),
        Json = parsed.GetValue(json),
        RequireConverged = parsed.GetValue(requireConverged),
    };

    private void RefuseRowsOfFile(CommandResult result)
    {
        if (result.GetResult(data) is { Implicit: false } && result.GetResult(rows) is { Implicit: false })
        {
            result.AddError("--rows is for drawn data; --data trains on all rows of its file");
        }
    }
}
