using GpuGan.Kernels;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

// Rows of one's own, 500 points of a parabola, with the names of their columns.
float[,] rows = new float[500, 2];
for (int row = 0; row < 500; row++)
{
    float x = (row / 250f) - 1;
    (rows[row, 0], rows[row, 1]) = (x, x * x);
}

TrainingSettings settings = new() { Generator = "2-16-2", Discriminator = "2-16-1", InitStd = 0.5, LrG = 0.01, LrD = 0.01, Epochs = 100, Shuffle = true, Seed = 1 };
TrainedGan gan = Gan.Train(DataSet.Of(rows, "x", "y"), settings);
DataSet made = gan.Sample(3);
Console.WriteLine($"{string.Join(',', made.Names!)}: {made[0, 0]:f2},{made[0, 1]:f2}");
Console.WriteLine($"nearest neighbours tell real from generated rows in {gan.Verdict.NearestNeighborAccuracy:p0} of the cases");
