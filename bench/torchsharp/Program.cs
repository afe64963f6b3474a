// One GAN in TorchSharp: eager.py, line by line. usage: torchsharp [TRAININGS]; prints one JSON object.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

const int Rows = 1000, Batch = 8, Epochs = 20, Latent = 2;
const double LrD = 0.05, LrG = 0.005;

int trainings = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
// TorchSharp, where it cannot load this, copies all of libtorch and tries again.
if (!NativeLibrary.TryLoad(Path.Join(AppContext.BaseDirectory, "libLibTorchSharp.so"), out _))
{
    Console.Error.WriteLine("torchsharp: its library does not load here; it needs the libstdc++ of GCC 13 or newer");
    return 1;
}

set_num_threads(1);
manual_seed(0);
float[,] a = { { 1, 2 }, { -0.1f, 0.5f } };
float[] b = [1, 2];
Tensor data = randn(Rows, 2).matmul(tensor(a)) + tensor(b);
Train(data);                            // not counted: .NET compiles meanwhile
double[] times = new double[trainings];
for (int i = 0; i < trainings; i++)
{
    long start = Stopwatch.GetTimestamp();
    Train(data);
    times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
}

Array.Sort(times);
double seconds = (times[(trainings - 1) / 2] + times[trainings / 2]) / 2;
Console.WriteLine(JsonSerializer.Serialize(new
{
    program = "torchsharp",
    torchsharp = typeof(torch).Assembly.GetName().Version!.ToString(3),
    torch = __version__,
    population = 1,
    threads = 1,
    seconds_per_training = Math.Round(seconds, 4),
    gan_steps_per_second = Math.Round(Epochs * Rows / Batch / seconds, 1),
}));
return 0;

static void Train(Tensor data)
{
    using DisposeScope training = NewDisposeScope();
    Linear generator = nn.Linear(Latent, 2);
    Sequential discriminator = nn.Sequential(nn.Linear(2, 5), nn.Tanh(), nn.Linear(5, 3), nn.Tanh(), nn.Linear(3, 1));
    foreach (Parameter parameter in generator.parameters().Concat(discriminator.parameters()))
    {
        _ = parameter.dim() > 1 ? nn.init.normal_(parameter, 0, 0.02) : nn.init.zeros_(parameter);
    }

    BCEWithLogitsLoss bce = nn.BCEWithLogitsLoss();
    Adam adamD = optim.Adam(discriminator.parameters(), LrD), adamG = optim.Adam(generator.parameters(), LrG);
    Tensor ones = torch.ones(Batch, 1), zeros = torch.zeros(Batch, 1);
    Tensor[] batches = data.split(Batch);
    for (int epoch = 0; epoch < Epochs; epoch++)
    {
        foreach (Tensor real in batches)
        {
            using DisposeScope step = NewDisposeScope();
            Tensor noise = randn(Batch, Latent);

            adamD.zero_grad();
            Tensor fake = generator.forward(noise).detach();
            ((bce.forward(discriminator.forward(real), ones) + bce.forward(discriminator.forward(fake), zeros)) / 2).backward();
            adamD.step();

            adamG.zero_grad();
            bce.forward(discriminator.forward(generator.forward(noise)), ones).backward();
            adamG.step();
        }
    }
}
