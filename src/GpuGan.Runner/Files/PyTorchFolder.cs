using System.Globalization;
using System.Text;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Files;

/// <summary>What PyTorch needs of a training: each network's weights as a file of its own, and the Python that makes modules of them.</summary>
internal static class PyTorchFolder
{
    /// <summary>Its name in a run's folder.</summary>
    public const string Name = "pytorch";

    /// <summary>The Python file.</summary>
    public const string ScriptName = "networks.py";

    private static readonly string[] Networks = [NetworkTensors.Generator, NetworkTensors.Discriminator];

    /// <summary>Makes the folder, complete or not at all.</summary>
    /// <param name="path">The folder; it must not exist.</param>
    /// <param name="weights">Of a training.</param>
    /// <exception cref="FileContentException">The folder exists, or cannot be made, or the weights are of no use.</exception>
    public static void Write(string path, WeightsFile weights)
    {
        TrainedNetwork generator = weights.Network(NetworkTensors.Generator), discriminator = weights.Network(NetworkTensors.Discriminator);
        string script = Script(generator, discriminator, weights.ColumnsOf(generator), weights.StandardizationOf(generator));
        bool made = AtomicFolder.TryCreate(path, folder =>
        {
            foreach ((string name, TrainedNetwork network) in Networks.Zip([generator, discriminator]))
            {
                AtomicFile.Write(WeightsPath(folder, name), stream => weights.WriteAlone(stream, name, network));
            }

            AtomicFile.Write(Path.Join(folder, ScriptName), script);
        });
        if (!made)
        {
            throw new FileContentException(path, "exists; name another folder with --out, or delete it");
        }
    }

    /// <summary>Deletes the files of <see cref="Write"/>, and the folder if there is nothing else in it.</summary>
    public static void Delete(string path)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        foreach (string file in (string[])[.. Networks.Select(name => WeightsPath(path, name)), Path.Join(path, ScriptName)])
        {
            File.Delete(file);
        }

        if (!Directory.EnumerateFileSystemEntries(path).Any())
        {
            Directory.Delete(path);
        }
    }

    private static string WeightsPath(string folder, string network) => Path.Join(folder, $"{network}.safetensors");

    private static string Script(
        TrainedNetwork generator, TrainedNetwork discriminator, IReadOnlyList<string> columns, Standardization standardization) => EmbeddedText.Read("PyTorch/networks.py")
        .Replace("{columns}", string.Join(", ", columns.Select(Literal)), StringComparison.Ordinal)
        .Replace("{shift}", Numbers(columns.Select((_, i) => standardization.Undo(0, i))), StringComparison.Ordinal)
        .Replace("{scale}", Numbers(columns.Select((_, i) => standardization.IsNone ? 1 : standardization.Scale[i])), StringComparison.Ordinal)
        .Replace("{latent}", $"{generator.Shape.Inputs}", StringComparison.Ordinal)
        .Replace("{generator}", Modules(generator), StringComparison.Ordinal)
        .Replace("{discriminator}", Modules(discriminator), StringComparison.Ordinal);

    private static string Numbers(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(number => number.ToString("r", CultureInfo.InvariantCulture)));

    private static string Modules(TrainedNetwork network) => string.Join(
        $",\n        {ModuleOf(network.Shape.Hidden)},\n        ", network.Shape.Layers.Select(layer => $"nn.Linear({layer.Inputs}, {layer.Outputs}{(layer.HasBias ? "" : ", bias=False")})"))
        + (network.Shape.Output is IdentityActivation ? "" : $",\n        {ModuleOf(network.Shape.Output)}");

    private static string ModuleOf(IActivation activation) => activation switch
    {
        TanhActivation => "nn.Tanh()",
        ReluActivation => "nn.ReLU()",
        LeakyReluActivation => string.Create(CultureInfo.InvariantCulture, $"nn.LeakyReLU({activation.Coefficient})"),
        SigmoidActivation => "nn.Sigmoid()",
        IdentityActivation => "nn.Identity()",
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation.Word, "no module of PyTorch is known for it"),
    };

    // A column's name may hold whatever a file has in its first row.
    private static string Literal(string text) => $"\"{string.Concat(text.EnumerateRunes().Select(rune =>
        Rune.IsLetterOrDigit(rune) || (rune.Value is >= ' ' and < 127 and not ('"' or '\\')) ? rune.ToString() : $"\\U{rune.Value:x8}"))}\"";
}
