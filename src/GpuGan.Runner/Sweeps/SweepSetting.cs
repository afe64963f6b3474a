using System.Globalization;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Runner.Commands;

namespace GpuGan.Runner.Sweeps;

/// <summary>A setting that a sweep may have several values of: its name, its texts, and its place among a member's settings.</summary>
internal abstract class SweepSetting
{
    private SweepSetting(string property, bool decidesLaunches) => (Property, DecidesLaunches) = (property, decidesLaunches);

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<SweepSetting> All { get; } =
    [
        Count("Rows", s => s.Rows, (s, value) => s with { Rows = value }),
        Shape("Generator", t => t.Generator, (t, value) => t with { Generator = value }),
        Shape("Discriminator", t => t.Discriminator, (t, value) => t with { Discriminator = value }),
        Word<Activation>("HiddenActivation", t => t.HiddenActivation, (t, value) => t with { HiddenActivation = value }),
        Word<GeneratorLoss>("GLoss", t => t.GLoss, (t, value) => t with { GLoss = value }),
        Number("InitStd", t => t.InitStd, (t, value) => t with { InitStd = value }),
        Count("BatchSize", s => s.Training.BatchSize, (s, value) => s with { Training = s.Training with { BatchSize = value } }),
        Count("Epochs", s => s.Training.Epochs, (s, value) => s with { Training = s.Training with { Epochs = value } }),
        Number("LrD", t => t.LrD, (t, value) => t with { LrD = value }),
        Number("LrG", t => t.LrG, (t, value) => t with { LrG = value }),
        Number("LrDecay", t => t.LrDecay, (t, value) => t with { LrDecay = value }),
        Number("Beta1", t => t.Beta1, (t, value) => t with { Beta1 = value }),
        Number("Beta2", t => t.Beta2, (t, value) => t with { Beta2 = value }),
        Number("Epsilon", t => t.Epsilon, (t, value) => t with { Epsilon = value }),
    ];

    /// <summary>The property of <see cref="TrainingSettings"/>, or <c>Rows</c>.</summary>
    public string Property { get; }

    /// <summary>Its name in files, such as <c>lr_d</c>.</summary>
    public string Name => Words.Snake(Property);

    /// <summary>Its option, such as <c>--lr-d</c>.</summary>
    public string Option => $"--{Words.Kebab(Property)}";

    /// <summary>Whether members that differ in it are trained by different launches.</summary>
    public bool DecidesLaunches { get; }

    /// <summary>Type of its values: <c>double</c>, <c>int</c> or <c>string</c>.</summary>
    public abstract Type Type { get; }

    /// <summary>The value as files and tables have it: a <c>double</c>, an <c>int</c> or a <c>string</c>.</summary>
    public abstract object Get(MemberSettings settings);

    /// <summary>Sets the value that a text means.</summary>
    /// <exception cref="FormatException">It means none; the message follows the text.</exception>
    public abstract MemberSettings Set(MemberSettings settings, string text);

    /// <summary>The text of the value.</summary>
    public string TextOf(MemberSettings settings) => string.Create(CultureInfo.InvariantCulture, $"{Get(settings)}");

    /// <summary>The nearest number that is a value; for words and shapes there is none.</summary>
    public virtual double Round(double number) => throw new FormatException($"is a range, but {Option} takes no numbers; list its values");

    private static NumberSetting Number(string property, Func<TrainingSettings, double> get, Func<TrainingSettings, double, TrainingSettings> set) =>
        new NumberSetting(property, s => get(s.Training), (s, value) => s with { Training = set(s.Training, value) });

    private static CountSetting Count(string property, Func<MemberSettings, int> get, Func<MemberSettings, int, MemberSettings> set) =>
        new CountSetting(property, get, set);

    private static WordSetting Word<TEnum>(string property, Func<TrainingSettings, TEnum> get, Func<TrainingSettings, TEnum, TrainingSettings> set)
        where TEnum : struct, Enum => new WordSetting(
        property,
        t => Words.Of(get(t)),
        (t, text) => Words.TryParse(text, out TEnum value) ? set(t, value) : throw new FormatException($"is none of {string.Join(", ", Words.All<TEnum>())}"));

    private static WordSetting Shape(
        string property, Func<TrainingSettings, NetworkShape> get, Func<TrainingSettings, NetworkShape, TrainingSettings> set) => new WordSetting(
        property,
        t => get(t).ToString(),
        (t, text) =>
        {
            try
            {
                return set(t, NetworkShape.Parse(text));
            }
            catch (ArgumentException exception)
            {
                throw new FormatException($"is refused: {exception.Message}", exception);
            }
        });

    private sealed class NumberSetting(string property, Func<MemberSettings, double> get, Func<MemberSettings, double, MemberSettings> set)
        : SweepSetting(property, decidesLaunches: false)
    {
        public override Type Type => typeof(double);

        public override object Get(MemberSettings settings) => get(settings);

        public override MemberSettings Set(MemberSettings settings, string text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                ? set(settings, value)
                : throw new FormatException("is no finite number, such as 0.05 or 1e-8");

        public override double Round(double number) => number;
    }

    private sealed class CountSetting(string property, Func<MemberSettings, int> get, Func<MemberSettings, int, MemberSettings> set)
        : SweepSetting(property, decidesLaunches: true)
    {
        public override Type Type => typeof(int);

        // As the option of train has it.
        private int Most => Property == nameof(MemberSettings.Rows) ? Array.MaxLength / 2 : int.MaxValue;

        public override object Get(MemberSettings settings) => get(settings);

        public override MemberSettings Set(MemberSettings settings, string text) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= 1 && value <= Most
                ? set(settings, value)
                : throw new FormatException($"is no whole number from 1 to {Most}");

        public override double Round(double number) => Math.Round(number);
    }

    private sealed class WordSetting(string property, Func<TrainingSettings, string> get, Func<TrainingSettings, string, TrainingSettings> set)
        : SweepSetting(property, decidesLaunches: true)
    {
        public override Type Type => typeof(string);

        public override object Get(MemberSettings settings) => get(settings.Training);

        public override MemberSettings Set(MemberSettings settings, string text) => settings with { Training = set(settings.Training, text) };
    }
}
