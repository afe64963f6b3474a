using System.Globalization;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Lab;

/// <summary>What a page can set: the program's own settings and words, in groups. The page has no list of its own.</summary>
internal static class LabControls
{
    // A slider reaches so many powers of ten to both sides of a default.
    private const double Decades = 3;

    private static readonly (string Group, string[] Names)[] Groups =
    [
        ("Data", [DistributionWord.Name, "rows"]),
        ("Training", ["lr_d", "lr_g", "loss", "epochs", "batch_size", "seed"]),
        ("Networks", ["generator", "discriminator", "hidden_activation", "generator_activation", "discriminator_activation", "generator_output", "generator_bias", "discriminator_bias", "latent", "init", "init_std"]),
        ("Penalties", ["label_smoothing", "r1", "r2", "gradient_penalty", "weight_clip", "instance_noise"]),
        ("Optimisers", ["optimizer", "d_optimizer", "g_optimizer", "beta1", "beta2", "epsilon", "momentum", "g_ema"]),
        ("Schedule", ["lr_decay", "d_steps", "g_steps", "updates", "fixed_noise", SettingsJson.ShuffleName]),
    ];

    // Where a slider's values are not those around the default.
    private static readonly Dictionary<string, (string Scale, double From, double To)> Ranges = new()
    {
        ["label_smoothing"] = ("linear", 0, 0.5),
        ["momentum"] = ("linear", -0.95, 0.95),
        ["beta1"] = ("linear", 0, 0.99),
        ["beta2"] = ("rest", 1e-4, 1),
        ["lr_decay"] = ("linear", 0.5, 1.05),
        ["g_ema"] = ("linear", 0, 0.99),
        ["seed"] = ("linear", 0, 99),
        ["rows"] = ("logarithmic", 10, 10_000),
        ["epochs"] = ("logarithmic", 1, 400),
        ["batch_size"] = ("logarithmic", 1, 256),
        ["d_steps"] = ("linear", 1, 10),
        ["g_steps"] = ("linear", 1, 10),
    };

    // Numbers for words that need some.
    private static readonly Dictionary<string, string> Examples = new() { ["gaussian"] = "gaussian:1,0,0.5,1:0,0", ["normal"] = "normal:2", ["point"] = "point:1,1" };

    /// <summary>All controls, by their groups.</summary>
    public static JsonArray ToJson()
    {
        string[] grouped = [.. Groups.SelectMany(group => group.Names)];
        IEnumerable<string> rest = SweepSetting.All.Select(setting => setting.Name).Except(grouped);
        return new JsonArray([.. Groups.Append(("More", [.. rest])).Where(group => group.Item2.Length > 0).Select(group => new JsonObject
        {
            ["name"] = group.Item1,
            ["controls"] = new JsonArray([.. group.Item2.Select(Control)]),
        })]);
    }

    private static JsonObject Control(string name) => name switch
    {
        DistributionWord.Name => Of(name, "What rows are drawn from", "form", $"{Gaussian.Chapter}", new()
        {
            ["words"] = new JsonArray([.. DistributionTable.All.Values.Select(form => Word(form.Word, $"{form}", Examples.GetValueOrDefault(form.Word)))]),
        }),
        "rows" => Of(name, "Rows to draw", "count", "1000", new() { ["swept"] = true }),
        "seed" => Of(name, "Decides data, initial weights and noise", "count", "0", []),
        SettingsJson.ShuffleName => Of(name, "A new order of the rows in each epoch", "switch", "false", []),
        _ => Control(SettingTable.Find(name)!),
    };

    private static JsonObject Control(Setting setting)
    {
        TrainingSettings defaults = new();
        string kind = setting.IsWidths ? "widths" : setting.Type == typeof(bool) ? "switch" : setting.Type == typeof(string) ? "form" : setting.Type == typeof(int) ? "count" : "number";
        JsonObject more = new() { ["follows"] = setting.Follows, ["swept"] = kind is not ("widths" or "switch") };
        if (kind == "form")
        {
            more["words"] = new JsonArray([.. setting.Words.Zip(setting.Form.Split('|'), (word, form) => Word(word, form, example: null))]);
        }

        return Of(setting.Name, setting.Description, kind, setting.TextOf(defaults), more);
    }

    private static JsonObject Of(string name, string description, string kind, string usual, JsonObject more)
    {
        JsonObject json = new()
        {
            ["name"] = name,
            ["option"] = Options.NameOf(name),
            ["description"] = description,
            ["kind"] = kind,
            ["default"] = usual,
        };
        if (kind is "number" or "count")
        {
            double number = double.Parse(usual, CultureInfo.InvariantCulture), power = Math.Pow(10, Decades);
            (string scale, double from, double to) = Ranges.TryGetValue(name, out (string, double, double) range) ? range
                : number == 0 ? ("from0", 1e-3, 1e2)
                : ("logarithmic", number / power, number * power);
            (json["scale"], json["from"], json["to"]) = (scale, from, to);
        }

        foreach ((string key, JsonNode? value) in more)
        {
            json[key] = value?.DeepClone();
        }

        return json;
    }

    private static JsonObject Word(string word, string form, string? example) => new() { ["text"] = example ?? word, ["word"] = word, ["form"] = form };
}
