using GpuGan.Runner.Commands;

namespace GpuGan.Runner.Tests.Commands;

internal sealed class HelpTests
{
    [TestCase("--help", "gpugan replay trace.safetensors")]
    [TestCase("train --help", "--lr-d <NUMBER>")]
    [TestCase("train --help", "Learning rate of the discriminator [default: 0.05]")]
    [TestCase("train --help", "What discriminator and generator minimise [default: non-saturating]")]
    [TestCase("train --help", "gpugan train --seed 7 --epochs 40 --loss minimax")]
    [TestCase("--quiet --help", "gpugan train --seed 7 --epochs 40 --loss minimax")]
    [TestCase("train --help", "--kl-limit <NUMBER>")]
    [TestCase("sweep --help", "--neighbor-limit <NUMBER>")]
    [TestCase("plot --help", "gpugan plot runs/first")]
    [TestCase("report --help", "gpugan report sweeps/learning-rates --out report.html")]
    [TestCase("report --help", "best, median, worst, and others between [default: up to 16]")]
    [TestCase("compare --help", "gpugan compare runs/first runs/second")]
    [TestCase("compare --help", "[default: runs/TIME-compare]")]
    [TestCase("replay --help", "gpugan replay --device cpu")]
    [TestCase("resume --help", "Accelerator to train on [default: the run's]")]
    [TestCase("resume --help", "gpugan resume results --epochs 40")]
    [TestCase("sample --help", "-n, --rows <N>")]
    [TestCase("sample --help", "the seed's evaluation stream")]
    [TestCase("sample --help", "--hidden-activation <tanh|relu|leaky-relu[:SLOPE]|sigmoid|identity>")]
    [TestCase("export --help", "python3 gan/networks.py 10")]
    [TestCase("help", "gpugan help train")]
    [TestCase("help --help", "gpugan help sweep")]
    [TestCase("sweep --help", "gpugan sweep --random 1000 --lr-d loguniform:1e-4:1 --beta1 uniform:0:0.95")]
    [TestCase("sweep --help", "Learning rate of the generator [default: 0.005]")]
    [TestCase("merge --help", "gpugan merge node1 node2 node3 --out sweep")]
    [TestCase("devices --help", "gpugan devices --json")]
    [TestCase("verify --help", "gpugan verify --device opencl:0")]
    [TestCase("reproduce --help", "gpugan reproduce dirac-gan bilinear --out pictures")]
    [TestCase("completion --help", "source <(gpugan completion bash)")]
    public void Help_has_defaults_and_examples(string args, string line)
    {
        Gpugan run = Gpugan.Run(args.Split(' '));
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain(line));
    }

    [TestCase("train")]
    [TestCase("sweep")]
    public void Help_says_what_converged_means(string verb)
    {
        // In lines of the width of a terminal.
        string words = string.Join(' ', Gpugan.Run(verb, "--help").Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.That(words, Does.Contain(
            "Converged means: the KL divergence of the generator's Gaussian from that of the data is at most 0.2 nats (--kl-limit); and where the data or the " +
            "generator are not Gaussian, nearest neighbours tell real rows from generated ones in at most 60 % (--neighbor-limit 0.6)."));
    }

    [Test]
    public void Help_of_a_command_is_what_the_option_prints()
    {
        Assert.That(Gpugan.Run("help"), Is.EqualTo(Gpugan.Run("--help")));
        foreach (string command in CommandLine.CreateRoot().Subcommands.Select(command => command.Name))
        {
            Assert.That(Gpugan.Run("help", command), Is.EqualTo(Gpugan.Run(command, "--help")), command);
        }
    }

    [Test]
    public void The_version_is_told() => Assert.That(Gpugan.Run("--version").Output, Does.Match(@"\A\d+\.\d+\.\d+"));
}
