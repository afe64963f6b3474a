using System.Globalization;
using System.Text.Json;
using GpuGan.Kernels;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Replay;

/// <summary>A recorded training: all that went into it, what came out step by step, and how close to come.</summary>
internal sealed class Trace
{
    private readonly string path;
    private readonly SafetensorsFile file;

    private Trace(string path, SafetensorsFile file)
    {
        this.path = path;
        this.file = file;
        Settings = ReadSettings();
        int columns = Settings.Generator.Outputs;
        Steps = Count("steps");
        KeptSteps = Integers("kept_steps");
        foreach (int step in KeptSteps)
        {
            if (step < 1 || step > Steps)
            {
                throw Problem("kept_steps", $"holds {step}; steps are counted from 1 to {Steps}");
            }
        }

        Data = new DataSet(file.Floats("data", Count("rows"), columns), columns);
        if (!Array.TrueForAll(Data.Values, float.IsFinite))
        {
            throw new FileContentException(path, "data holds numbers that are not finite");
        }

        Noise = file.Floats("noise", Steps, Settings.BatchSize, Settings.Generator.Inputs);
        InputNoise = Settings.InstanceNoise != 0 ? file.Floats("input_noise", Steps, 2, Settings.BatchSize, columns) : [];
        Mix = Settings.GradientPenalty != 0 ? file.Floats("mix", Steps, Settings.BatchSize) : [];
        Initial = new GanParameters(Settings.Generator, Settings.Discriminator, Array.ConvertAll(
            Read("init", ["generator", "discriminator"]), value => (float)value));
        LossD = file.Doubles("loss_d", Steps);
        LossG = file.Doubles("loss_g", Steps);
        Tolerances = ReadTolerances();
        foreach (int step in KeptSteps)
        {
            // A missing tensor is found before the training, not in its middle.
            _ = GradientD(step);
            _ = Generates(step) ? GradientG(step) : [];
            _ = After(step);
            _ = Settings.GEma != 0 ? Average(step) : [];
        }
    }

    public TrainingSettings Settings { get; }

    public int Steps { get; }

    /// <summary>The steps, counted from 1, whose gradients and parameters were kept.</summary>
    public IReadOnlyList<int> KeptSteps { get; }

    /// <summary>The real rows.</summary>
    public DataSet Data { get; }

    /// <summary><c>[step, row, latent]</c>; a short batch uses the first rows.</summary>
    public float[] Noise { get; }

    /// <summary><c>[step, real or generated, row, column]</c>, the variates of the instance noise; empty where there is none.</summary>
    public float[] InputNoise { get; }

    /// <summary><c>[step, row]</c>, where the gradient penalty is taken; empty where there is none.</summary>
    public float[] Mix { get; }

    /// <summary>The parameters before the first step.</summary>
    public GanParameters Initial { get; }

    /// <summary><c>[step]</c>.</summary>
    public double[] LossD { get; }

    /// <summary><c>[step]</c>; NaN where the generator rests.</summary>
    public double[] LossG { get; }

    public Tolerances Tolerances { get; }

    /// <summary>Reads and checks a trace.</summary>
    /// <exception cref="FileContentException">The file cannot be read, or is no trace.</exception>
    public static Trace Open(string path) => new(path, SafetensorsFile.Read(path));

    /// <summary>Reads and checks the bytes of a trace.</summary>
    /// <param name="name">Names it in every error.</param>
    /// <param name="bytes">The contents of its file.</param>
    /// <exception cref="FileContentException">They are no trace.</exception>
    public static Trace Parse(string name, byte[] bytes) => new(name, SafetensorsFile.Parse(name, bytes));

    /// <summary>The discriminator's gradient that was used in a kept step.</summary>
    public double[] GradientD(int step) => Read($"grad_d.{step}", ["discriminator"]);

    /// <summary>The generator's gradient that was used in a kept step.</summary>
    public double[] GradientG(int step) => Read($"grad_g.{step}", ["generator"]);

    /// <summary>The parameters after a kept step: the generator's, then the discriminator's.</summary>
    public double[] After(int step) => Read($"after.{step}", ["generator", "discriminator"]);

    /// <summary>The averaged generator after a kept step.</summary>
    public double[] Average(int step) => Read($"ema.{step}", ["generator"]);

    /// <summary>The random numbers of a step, counted from 0, whose batch may be short.</summary>
    public RecordedStep NumbersOf(int step)
    {
        int batch = Settings.BatchSize, latent = Settings.Generator.Inputs, columns = Data.Columns;
        int batches = (Data.Rows + batch - 1) / batch, rows = Math.Min(batch, Data.Rows - (step % batches * batch));
        ReadOnlySpan<float> inputNoise = InputNoise.AsSpan(InputNoise.Length == 0 ? 0 : step * 2 * batch * columns);
        return new RecordedStep(
            [.. Noise.AsSpan(step * batch * latent, rows * latent)],
            InputNoise.Length == 0 ? [] : [.. inputNoise[..(rows * columns)], .. inputNoise.Slice(batch * columns, rows * columns)],
            Mix.Length == 0 ? [] : [.. Mix.AsSpan(step * batch, rows)]);
    }

    /// <summary>Whether the generator is updated in a step, counted from 1.</summary>
    public bool Generates(int step) => !double.IsNaN(LossG[step - 1]);

    // One value for each parameter of the networks, in the order of GanParameters.
    private double[] Read(string prefix, ReadOnlySpan<string> networks)
    {
        List<double> values = [];
        foreach (string network in networks)
        {
            Network shape = network == "generator" ? Settings.Generator : Settings.Discriminator;
            for (int i = 0; i < shape.Layers.Count; i++)
            {
                Layer layer = shape.Layers[i];
                values.AddRange(file.Doubles($"{prefix}.{network}.{i}.weight", layer.Outputs, layer.Inputs));
                if (layer.HasBias)
                {
                    values.AddRange(file.Doubles($"{prefix}.{network}.{i}.bias", layer.Outputs));
                }
            }
        }

        return [.. values];
    }

    // What traces need not tell: the weights are theirs, and new ones tell of each network.
    private static readonly string[] Optional = ["hidden_activation", "init_std", "lr_decay"];

    private static IReadOnlyList<string> KeysOf(Setting setting) => setting.Name == "epsilon" ? ["eps"] : setting.Names;

    private TrainingSettings ReadSettings()
    {
        TrainingSettings settings = new();
        foreach (Setting setting in SettingTable.All)
        {
            string? key = KeysOf(setting).FirstOrDefault(file.Metadata.ContainsKey);
            if (key is null && (setting.IsNew || Optional.Contains(setting.Name)))
            {
                continue;
            }

            key ??= KeysOf(setting)[0];
            string text = setting.IsWidths ? string.Join('-', Integers(key)) : setting.Type == typeof(double) ? $"{Number(key):r}" : Text(key);
            try
            {
                settings = setting.Apply(settings, text);
            }
            catch (FormatException exception)
            {
                throw Problem(key, $"{OneLine.Quote(text)} {exception.Message}");
            }
        }

        try
        {
            settings.Validate(settings.Generator.Outputs);
            return settings;
        }
        catch (InvalidSettingException exception)
        {
            throw Problem(Words.Snake(exception.Setting), exception.Problem);
        }
    }

    private Tolerances ReadTolerances()
    {
        double? parameters = NumberOr("parameter_tolerance"), losses = NumberOr("loss_tolerance");
        int? until = file.Metadata.ContainsKey("tolerance_until_step") ? Count("tolerance_until_step") : null;
        int? horizon = file.Metadata.ContainsKey("least_horizon") ? Count("least_horizon") : null;
        return new Tolerances(
            parameters ?? Tolerances.DefaultParameter,
            losses ?? Tolerances.DefaultLoss,
            until ?? Tolerances.DefaultUntilStep,
            horizon,
            Complete: parameters is not null && losses is not null && until is not null);
    }

    private double? NumberOr(string key) => file.Metadata.ContainsKey(key) ? Number(key) : null;

    private double Number(string key) =>
        double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Problem(key, $"{OneLine.Quote(Text(key))} is no finite number");

    private int Count(string key) =>
        int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
            ? value
            : throw Problem(key, $"{OneLine.Quote(Text(key))} is no whole number from 1 on");

    private int[] Integers(string key)
    {
        try
        {
            using JsonDocument list = JsonDocument.Parse(Text(key));
            return [.. list.RootElement.EnumerateArray().Select(element => element.GetInt32())];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw Problem(key, $"{OneLine.Quote(Text(key))} is no list of whole numbers, such as [2, 5, 3, 1]");
        }
    }

    private string Text(string key) => file.Metadata.TryGetValue(key, out string? text) ? text : throw Problem(key, "is missing; it is no trace");

    private FileContentException Problem(string key, string problem) => new(path, $"metadata {key} {problem}");
}

/// <summary>How close a replay must come to a trace.</summary>
/// <param name="Parameter">Largest absolute difference of a parameter.</param>
/// <param name="Loss">Largest absolute difference of a loss.</param>
/// <param name="UntilStep">The last step at which the two are held to: afterwards rounding has made another training of it.</param>
/// <param name="LeastHorizon">The least parity horizon; null where the file asks for none.</param>
/// <param name="Complete">Whether the file gives them, except for the horizon.</param>
internal sealed record Tolerances(double Parameter, double Loss, int UntilStep, int? LeastHorizon, bool Complete)
{
    public const double DefaultParameter = 5e-4;
    public const double DefaultLoss = 2.5e-4;
    public const int DefaultUntilStep = 400;
}

/// <summary>The random numbers of a recorded step.</summary>
/// <param name="Noise"><c>[row, latent]</c>.</param>
/// <param name="InputNoise"><c>[row, column]</c> of the real rows, then of the generated ones; empty where there is none.</param>
/// <param name="Mix"><c>[row]</c>; empty where there is none.</param>
internal sealed record RecordedStep(float[] Noise, float[] InputNoise, float[] Mix);
