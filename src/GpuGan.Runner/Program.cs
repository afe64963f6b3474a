using GpuGan.Runner.Commands;

return (int)CommandLine.Run(args, Console.Out, Console.Error);
