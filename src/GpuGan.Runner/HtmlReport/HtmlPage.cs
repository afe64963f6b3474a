using System.Net;
using System.Text.Json.Nodes;
using GpuGan.Runner.Files;

namespace GpuGan.Runner.HtmlReport;

/// <summary>A page that needs nothing but itself: its style, its script, its data and its pictures are in it.</summary>
internal static class HtmlPage
{
    private static readonly string[] Scripts = ["chart.js", "evolution.js", "maps.js"];

    // What needs more than a column.
    private const int LongFact = 60;
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

    /// <summary>Makes plain text safe between tags and in attributes.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A picture with its description, which is read to those who cannot see it.</summary>
    public static string Figure(byte[] png, string description) =>
        $"""<figure><img src="data:image/png;base64,{Convert.ToBase64String(png)}" alt="{Encode(description)}"><figcaption>{Encode(description)}</figcaption></figure>""" + "\n";

    /// <summary>Names and what is said of them.</summary>
    public static string Facts(IEnumerable<(string Name, string Value)> facts) =>
        $"""<dl class="facts">{string.Concat(facts.Select(fact => $"<div{(fact.Value.Length > LongFact ? LongClass : "")}><dt>{Encode(fact.Name)}</dt><dd>{Encode(fact.Value)}</dd></div>"))}</dl>""" + "\n";

    /// <summary>Facts that are shown on demand, and in print.</summary>
    public static string Folded(string name, IEnumerable<(string Name, string Value)> facts) =>
        $"<details><summary>{Encode(name)}</summary>{Facts(facts)}</details>\n";

    /// <summary>The facts of a JSON object; what is null is left out.</summary>
    public static IEnumerable<(string Name, string Value)> FactsOf(JsonObject json) =>
        json.Where(one => one.Value is not null).Select(one => (one.Key, one.Value!.ToString()));

    private static string Resource(string name) => EmbeddedText.Read($"HtmlReport/{name}");
}
