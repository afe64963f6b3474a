using System.Net;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Files;
using GpuGan.Runner.Plots;

namespace GpuGan.Runner.HtmlReport;

/// <summary>A page that needs nothing but itself: its style, its script, its data and its pictures are in it.</summary>
internal static class HtmlPage
{
    private static readonly string[] Scripts = ["chart.js", "large.js", "evolution.js", "heatmap.js", "maps.js"];

    // What needs more than a column.
    private const int LongFact = 60, Wide = 1000;
    private const string LongClass = " class=\"long\"";

    /// <summary>The whole page.</summary>
    /// <param name="title">Its title, plain text.</param>
    /// <param name="body">What it shows, HTML.</param>
    /// <param name="data">What its script draws.</param>
    public static string Render(string title, string body, JsonObject data)
    {
        // JSON writes < as an escape, so that no text in it can end the script.
        string script = string.Join('\n', Scripts.Select(Resource));
        return Resource("report.html")
            .Replace("{title}", Encode(title), StringComparison.Ordinal)
            .Replace("{style}", Resource("report.css"), StringComparison.Ordinal)
            .Replace("{script}", script, StringComparison.Ordinal)
            .Replace("{data}", data.ToJsonString(), StringComparison.Ordinal)
            .Replace("{body}", body, StringComparison.Ordinal);
    }

    /// <summary>The losses at which charts have a line, and what they are called.</summary>
    /// <param name="said">In words.</param>
    /// <param name="settings">Of the trainings.</param>
    public static JsonObject EquilibriumOf(string said, TrainingSettings settings) => new()
    {
        ["said"] = said,
        ["levels"] = new JsonArray([.. Equilibrium.Of(settings).Levels.Select(level => JsonValue.Create(level.Loss))]),
    };

    /// <summary>Makes plain text safe between tags and in attributes.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Pictures that open large, for light and for dark pages, with their descriptions, which are read to those who cannot see them.</summary>
    public static string Figures(IEnumerable<Picture> pictures)
    {
        PlotFont.Register();
        return string.Concat(pictures.AsParallel().AsOrdered().Select(Figure));
    }

    /// <summary>Rows of cells, of which the first is what the row is about.</summary>
    /// <param name="names">Of the columns.</param>
    /// <param name="rows">Each with a cell for each column.</param>
    public static string Table(IReadOnlyList<string> names, IEnumerable<IReadOnlyList<string>> rows)
    {
        string head = string.Concat(names.Select(name => $"""<th scope="col">{Encode(name)}</th>"""));
        string body = string.Concat(rows.Select(cells =>
            $"""<tr><th scope="row">{Encode(cells[0])}</th>{string.Concat(cells.Skip(1).Select(cell => $"<td>{Encode(cell)}</td>"))}</tr>"""));
        return $"""<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>""" + "\n";
    }

    /// <summary>Names and what is said of them.</summary>
    public static string Facts(IEnumerable<(string Name, string Value)> facts) =>
        $"""<dl class="facts">{string.Concat(facts.Select(fact => $"<div{(fact.Value.Length > LongFact ? LongClass : "")}><dt>{Encode(fact.Name)}</dt><dd>{Encode(fact.Value)}</dd></div>"))}</dl>""" + "\n";

    /// <summary>Facts that are shown on demand, and in print.</summary>
    public static string Folded(string name, IEnumerable<(string Name, string Value)> facts) =>
        $"<details><summary>{Encode(name)}</summary>{Facts(facts)}</details>\n";

    /// <summary>The facts of a JSON object; what is null is left out.</summary>
    public static IEnumerable<(string Name, string Value)> FactsOf(JsonObject json) =>
        json.Where(one => one.Value is not null).Select(one => (one.Key, one.Value!.ToString()));

    private static string Figure(Picture picture)
    {
        using Drawing drawing = picture.Draw();
        string description = Encode(picture.Description);
        return $"""<figure{(drawing.Width > Wide ? " class=\"wide\"" : "")}><button class="open" type="button" aria-label="Open large: {description}"><picture><source media="screen and (prefers-color-scheme: dark)" srcset="{Data(drawing.Png(dark: true))}"><img src="{Data(drawing.Png())}" width="{drawing.Width}" height="{drawing.Height}" alt="{description}"></picture></button><figcaption>{description}</figcaption></figure>""" + "\n";

        static string Data(byte[] png) => $"data:image/png;base64,{Convert.ToBase64String(png)}";
    }

    private static string Resource(string name) => EmbeddedText.Read($"HtmlReport/{name}");
}
