using System.Text.Json.Nodes;

namespace GpuGan.Runner.Report;

/// <summary>Tells what the reader of the data decided and saw.</summary>
internal static class Remarks
{
    /// <summary>Prints a line for each.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string> remarks)
    {
        foreach (string remark in remarks)
        {
            PopulationReport.Line(output, "remark", OneLine.Of(remark));
        }
    }

    /// <summary>The same in JSON.</summary>
    public static JsonArray ToJson(IReadOnlyList<string> remarks) => [.. remarks.Select(remark => JsonValue.Create(remark))];
}
