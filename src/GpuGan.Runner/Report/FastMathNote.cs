using GpuGan.Kernels.Devices;

namespace GpuGan.Runner.Report;

/// <summary>What every report of a training with fast math says.</summary>
internal static class FastMathNote
{
    /// <summary>Prints it, where fast math was asked for.</summary>
    public static void Write(TextWriter output, bool fastMath, Device device)
    {
        if (fastMath)
        {
            PopulationReport.Line(output, "fast math", device.HasVectors
                ? "changes nothing on the CPU accelerator: these are the exact bits"
                : "the GPU's own functions were used: other devices give other bits");
        }
    }
}
