using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Optimizers;
using GpuGan.Runner.Data;
using GpuGan.Runner.Settings;

namespace GpuGan.Runner.Files;

/// <summary>
/// Where a training was at the end of an epoch, as one safetensors file: the parameters by PyTorch's names, Adam's moments by
/// the same names after <c>first_moment.</c> and <c>second_moment.</c> - layers numbered alone -, the powers of its decays as pairs, and the losses of
/// the epochs so far. The metadata hold the step, and all that decides the bits of the training: random numbers are functions
/// of seed and step, so these two are the position in the random streams.
/// </summary>
/// <param name="State">What the rest of the training depends on.</param>
/// <param name="Losses">Of each epoch so far; at least one.</param>
internal sealed record Checkpoint(TrainingState State, IReadOnlyList<EpochLosses> Losses)
{
    private const string VersionKey = "checkpoint", Version = "3", BeforeGames = "2", BeforeStandardization = "1";
    private const string StepKey = "step";
    // Adam's words gave the names.
    private static readonly string[] Words = ["first_moment.", "second_moment.", "third_moment."];
    private const string Average = "average.";
    private const string PowersD = "beta_powers", PowersG = "beta_powers_g", LossesName = "losses";

    /// <summary>
    /// What must be equal in two trainings for one to go on from the other's checkpoint. The number of epochs is not among it: a
    /// longer training begins as a shorter one.
    /// </summary>
    /// <param name="settings">How to train.</param>
    /// <param name="data">What to learn.</param>
    /// <param name="dataSeed">The seed of drawn data where it is another than the training's; else null.</param>
    /// <param name="initial">What the training began with; null where all was drawn.</param>
    public static IReadOnlyDictionary<string, string> IdentityOf(TrainingSettings settings, LearnedData data, ulong? dataSeed, InitialNetworks? initial = null) =>
        new Dictionary<string, string>(CommonOf(settings, data, dataSeed).Concat(initial is null ? [] : [KeyValuePair.Create(InitialNetworks.Name, initial.Sha256)]))
        {
            ["data_sha256"] = data.Real.Sha256,
            ["standardize"] = data.Standardization.IsNone ? "false" : "true",
        };

    /// <summary>Writes the whole file.</summary>
    /// <param name="stream">Takes the bytes.</param>
    /// <param name="identity">Of <see cref="IdentityOf"/>.</param>
    public void Write(Stream stream, IReadOnlyDictionary<string, string> identity)
    {
        SafetensorsWriter.Write(
            stream,
            [
                KeyValuePair.Create(VersionKey, Version),
                KeyValuePair.Create(StepKey, State.Steps.ToString(CultureInfo.InvariantCulture)),
                .. identity,
            ],
            [
                .. State.Parameters.Tensors(LayerNumbering.Layers),
                .. State.Optimizer.SelectMany((word, i) => Prefixed(Words[i], word)),
                .. State.Averages is GanParameters averages ? Prefixed(Average, averages) : [],
                TensorOf(PowersD, State.PowersD),
                TensorOf(PowersG, State.PowersG),
                new Tensor(LossesName, [Losses.Count, 4], Losses.SelectMany(losses => new[] { losses.LossD, losses.LossG, losses.LastLossD, losses.LastLossG }).ToArray()),
            ]);
    }

    /// <summary>Reads the checkpoint of a training.</summary>
    /// <param name="path">The file, which is named in every error.</param>
    /// <param name="settings">Of the training that is to go on.</param>
    /// <param name="data">What it learns.</param>
    /// <param name="dataSeed">The seed of drawn data where it is another than the training's; else null.</param>
    /// <param name="initial">What the training began with; null where all was drawn.</param>
    /// <exception cref="FileContentException">The file cannot be read, or is no checkpoint of this training.</exception>
    public static Checkpoint Read(string path, TrainingSettings settings, LearnedData data, ulong? dataSeed, InitialNetworks? initial = null)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        if (file.Metadata.GetValueOrDefault(VersionKey) is not string version)
        {
            throw new FileContentException(path, "is no checkpoint of a training: its metadata do not say so");
        }

        RequireSameTraining(path, file, version switch
        {
            Version => IdentityOf(settings, data, dataSeed, initial),
            BeforeGames => IdentityOf(settings, data, dataSeed),
            BeforeStandardization => OlderIdentityOf(settings, data, dataSeed),
            _ => throw new FileContentException(path, $"is a checkpoint of version {OneLine.Quote(version)}; this program reads versions {BeforeStandardization} to {Version}"),
        });
        int stepsPerEpoch = settings.StepsPerEpoch(data.Rows.Rows);
        if (!int.TryParse(file.Metadata.GetValueOrDefault(StepKey), NumberStyles.None, CultureInfo.InvariantCulture, out int steps) ||
            steps == 0 || steps % stepsPerEpoch != 0)
        {
            throw new FileContentException(path, $"its step is not the end of an epoch, a multiple of {stepsPerEpoch}");
        }

        DecayPowers<float> powersD = PowersOf(file, PowersD);
        TrainingState state = new(
            steps,
            ParametersFile.Read(file, settings.Generator, settings.Discriminator),
            [.. Words[..Math.Max(settings.DOptimizer.StateWords, settings.GOptimizer.StateWords)].Select(word => ParametersFile.Read(file, settings.Generator, settings.Discriminator, word))],
            settings.GEma != 0 ? ParametersFile.Read(file, settings.Generator, settings.Discriminator, Average) : null,
            powersD,
            version == Version ? PowersOf(file, PowersG) : powersD);
        if (!state.Parameters.AllFinite)
        {
            throw new FileContentException(path, "a parameter is not finite; a training that diverged does not go on");
        }

        float[] losses = file.Floats(LossesName, steps / stepsPerEpoch, 4);
        return new Checkpoint(state, [.. losses.Chunk(4).Select((epoch, i) => new EpochLosses(i + 1, epoch[0], epoch[1], epoch[2], epoch[3]))]);
    }

    private static IEnumerable<Tensor> Prefixed(string prefix, GanParameters values) =>
        values.Tensors(LayerNumbering.Layers).Select(tensor => tensor with { Name = prefix + tensor.Name });

    private static Tensor TensorOf(string name, DecayPowers<float> powers) =>
        new(name, [2, 2], new[] { powers.Beta1.High, powers.Beta1.Low, powers.Beta2.High, powers.Beta2.Low });

    private static DecayPowers<float> PowersOf(SafetensorsFile file, string name)
    {
        float[] words = file.Floats(name, 2, 2);
        return new(new(words[0], words[1]), new(words[2], words[3]));
    }

    // Knew the rows by the floats that a training learns, and not as they were read.
    private static Dictionary<string, string> OlderIdentityOf(TrainingSettings settings, LearnedData data, ulong? dataSeed) =>
        new(CommonOf(settings, data, dataSeed)) { ["data_sha256"] = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(data.Rows.Values.AsSpan()))) };

    private static IEnumerable<KeyValuePair<string, string>> CommonOf(TrainingSettings settings, LearnedData data, ulong? dataSeed) =>
        SettingsJson.Metadata(settings, data.Rows.Rows, dataSeed).Where(setting => setting.Key != "epochs");

    private static void RequireSameTraining(string path, SafetensorsFile file, IReadOnlyDictionary<string, string> identity)
    {
        foreach ((string name, string expected) in identity)
        {
            string? found = (SettingTable.Find(name)?.Names ?? [name]).Select(one => file.Metadata.GetValueOrDefault(one)).FirstOrDefault(text => text is not null) ?? SettingsJson.MissingIn(name);
            if (found != expected)
            {
                string has = found is null ? $"has no {name}" : $"has the {name} {OneLine.Quote(found)}";
                throw new FileContentException(path, $"is of another training: it {has}, this run {OneLine.Quote(expected)}");
            }
        }

        if (file.Metadata.ContainsKey("data_seed") && !identity.ContainsKey("data_seed"))
        {
            throw new FileContentException(path, "is of another training: it has a data_seed, this run has none");
        }
    }
}
