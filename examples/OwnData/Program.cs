using GpuGan.Kernels;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

// Rows of one's own: heights in metres and weights in kilograms, which grow together.
Random random = new(1);
float[,] people = new float[500, 2];
for (int row = 0; row < 500; row++)
{
    double height = 1.7 + (0.1 * Normal()), weight = 70 + (80 * (height - 1.7)) + (6 * Normal());
    (people[row, 0], people[row, 1]) = ((float)height, (float)weight);
}

DataSet data = DataSet.Of(people, "height", "weight").Standardize();
TrainedGan gan = Gan.Train(data, new TrainingSettings { Seed = 3, LrG = 0.01, Epochs = 80 });
DataSet made = gan.Sample(3);
for (int row = 0; row < made.Rows; row++)
{
    Console.WriteLine($"{made.Names![0]} {made[row, 0]:f2}, {made.Names[1]} {made[row, 1]:f0}");
}

Console.WriteLine($"converged {gan.Verdict.Converged}, nearest neighbours tell real from generated rows in {gan.Verdict.NearestNeighborAccuracy:p0} of the cases");

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
