using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Settings;

namespace GpuGan.Runner.Sweeps.Specification;

/// <summary>A setting that a sweep may have several values of: one of a training, or what its rows are drawn from and how many.</summary>
internal abstract class SweepSetting
{
    private SweepSetting()
    {
    }

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<SweepSetting> All { get; } = [new DistributionSetting(), new RowsSetting(), .. SettingTable.All.Select(setting => new TrainingSetting(setting))];

    /// <summary>The property of <see cref="TrainingSettings"/>, <c>Distribution</c> or <c>Rows</c>.</summary>
    public abstract string Property { get; }

    /// <summary>Its name in files, such as <c>lr_d</c>.</summary>
    public abstract string Name { get; }

    /// <summary>All names by which files have it, that of today first.</summary>
    public virtual IReadOnlyList<string> Names => [Name];

    /// <summary>The text that files of before, which do not have it, meant; null where all have it.</summary>
    public virtual string? Missing => null;

    /// <summary>The setting that decides where this one is not given; null where its own default does.</summary>
    public virtual string? Follows => null;

    /// <summary>Its option, such as <c>--lr-d</c>.</summary>
    public string Option => Options.NameOf(Name);

    /// <summary>Whether members that differ in it are trained by different launches.</summary>
    public virtual bool DecidesLaunches => true;

    /// <summary>Type of its values: <c>double</c>, <c>int</c>, <c>bool</c> or <c>string</c>.</summary>
    public abstract Type Type { get; }

    /// <summary>Where a setting stands among all.</summary>
    public static int PlaceOf(string name) => All.Select(setting => setting.Name).ToList().IndexOf(name);

    /// <summary>Finds a setting by its name in files, one of before included; null where there is none.</summary>
    public static SweepSetting? Find(string name) => All.FirstOrDefault(setting => setting.Names.Contains(name));

    /// <summary>The value as files and tables have it: of <see cref="Type"/>.</summary>
    public abstract object Get(MemberSettings settings);

    /// <summary>Sets the value that a text means.</summary>
    /// <exception cref="FormatException">It means none; the message follows the text.</exception>
    public abstract MemberSettings Set(MemberSettings settings, string text);

    /// <summary>The text of the value.</summary>
    public abstract string TextOf(MemberSettings settings);

    /// <summary>The nearest number that is a value; for words, switches and widths there is none.</summary>
    public abstract double Round(double number);

    private sealed class DistributionSetting : SweepSetting
    {
        public override string Property => nameof(MemberSettings.Distribution);

        public override string Name => DistributionWord.Name;

        public override string Missing => $"{Gaussian.Chapter}";

        public override Type Type => typeof(string);

        public override object Get(MemberSettings settings) => TextOf(settings);

        public override MemberSettings Set(MemberSettings settings, string text) => settings with { Distribution = DistributionWord.Parse(text) };

        public override string TextOf(MemberSettings settings) => $"{settings.Distribution}";

        public override double Round(double number) => throw new FormatException($"is a range, but {Option} takes no numbers; list its values");
    }

    private sealed class RowsSetting : SweepSetting
    {
        public override string Property => nameof(MemberSettings.Rows);

        public override string Name => "rows";

        public override Type Type => typeof(int);

        public override object Get(MemberSettings settings) => settings.Rows;

        // As the option of train has it.
        public override MemberSettings Set(MemberSettings settings, string text) => settings with { Rows = Options.ParseCount(text, least: 1, Array.MaxLength / 2) };

        public override string TextOf(MemberSettings settings) => $"{settings.Rows}";

        public override double Round(double number) => Math.Round(number);
    }

    private sealed class TrainingSetting(Setting setting) : SweepSetting
    {
        public override string Property => setting.Property;

        public override string Name => setting.Name;

        public override IReadOnlyList<string> Names => setting.Names;

        public override string? Missing => setting.IsNew ? setting.TextOf(new TrainingSettings()) : null;

        public override string? Follows => setting.Follows;

        public override bool DecidesLaunches => setting.DecidesCode;

        public override Type Type => setting.Type;

        public override object Get(MemberSettings settings) => setting.Read(settings.Training);

        public override MemberSettings Set(MemberSettings settings, string text) => settings with { Training = setting.Apply(settings.Training, text) };

        public override string TextOf(MemberSettings settings) => setting.TextOf(settings.Training);

        public override double Round(double number) => setting.Round(number) ?? throw new FormatException($"is a range, but {Option} takes no numbers; list its values");
    }
}
