using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Parsing;

namespace GpuGan.Runner.Lab;

/// <summary>An experiment that can be trained.</summary>
/// <param name="Request">As it was asked for.</param>
/// <param name="Arguments">The same, as the command's options mean it.</param>
/// <param name="Settings">All settings of the training.</param>
/// <param name="Data">What is learnt.</param>
/// <param name="Evaluation">Judges the generator.</param>
internal sealed record LabExperiment(LabRequest Request, TrainArguments Arguments, TrainingSettings Settings, LearnedData Data, Evaluation Evaluation);
