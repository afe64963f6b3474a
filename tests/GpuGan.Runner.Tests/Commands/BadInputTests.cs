using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Runner.Tests.Commands;

/// <summary>Every bad input: its exit code, and the one line that says what is wrong, where, and what would be right.</summary>
internal sealed class BadInputTests
{
    private static readonly TestCaseData[] Arguments =
    [
        // The arguments alone show what is wrong.
        Case(2, "unknown option '--xyzzy'; 'gpugan train --help' lists what there is", "--xyzzy"),
        Case(2, "unknown option '--lrd'; did you mean '--lr-d'?", "train", "--lrd", "1"),
        Case(2, "unknown command 'frobnicate'; 'gpugan --help' lists what there is", "frobnicate"),
        Case(2, "unknown command 'trian'; did you mean 'train'?", "trian"),
        Case(2, "unknown command 'trian'; did you mean 'train'?", "help", "trian"),
        Case(2, "unknown command 'frobnicate'; 'gpugan --help' lists what there is", "help", "frobnicate"),
        Case(2, "unknown argument 'sweep'; 'gpugan help --help' lists what there is", "help", "train", "sweep"),
        Case(2, "unknown argument 'more'; 'gpugan train --help' lists what there is", "train", "more"),
        Case(2, "unknown argument 'no'; 'gpugan train --help' lists what there is", "--quiet=no"),
        Case(2, "unknown command '@file'; 'gpugan --help' lists what there is", "@file"),
        Case(2, "unknown option '--lr-d'; 'gpugan replay --help' lists what there is", "replay", "--lr-d", "1", "file"),
        Case(2, "--lr-d needs a value; 'gpugan train --help' tells which", "--lr-d"),
        Case(2, "--lr-d is given 2 times; give it once", "--lr-d", "1", "--lr-d", "2"),
        Case(2, "--lr-d 'nan' is no finite number, such as 0.05 or 1e-8", "--lr-d", "nan"),
        Case(2, "--lr-g 'inf' is no finite number, such as 0.05 or 1e-8", "--lr-g", "inf"),
        Case(2, "--lr-decay '1e999' is no finite number, such as 0.05 or 1e-8", "--lr-decay", "1e999"),
        Case(2, "--lr-d '1,5' is no finite number, such as 0.05 or 1e-8", "--lr-d", "1,5"),
        Case(2, "--lr-d 'fast' is no finite number, such as 0.05 or 1e-8", "--lr-d", "fast"),
        Case(2, "--lr-d 1E+39 is not a finite float32 number", "--lr-d", "1e39"),
        Case(2, "--lr-d -1 is negative; it must be at least 0", "--lr-d", "-1"),
        Case(2, "--init-std -1 is negative; it must be at least 0", "--init-std", "-1"),
        Case(2, "--beta1 1 is too large; it must be below 1", "--beta1", "1"),
        Case(2, "--beta2 1.5 is too large; it must be below 1", "--beta2", "1.5"),
        Case(2, "--epsilon -1 is negative; it must be at least 0", "--epsilon", "-1"),
        Case(2, "--epsilon 1E+31 is too large; it must be at most 1e30", "--epsilon", "1e31"),
        Case(2, "--rows '0' is no whole number from 1 to 1073741795", "--rows", "0"),
        Case(2, "--rows '2147483647' is no whole number from 1 to 1073741795", "--rows", "2147483647"),
        Case(2, "--epochs '-1' is no whole number from 1 to 2147483647", "--epochs", "-1"),
        Case(2, "--batch-size '0' is neither all nor a whole number from 1 to 2147483647", "--batch-size", "0"),
        Case(2, "--batch-size '2.5' is neither all nor a whole number from 1 to 2147483647", "--batch-size", "2.5"),
        Case(2, "--batch-size '99999999999' is neither all nor a whole number from 1 to 2147483647", "--batch-size", "99999999999"),
        Case(2, "--threads '-1' is no whole number from 0 to 4096", "--threads", "-1"),
        Case(2, "--seed '-1' is no whole number from 0 to 18446744073709551615", "--seed", "-1"),
        Case(2, "--seed '18446744073709551616' is no whole number from 0 to 18446744073709551615", "--seed", "18446744073709551616"),
        Case(2, $"--loss 'hing' is none of {string.Join(", ", LossTable.All.Words)}", "--loss", "hing"),
        Case(2, "--hidden-activation 'gelu' is none of tanh, relu, leaky-relu[:SLOPE], sigmoid, identity", "--hidden-activation", "gelu"),
        Case(2, "--generator '2-x' is refused: '2-x' is no network; write its widths with dashes, such as 2-5-3-1", "--generator", "2-x"),
        Case(2, "--generator '2' is refused: a network has 1 to 8 layers, so 2 to 9 widths, not 1", "--generator", "2"),
        Case(2, "--discriminator '2-0-1' is refused: a width is 1 to 65536, not 0", "--discriminator", "2-0-1"),
        Case(2, "--discriminator '2-65537-1' is refused: a width is 1 to 65536, not 65537", "--discriminator", "2-65537-1"),
        Case(2, "--generator '2-40000-40000-2' is refused: a network has at most 536870912 weights and biases, not 1600240002", "--generator", "2-40000-40000-2"),
        Case(2, "--generator 2-3 does not fit: the data have 2 columns, so its last width must be 2", "--generator", "2-3"),
        Case(2, "--discriminator 3-1 does not fit: the data have 2 columns, so its first width must be 2", "--discriminator", "3-1"),
        Case(2, "--discriminator 2-5-2 does not fit: its last width must be 1, the logit", "--discriminator", "2-5-2"),
        Case(2, "--generator 2-4 makes 4 columns and --discriminator 3-1 takes 3; they must be equal", "--data", "x.csv", "--generator", "2-4", "--discriminator", "3-1"),
        Case(2, "--rows is for drawn data; --data trains on all rows of its file", "--data", "x.csv", "--rows", "5"),
        Case(2, "--columns says how a data file is read, and none is named; add --data FILE", "--columns", "1"),
        Case(2, "--allow-rounding says how a data file is read, and none is named; add --data FILE", "--allow-rounding"),
        Case(2, "--columns '1,,2' is no list of columns; write names, numbers or ranges between commas, such as 2-4,waiting", "--data", "x.csv", "--columns", "1,,2"),
        Case(2, "--columns '\"a' is no list of columns; write names, numbers or ranges between commas, such as 2-4,waiting", "--data", "x.csv", "--columns", "\"a"),
        Case(2, "--decimal ';' is neither . nor ,", "--data", "x.csv", "--decimal", ";"),
        Case(2, "--delimiter 'x' is no delimiter; write one sign such as , ; or |, or tab, or space", "--data", "x.csv", "--delimiter", "x"),
        Case(2, "--header 'maybe' is none of auto, yes, no", "--data", "x.csv", "--header", "maybe"),
        Case(2, "--from takes the settings of its folder; leave --columns out", "--from", "folder", "--member", "1", "--columns", "1"),
        Case(2, "--device: unknown device 'gpu'; write auto, cpu, cuda, cuda:N, opencl or opencl:N", "--device", "gpu"),
        Case(2, "--device: unknown device 'cuda:-1'; write auto, cpu, cuda, cuda:N, opencl or opencl:N", "--device", "cuda:-1"),
        Case(2, "--out '' is empty; give a path", "--out", ""),
        Case(2, "replay needs TRACE.safetensors; see 'gpugan replay --help'", "replay"),
        Case(2, "completion needs bash|zsh|pwsh; see 'gpugan completion --help'", "completion"),
        Case(2, "completion: unknown shell 'fish'; there are scripts for bash, zsh, pwsh", "completion", "fish"),

        Case(2, "--population '0' is no whole number from 1 to 100000000", "--population", "0"),
        Case(2, "--population is trained by the compiled or the tiled engine; leave --engine stepwise out", "--population", "5", "--engine", "stepwise"),
        Case(2, "--population 3 from --seed 18446744073709551615 on passes the last seed, 18446744073709551615", "--population", "3", "--seed", "18446744073709551615"),
        Case(2, "--member needs --from DIR, the folder of its population or sweep", "--member", "3"),
        Case(2, "--from needs --member N, which member to train again", "--from", "folder"),
        Case(2, "--from takes the settings of its folder; leave --seed out", "--from", "folder", "--member", "1", "--seed", "5"),
        Case(2, "--out folder is the folder of all members; name another for one of them", "--from", "folder", "--member", "1", "--out", "folder", "--force"),
        Case(2, "--out ./folder/ is the folder of all members; name another for one of them", "--from", "folder", "--member", "1", "--out", "./folder/", "--force"),
        Case(2, "--fast-math is for the compiled engine; leave --engine stepwise out", "--fast-math", "--engine", "stepwise"),
        Case(2, "--fast-math is for the compiled engine; leave --engine tiled out", "--fast-math", "--engine", "tiled"),
        Case(2, "--shared-data is for a population; add --population N", "--shared-data"),
        Case(2, "--engine 'fast' is none of auto, compiled, tiled, stepwise", "--engine", "fast"),
        Case(2, "--engine 'fast' is none of auto, compiled, tiled, stepwise", "--population", "3", "--engine", "fast"),
        Case(2, "--from '' is empty; give a path", "--from", "", "--member", "0", "--out", "folder"),
        Case(
            2,
            "--generator 2-2 and --discriminator 2-64-64-1 have 4423 parameters, the compiled engine takes at most 2000; " +
            "--engine auto trains them",
            "--engine",
            "compiled",
            "--discriminator",
            "2-64-64-1"),
        Case(2, "--seconds 0 is out of range; it must be above 0 and at most 3600", "bench", "--seconds", "0"),
        Case(2, "--population '0' is no whole number from 1 to 10000000", "bench", "--population", "0"),

        Case(2, "unknown option '--lrd'; did you mean '--lr-d'?", "sweep", "--lrd", "1"),
        Case(2, "--lr-d needs a value; 'gpugan sweep --help' tells which", "sweep", "--lr-d"),
        Case(2, "--lr-d '' is empty; give a value", "sweep", "--lr-d", ""),
        Case(2, "--lr-d 'log:0:1:5' takes the logarithm of a number that is not above 0; begin above 0, or space it evenly with lin or uniform", "sweep", "--lr-d", "log:0:1:5"),
        Case(2, "--seeds 1000000 would make a sweep of 1,000,000,000,000 members; at most 100,000,000", "sweep", "--lr-d", "lin:1:2:1000000", "--seeds", "1000000"),
        Case(2, "--skip-missing says how a data file is read, and none is named; add --data FILE", "sweep", "--skip-missing"),
        Case(2, "--header '1' is none of auto, yes, no", "sweep", "--data", "x.csv", "--header", "1"),
        Case(2, "--shard '9/8' is no part; write i/n, i from 1 to n, such as 1/8", "sweep", "--shard", "9/8"),
        Case(2, "--accuracy '0' is no whole number from 1 to 1000000", "--accuracy", "0"),
        Case(2, "--accuracy '1,2' is no whole number from 1 to 1000000", "sweep", "--accuracy", "1,2"),
        Case(2, "--accuracy tries discriminators on fresh rows of a known distribution, and of --data there are only the rows that they have learnt, where they would look better than they are; leave one of them out", "--data", "x.csv", "--accuracy", "5"),
        Case(2, "--engine tiled is for one point of any width; give its --generator, --discriminator or --batch-size", "bench", "--engine", "tiled"),
        Case(2, "compare needs DIR; see 'gpugan compare --help'", "compare"),
        Case(2, "compare takes 2 to 12 folders, and only runs/first is given", "compare", "runs/first"),
        Case(2, "compare takes 2 to 12 folders, and 13 are given", ["compare", .. Enumerable.Repeat("runs/first", 13)]),
        Case(1, "no-such/settings.json: no such file or folder", "compare", "no-such", "no-other"),
        Case(2, "--members '-1' is no whole number from 0 to 1000", "report", "runs/first", "--members", "-1"),
        Case(2, "--kl-limit '-1' is no number from 0 on", "--kl-limit", "-1"),
        Case(2, "--kl-limit 'nan' is no number from 0 on", "--kl-limit", "nan"),
        Case(2, "--kl-limit '1e999' is no number from 0 on", "--kl-limit", "1e999"),
        Case(2, "--kl-limit '.1,.2' is no number from 0 on", "sweep", "--kl-limit", ".1,.2"),
        Case(2, "--neighbor-limit '60' is no number from 0 to 1", "--neighbor-limit", "60"),
        Case(2, "--neighbor-limit '-.1' is no number from 0 to 1", "--neighbor-limit", "-.1"),
        Case(2, "--neighbor-limit 'often' is no number from 0 to 1", "sweep", "--neighbor-limit", "often"),
        Case(2, "--evaluation-rows '0' is no whole number from 1 to 1000000", "--evaluation-rows", "0"),
        Case(2, "--evaluation-rows '1e4' is no whole number from 1 to 1000000", "sweep", "--evaluation-rows", "1e4"),
        Case(2, "--standardize is for the columns of --data; drawn rows are learnt as they are", "--standardize"),
        Case(2, "--standardize is for the columns of --data; drawn rows are learnt as they are", "--population", "4", "--standardize"),
        Case(2, "--standardize is for the columns of --data; drawn rows are learnt as they are", "sweep", "--standardize"),
        Case(2, "--from takes the settings of its folder; leave --standardize out", "--from", "folder", "--member", "1", "--standardize"),
        Case(2, "unknown option '--kl-limit'; 'gpugan sample --help' lists what there is", "sample", "run", "--kl-limit", "1"),
        Case(2, "merge needs DIR; see 'gpugan merge --help'", "merge"),

        // Games that contradict themselves.
        Case(2, $"--label-smoothing is for losses that have labels, {string.Join(" and ", LossTable.All.Values.Where(loss => loss.TakesLabels).Select(loss => loss.Word))}; hinge has none", "--loss", "hinge", "--label-smoothing", ".1"),
        Case(2, "--label-smoothing 1.5 is too large; it must be at most 1", "--label-smoothing", "1.5"),
        Case(2, "--weight-clip -0.1 is negative; it must be at least 0", "--weight-clip", "-.1"),
        Case(2, "--r1 -1 is negative; it must be at least 0", "--r1", "-1"),
        Case(2, "--gradient-penalty -1 is negative; it must be at least 0", "--gradient-penalty", "-1"),
        Case(2, "--instance-noise -1 is negative; it must be at least 0", "--instance-noise", "-1"),
        Case(2, "--g-ema 1 is too large; it must be below 1", "--g-ema", "1"),
        Case(2, "--d-steps '0' is no whole number from 1 to 2147483647", "--d-steps", "0"),
        Case(2, "--updates 'both' is none of alternating, simultaneous, generator-first", "--updates", "both"),
        Case(2, "--optimizer 'lion' is none of adam, sgd, rmsprop, optimistic-adam, optimistic-sgd", "--optimizer", "lion"),
        Case(2, "--generator-output 'relu' is none of identity, tanh, sigmoid", "--generator-output", "relu"),
        Case(2, "--init 'zeros' is none of normal, normal-biases, xavier, he, pytorch", "--init", "zeros"),
        Case(2, "--latent 'gamma' is none of normal, uniform, zero", "--latent", "gamma"),
        Case(2, "--distribution 'rings' is refused: there is no distribution rings; there are chapter, gaussian, normal, ring, grid, spiral, moons, circles, line, point", "--distribution", "rings"),
        Case(2, "--distribution 'ring:0' is refused: ring:0:1:0.01 has 0 modes; a ring has at least 1", "--distribution", "ring:0"),
        Case(2, "--distribution 'ring:8:-1' is refused: ring:8:-1:0.01 has the radius -1; it must be positive, from 1e-15 to 1e15", "--distribution", "ring:8:-1"),
        Case(2, "--distribution 'point' is refused: point has 0 numbers behind colons; write point:X,Y", "--distribution", "point"),
        Case(2, "--distribution 'gaussian:1,2:3' is refused: a Gaussian with a mean of 1 columns has 2 numbers in A; they are the square of those of the mean, of which there may be 1 to 1000", "--distribution", "gaussian:1,2:3"),
        Case(2, "--distribution 'normal:two' is refused: normal:two: two is no whole number", "--distribution", "normal:two"),
        Case(2, "--distribution is for drawn rows, and --data reads a file's; leave one of them out", "--data", "x.csv", "--distribution", "moons"),
        Case(2, "--distribution has rows of 2 and of 1 columns (ring:8:1:0.01, normal:1); the networks of a sweep are for one number of them", "sweep", "--distribution", "ring,normal:1"),
        Case(2, "--distribution 'ring:0' is refused: ring:0:1:0.01 has 0 modes; a ring has at least 1", "sweep", "--distribution", "moons,ring:0"),
        Case(2, "--generator 2-2 does not fit: the data have 1 column, so its last width must be 1", "--distribution", "point:1", "--generator", "2-2"),
        Case(2, "--energy is for one training; leave --population out", "--energy", "--population", "3"),
        Case(2, "--from takes the settings of its folder; leave --distribution out", "--from", "folder", "--member", "1", "--distribution", "moons"),
        Case(2, "--from takes the settings of its folder; leave --init-from out", "--from", "folder", "--member", "1", "--init-from", "no-such.safetensors"),
        Case(1, "no-such.safetensors: no such file or folder", "--init-from", "no-such.safetensors"),
        Case(2, "--init-offset '1,,2' is no list of finite numbers, such as 0,1,-0.5", "--init-offset", "1,,2"),
        Case(2, "--init-offset '1,inf' is no list of finite numbers, such as 0,1,-0.5", "--init-offset", "1,inf"),
        Case(2, "--init-offset has 10 numbers; --generator 2-2 and --discriminator 2-1 have 9 parameters", "--discriminator", "2-1", "--init-offset", "0,0,0,0,0,0,0,0,0,0"),
        Case(2, "--from takes the settings of its folder; leave --init-offset out", "--from", "folder", "--member", "1", "--init-offset", "1"),

        // Files and folders are not there, or not what they should be.
        Case(1, "no-such.csv: no such file or folder", "--data", "no-such.csv"),
        Case(1, "no-such/settings.json: no such file or folder", "--from", "no-such", "--member", "1"),
        Case(1, "no-such.json: no such file or folder", "sweep", "--spec", "no-such.json"),
        Case(1, "no-such/settings.json: no such file or folder", "merge", "no-such"),
        Case(1, "no-such.safetensors: no such file or folder", "replay", "no-such.safetensors"),
    ];

    private static readonly TestCaseData[] Contents =
    [
        Content("", "is empty; give rows of numbers"),
        Content("\n\n", "is empty; give rows of numbers"),
        Content("x,y\n", "has names but no rows of numbers"),
        Content("x,y\n1,2\n3,nan\n", "row 3, column 2, y: 'nan' is not finite; --skip-missing leaves such rows out"),
        Content("1,2\n-Infinity,4\n", "row 2, column 1: '-Infinity' is not finite; --skip-missing leaves such rows out"),
        Content("1,2\n3,four\n", "row 2, column 2: 'four' is not a number; --columns 1 takes the columns of numbers"),
        Content("1,2\n3,\n", "row 2, column 2: the cell is empty; --skip-missing leaves such rows out"),
        Content("1,2\n3,1e39\n", "row 2, column 2: '1e39' is too large for float32 (at most 3.4e+38); --standardize scales its column"),
        Content("1,2\n3,4,5\n", "row 2 has 3 cells where the rows above have 2; a cell that holds the delimiter needs quotes, and a line that is no row a # before it"),
        Content("1,2\n3\n", "row 2 has 1 cell where the rows above have 2; --skip-missing leaves such rows out"),
        Content("1,5;2,5\n3,5;4,5\n", "row 1, column 1: '1,5' has a decimal comma; add --decimal ,"),
        Content("\"1,5\",\"2,5\"\n", "row 1, column 1: '1,5' has a decimal comma; add --decimal ,"),
        Content("1,\"2\n", "row 1: a quote is never closed; close it, or take it out"),
        Content("1,2\n3,4.5-\n", "row 2, column 2: '4.5-' is -4.5 as accounts write it; write -4.5"),
        Content("1,2\n3,(five)\n", "row 2, column 2: '(five)' is not a number; --columns 1 takes the columns of numbers"),
        Content("1,2\n3,\u001b[31m\n", "row 2, column 2: '\\u001b[31m' is not a number; --columns 1 takes the columns of numbers"),
    ];

    [TestCaseSource(nameof(Arguments))]
    public void An_argument_that_is_wrong_is_told_in_one_line(int exitCode, string line, string[] args) =>
        Refused(Gpugan.Run(args), exitCode, line);

    [TestCaseSource(nameof(Contents))]
    public void A_data_file_that_is_wrong_is_told_in_one_line(string contents, string problem)
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("data.csv", contents);
        Refused(Gpugan.Run("--data", file, "--out", folder["run"]), 1, $"{file}: {problem}");
        Assert.That(Directory.Exists(folder["run"]), Is.False);
    }

    [Test]
    public void Widths_that_do_not_fit_a_file_are_an_error_of_contents()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("data.csv", "1,2,3\n4,5,6\n");
        Refused(Gpugan.Run("--data", file, "--generator", "2-2"), 1, "--generator 2-2 does not fit: the data have 3 columns, so its last width must be 3");
    }

    [Test]
    public void A_file_has_no_fresh_rows()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("data.csv", "1,2\n4,5\n");
        const string Line = "tries discriminators on fresh rows of a known distribution, and of --data there are only the rows that they have learnt, where they would look better than they are; leave one of them out";
        Gpugan.Run("train", "--data", file, "--population", "1", "--epochs", "1", "--quiet", "--no-plots", "--out", folder["population"]);
        Refused(Gpugan.Run("train", "--from", folder["population"], "--member", "0", "--accuracy", "5"), 2, $"--accuracy {Line}");
        Refused(Gpugan.Run("sweep", "--data", file, "--accuracy", "5"), 2, $"--accuracy {Line}");
        string spec = folder.Write("sweep.json", $$"""{ "data": "{{file}}", "accuracy": 5 }""");
        Refused(Gpugan.Run("sweep", "--spec", spec), 1, $"{spec}: accuracy {Line}");
    }

    [Test]
    public void A_device_that_is_not_there_has_its_own_exit_code()
    {
        Gpugan run = Gpugan.Run("--device", "cuda:77");
        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Error, Does.Match(@"\Agpugan: no device cuda:77: .*; --device cpu works everywhere\n\z"));
    }

    [Test]
    public void A_folder_that_exists_is_refused()
    {
        using TemporaryFolder folder = new();
        Refused(Gpugan.Run("--out", folder.Path), 1, $"{folder.Path}: exists; name another folder, or --force, which deletes the run in it");
    }

    [Test]
    public void A_folder_that_holds_something_else_is_refused_even_by_force()
    {
        using TemporaryFolder folder = new();
        folder.Write("thesis.tex", "");
        Refused(Gpugan.Run("--out", folder.Path, "--force"), 1, $"{folder.Path}: holds other things than a run (no settings.json); --force does not replace it");
        Assert.That(File.Exists(folder["thesis.tex"]));
    }

    [Test]
    public void A_file_is_no_folder()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("file", "");
        Refused(Gpugan.Run("--out", file, "--force"), 1, $"{file}: is a file; name a folder");
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_told()
    {
        // Even root can make nothing below a file.
        using TemporaryFolder folder = new();
        string below = System.IO.Path.Join(folder.Write("file", ""), "run");
        Gpugan run = Gpugan.Run("--out", below, "--epochs", "1", "--rows", "8", "--quiet");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Match(@"\Agpugan: .*: the folder cannot be made: .+\n\z"));
    }

    [Test]
    public void A_folder_is_no_data_file()
    {
        using TemporaryFolder folder = new();
        Refused(Gpugan.Run("--data", folder.Path), 1, $"{folder.Path}: is a folder, or may not be used");
    }

    private static TestCaseData Case(int exitCode, string line, params string[] args) =>
        new TestCaseData(exitCode, line, args).SetArgDisplayNames(string.Join(' ', args));

    private static TestCaseData Content(string contents, string problem) =>
        new TestCaseData(contents, problem).SetArgDisplayNames(problem);

    private static void Refused(Gpugan run, int exitCode, string line) => Assert.Multiple(() =>
    {
        Assert.That(run.Error, Is.EqualTo($"gpugan: {line}\n"));
        Assert.That(run.ExitCode, Is.EqualTo(exitCode));
        Assert.That(run.Output, Is.Empty);
    });
}
