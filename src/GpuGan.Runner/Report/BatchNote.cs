namespace GpuGan.Runner.Report;

/// <summary>Says what a batch that is larger than the data became.</summary>
internal static class BatchNote
{
    /// <summary>Prints a line where there is something to say.</summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="batchSize">What was asked for, the largest where there are several.</param>
    /// <param name="rows">Rows of the data, the fewest where there are several.</param>
    public static void Write(TextWriter output, int batchSize, int rows)
    {
        if (batchSize > rows)
        {
            PopulationReport.Line(output, "note", $"A batch of {batchSize} is larger than {rows} rows; it becomes all of them, and an epoch is one step.");
        }
    }
}
