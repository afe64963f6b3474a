using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Files;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Parsing;

/// <summary>Kinds of options, each with its own check, so that an error can say what would be right.</summary>
/// <remarks>Numbers are read by the invariant culture without separators of thousands: <c>1,5</c> is refused, never fifteen.</remarks>
internal static class Options
{
    /// <summary>The options of a command, and those of every command.</summary>
    public static IEnumerable<Option> AllOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)));

    /// <summary>A finite number.</summary>
    public static Option<double> Number(string name, string description, double defaultValue) => Make(
        name,
        "NUMBER",
        description,
        defaultValue,
        token => double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException("is no finite number, such as 0.05 or 1e-8"));

    /// <summary>A finite number that is not negative.</summary>
    public static Option<double> NumberFrom0(string name, string description, double defaultValue, double most = double.MaxValue) => Make(
        name,
        "NUMBER",
        description,
        defaultValue,
        token => ParseNumberFrom0(token, most));

    /// <summary>A finite number that is not negative; null where the option is not given.</summary>
    public static Option<double?> OptionalNumberFrom0(string name, string description, double most)
    {
        Option<double?> option = Make<double?>(name, "NUMBER", description, null, token => ParseNumberFrom0(token, most));
        option.DefaultValueFactory = null;
        return option;
    }

    /// <summary>Reads a finite number that is not negative.</summary>
    /// <exception cref="FormatException">It is none, or above <paramref name="most"/>.</exception>
    public static double ParseNumberFrom0(string text, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0 && value <= most
            ? value
            : throw new FormatException(most < double.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"is no number from 0 to {most}") : "is no number from 0 on");

    /// <summary>A whole number between two others.</summary>
    public static Option<int> Count(string name, string description, int defaultValue, int least, int most = int.MaxValue) => Make(
        name,
        "N",
        description,
        defaultValue,
        token => ParseCount(token, least, most));

    /// <summary>A whole number between two others; null where the option is not given.</summary>
    public static Option<int?> OptionalCount(string name, string description, int least, int most)
    {
        Option<int?> option = Make<int?>(name, "N", description, null, token => ParseCount(token, least, most));
        option.DefaultValueFactory = null;
        return option;
    }

    /// <summary>An unsigned 64-bit number.</summary>
    public static Option<ulong> Seed(string name, string description) => Make(
        name,
        "N",
        description,
        0UL,
        ParseSeed);

    /// <summary>An unsigned 64-bit number; null where the option is not given.</summary>
    public static Option<ulong?> OptionalSeed(string name, string description)
    {
        Option<ulong?> option = Make<ulong?>(name, "N", description, null, token => ParseSeed(token));
        option.DefaultValueFactory = null;
        return option;
    }

    /// <summary>The option of a name in files, such as <c>--lr-d</c> of <c>lr_d</c>.</summary>
    public static string NameOf(string name) => $"--{name.Replace('_', '-')}";

    /// <summary>The switch that turns a name on, such as <c>--fixed-noise</c>, or off, such as <c>--no-generator-bias</c>.</summary>
    public static string SwitchOf(string name, bool isOn) => isOn ? NameOf(name) : NameOf($"no_{name}");

    /// <summary>A setting of a training; null where the option is not given, as the default is then that of the settings, or follows another.</summary>
    public static Option Of(Setting setting)
    {
        if (setting.Type == typeof(bool))
        {
            // A switch of what is on by itself turns it off.
            return Switch(SwitchOf(setting.Name, isOn: !(bool)setting.Read(new TrainingSettings())), setting.Description);
        }

        Option<string?> option = Checked(NameOf(setting.Name), setting.Form, DescriptionOf(setting), token => setting.Apply(new TrainingSettings(), token));
        option.CompletionSources.Add([.. setting.Words]);
        if (setting.FormerName is string former)
        {
            option.Aliases.Add(NameOf(former));
        }

        return option;
    }

    /// <summary>What the help says of a setting, its default included.</summary>
    public static string DescriptionOf(Setting setting) =>
        setting.IsWidths ? setting.Description
        : setting.Follows is string other ? $"{setting.Description} [default: as {NameOf(other)}]"
        : $"{setting.Description} [default: {setting.TextOf(new TrainingSettings())}]";

    /// <summary>One of the words of an enumeration; a string, as help shows the word and not the member's name.</summary>
    public static Option<string> Word<TEnum>(string name, string description, TEnum defaultValue)
        where TEnum : struct, Enum
    {
        IReadOnlyList<string> words = Words.All<TEnum>();
        Option<string> option = Make(name, string.Join('|', words), description, Words.Of(defaultValue), token => Words.TryParse(token, out TEnum value)
            ? Words.Of(value)
            : throw new FormatException($"is none of {string.Join(", ", words)}"));
        option.CompletionSources.Add([.. words]);
        return option;
    }

    /// <summary>One of the words of an enumeration; null where the option is not given.</summary>
    public static Option<string?> OptionalWord<TEnum>(string name, string description)
        where TEnum : struct, Enum
    {
        Option<string> word = Word<TEnum>(name, description, default);
        word.DefaultValueFactory = null;
        return word!;
    }

    /// <summary>A file or folder; null where the option is not given.</summary>
    /// <param name="name">The option.</param>
    /// <param name="helpName">What the help calls the value.</param>
    /// <param name="description">What the help says.</param>
    /// <param name="otherwise">What an empty value is answered with.</param>
    public static Option<string?> Path(string name, string helpName, string description, string otherwise = "give a path")
    {
        Option<string?> option = Make<string?>(name, helpName, description, null, token => token.Length > 0
            ? token
            : throw new FormatException($"is empty; {otherwise}"));
        option.DefaultValueFactory = null;
        return option;
    }

    /// <summary>Where the rows of an earlier folder are now; null where they are looked for, as <see cref="DataLookup"/> does.</summary>
    public static Option<string?> DataAgain() =>
        Path("--data", "FILE", "Where the rows are that the folder's trainings learnt [default: where they were, or in the folder, or beside it]");

    /// <summary>Text that is checked later.</summary>
    public static Option<string> Free(string name, string helpName, string description, string defaultValue) =>
        Make(name, helpName, description, defaultValue, token => token);

    /// <summary>Text that is checked at once; null where the option is not given.</summary>
    /// <param name="name">The option.</param>
    /// <param name="helpName">What the help calls the value.</param>
    /// <param name="description">What the help says.</param>
    /// <param name="check">Throws a <see cref="FormatException"/> that says what the text is not.</param>
    public static Option<string?> Checked(string name, string helpName, string description, Action<string> check)
    {
        Option<string?> option = Make<string?>(name, helpName, description, null, token =>
        {
            check(token);
            return token;
        });
        option.DefaultValueFactory = null;
        return option;
    }

    /// <summary>A switch.</summary>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>Reads a whole number between two others.</summary>
    /// <exception cref="FormatException">It is none; the message follows the text.</exception>
    public static int ParseCount(string token, int least, int most) =>
        int.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw new FormatException($"is no whole number from {least} to {most}");

    private static ulong ParseSeed(string token) =>
        ulong.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw new FormatException($"is no whole number from 0 to {ulong.MaxValue}");

    private static Option<T> Make<T>(string name, string helpName, string description, T defaultValue, Func<string, T> parse) => new(name)
    {
        HelpName = helpName,
        Description = description,
        Arity = ArgumentArity.ExactlyOne,
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result => Parse(name, result, parse),
    };

    private static T? Parse<T>(string name, ArgumentResult result, Func<string, T> parse)
    {
        string token = result.Tokens[0].Value;
        try
        {
            return parse(token);
        }
        catch (FormatException exception)
        {
            result.AddError($"{name} {OneLine.Quote(token)} {exception.Message}");
            return default;
        }
    }
}
