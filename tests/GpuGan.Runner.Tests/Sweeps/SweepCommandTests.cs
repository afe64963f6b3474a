using System.Text.Json;
using DuckDB.NET.Data;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Tests.Sweeps;

internal sealed class SweepCommandTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Rows_are_the_cross_product_in_the_order_of_the_help_with_the_seeds_innermost()
    {
        Gpugan run = Gpugan.Run(
            "sweep", "--lr-g", ".3,.2", "--lr-d", ".1,0.4", "--batch-size", "lin:4:8:2", "--seeds", "2", "--seed", "5",
            "--rows", "8", "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots", "--csv", "--out", folder["s"]);
        string[] lines = File.ReadAllLines(folder["s/members.csv"]);
        SweepResult result = SweepResult.Read(folder["s"]);
        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
            Assert.That(lines[0], Is.EqualTo(
                "member,seed,rows,generator,discriminator,hidden_activation,loss,init_std,batch_size,epochs,lr_d,lr_g,lr_decay,beta1,beta2,epsilon," +
                "loss_d,loss_g,kl_divergence,nearest_neighbor_accuracy,mean_error,covariance_error,wasserstein_2,converged,looks_converged,runaway,diverged_at"));
            Assert.That(lines[1..].Select(line => line.Split(',')).Select(cells => $"{cells[8]} {cells[10]} {cells[11]} {cells[1]}"), Is.EqualTo(
                from batch in (string[])["4", "8"]
                from lrD in (string[])["0.1", "0.4"]
                from lrG in (string[])["0.3", "0.2"]
                from seed in (string[])["5", "6"]
                select $"{batch} {lrD} {lrG} {seed}"));
            Assert.That(lines[1..].Select(line => line.Split(',')[0]), Is.EqualTo(Enumerable.Range(0, 16).Select(i => $"{i}")));
            Assert.That(result.Axes.Select(axis => $"{axis.Name} {string.Join(' ', axis.Values)}"), Is.EqualTo(new[] { "batch_size 4 8", "lr_d 0.1 0.4", "lr_g 0.3 0.2" }));
            Assert.That(result.Rows, Has.Count.EqualTo(16));
        });
    }

    [TestCase(true, "curves.png")]
    [TestCase(false, "heat_lr_d_lr_g.png")]
    public void Lists_that_are_zipped_are_drawn_as_one_curve(bool zip, string picture)
    {
        string[] zipped = zip ? ["--zip"] : [];
        Gpugan.Run(["sweep", "--lr-d", ".1,.2", "--lr-g", ".3,.4", .. zipped, "--rows", "8", "--epochs", "1", "--device", "cpu", "--quiet", "--out", folder["s"]]);
        Assert.That(Directory.GetFiles(folder["s"], "*.png").Select(Path.GetFileName), Is.EqualTo(new[] { picture }));
    }

    [Test]
    public void Every_member_has_the_numbers_of_its_training_alone([Values] bool sharedData)
    {
        string[] shared = sharedData ? ["--shared-data"] : [];
        Gpugan.Run([.. SweepFiles.Small, .. shared, "--seed", "3", "--out", folder["s"]]);
        SweepResult result = SweepResult.Read(folder["s"]);
        Assert.That(result.Rows, Has.Count.EqualTo(SweepFiles.SmallMembers));
        Assert.That(result.Rows.Select(row => row.DivergedAt is null).Distinct().Count(), Is.EqualTo(2), "some diverge, some do not");
        foreach (SweepRow row in result.Rows.Where(row => row.Member % 5 == 0 && (!sharedData || row.Seed == 3)))
        {
            Gpugan alone = Gpugan.Run(
                "train", "--discriminator", row.Settings["discriminator"], "--rows", row.Settings["rows"], "--epochs", row.Settings["epochs"], "--lr-d", row.Settings["lr_d"], "--lr-g", row.Settings["lr_g"],
                "--batch-size", row.Settings["batch_size"], "--seed", $"{row.Seed}", "--device", "cpu", "--quiet", "--no-plots", "--json", "--out", folder["alone"], "--force");
            using JsonDocument json = JsonDocument.Parse(alone.Output);
            JsonElement root = json.RootElement;
            Assert.Multiple(() =>
            {
                Assert.That(Number("loss_d"), Is.EqualTo((float?)row.LossD), $"member {row.Member}");
                Assert.That(Double("kl_divergence"), Is.EqualTo(row.KlDivergence), $"member {row.Member}");
                Assert.That(Double("mean_error"), Is.EqualTo(row.MeanError), $"member {row.Member}");
                Assert.That(Double("wasserstein_2"), Is.EqualTo(row.Wasserstein2), $"member {row.Member}");
                Assert.That(root.GetProperty("converged").GetBoolean(), Is.EqualTo(row.Converged));
                Assert.That(Double("diverged_at"), Is.EqualTo((double?)row.DivergedAt));
            });

            // The losses of a training alone end with the epoch of the divergence, and may be numbers.
            float? Number(string name) => row.DivergedAt is null ? root.GetProperty(name).GetSingle() : null;
            double? Double(string name) => root.GetProperty(name).ValueKind == JsonValueKind.Null ? null : root.GetProperty(name).GetDouble();
        }
    }

    [Test]
    public void Networks_that_are_too_large_for_the_compiled_engine_are_trained_too()
    {
        string[] args = ["sweep", "--discriminator", "2-3-1,2-64-64-1", "--rows", "8", "--epochs", "1", "--seeds", "2", "--device", "cpu", "--quiet", "--no-plots"];
        Gpugan run = Gpugan.Run([.. args, "--out", folder["s"]]);
        SweepRow large = SweepResult.Read(folder["s"]).Rows[^1];
        Gpugan alone = Gpugan.Run(
            "train", "--discriminator", "2-64-64-1", "--rows", "8", "--epochs", "1", "--seed", "1", "--device", "cpu", "--quiet", "--no-plots", "--json", "--out", folder["alone"]);
        using JsonDocument json = JsonDocument.Parse(alone.Output);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(json.RootElement.GetProperty("wasserstein_2").GetDouble(), Is.EqualTo(large.Wasserstein2));
        Assert.That(json.RootElement.GetProperty("loss_g").GetSingle(), Is.EqualTo((float)large.LossG!));
    }

    [Test]
    public void An_accuracy_is_a_last_column_that_a_training_alone_has_too()
    {
        // By both engines, and some members diverge.
        string[] args = ["sweep", "--discriminator", "2-3-1,2-64-64-1", "--lr-g", ".05,3e38", "--rows", "8", "--epochs", "1", "--seeds", "2", "--device", "cpu", "--quiet", "--no-plots", "--csv", "--accuracy", "50"];
        Gpugan run = Gpugan.Run([.. args, "--out", folder["s"]]);
        Gpugan again = Gpugan.Run([.. args, "--json", "--out", folder["s"]]);
        Gpugan without = Gpugan.Run([.. args[..^2], "--out", folder["s"]]);
        string[][] csv = [.. File.ReadAllLines(folder["s/members.csv"]).Select(line => line.Split(','))];
        IReadOnlyList<SweepRow> rows = SweepResult.Read(folder["s"]).Rows;
        using JsonDocument summary = JsonDocument.Parse(again.Output);
        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
            Assert.That(run.Output, Does.Contain("accuracy"));
            Assert.That(csv[0][^2..], Is.EqualTo(new[] { "diverged_at", "discriminator_accuracy" }));
            Assert.That(rows.Select(row => row.DiscriminatorAccuracy is null), Is.EqualTo(rows.Select(row => row.DivergedAt is not null)));
            Assert.That(rows.Count(row => row.DivergedAt is null), Is.EqualTo(4));
            Assert.That(csv[1..].Select(cells => cells[^1]), Is.EqualTo(rows.Select(row => row.DiscriminatorAccuracy is double accuracy ? FormattableString.Invariant($"{accuracy:R}") : "NaN")));
            Assert.That(summary.RootElement.GetProperty("best_cells")[0].GetProperty("median_discriminator_accuracy").GetDouble(), Is.InRange(0, 1));
            Assert.That(without.ExitCode, Is.EqualTo(1));
            Assert.That(without.Error, Does.Contain("holds another sweep: accuracy is 50 there and null here"));
        });
        foreach (SweepRow row in rows.Where(row => row.DivergedAt is null))
        {
            Gpugan alone = Gpugan.Run(
                "train", "--discriminator", row.Settings["discriminator"], "--lr-g", ".05", "--rows", "8", "--epochs", "1", "--seed", $"{row.Seed}", "--accuracy", "50",
                "--device", "cpu", "--quiet", "--no-plots", "--json", "--out", folder["alone"], "--force");
            using JsonDocument json = JsonDocument.Parse(alone.Output);
            Assert.That(json.RootElement.GetProperty("discriminator_accuracy").GetDouble(), Is.EqualTo(row.DiscriminatorAccuracy), $"member {row.Member}");
        }
    }

    [Test]
    public void An_independent_reader_reads_the_same_values()
    {
        Gpugan.Run([.. SweepFiles.Small, "--seed", "18446744073709551600", "--csv", "--out", folder["s"]]);
        string[][] csv = [.. File.ReadAllLines(folder["s/members.csv"])[1..].Select(line => line.Split(','))];
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"select * from read_parquet('{folder["s/members.parquet"]}')";
        using DuckDBDataReader reader = command.ExecuteReader();
        Assert.That(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName), Is.EqualTo(File.ReadLines(folder["s/members.csv"]).First().Split(',')));
        int rows = 0;
        while (reader.Read())
        {
            for (int column = 0; column < reader.FieldCount; column++)
            {
                string text = reader.IsDBNull(column) ? "null" : FormattableString.Invariant($"{reader.GetValue(column)}");
                string expected = csv[rows][column] switch { "NaN" or "" => "null", "true" => "True", "false" => "False", string other => other };
                Assert.That(text, Is.EqualTo(expected), $"row {rows}, {reader.GetName(column)}");
            }

            rows++;
        }

        Assert.That(rows, Is.EqualTo(SweepFiles.SmallMembers));
        Assert.That(csv.Any(row => row[16] == "NaN"), "a diverged member is among them");
    }

    [Test]
    public void The_table_says_what_it_is_of()
    {
        string data = folder.Write("data.csv", "1,2\n3,4\n5,7\n");
        Gpugan.Run("sweep", "--data", data, "--lr-d", ".01,.05", "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["s"]);
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"select decode(key), decode(value) from parquet_kv_metadata('{folder["s/members.parquet"]}')";
        using DuckDBDataReader reader = command.ExecuteReader();
        Dictionary<string, string> metadata = [];
        while (reader.Read())
        {
            metadata[reader.GetString(0)] = reader.GetString(1);
        }

        SweepSpecification specification = SweepFolder.Open(folder["s"]).Specification;
        Assert.Multiple(() =>
        {
            Assert.That(metadata.Keys, Is.EquivalentTo(new[] { "gpugan_version", "specification", "data_sha256" }));
            Assert.That(metadata["specification"], Is.EqualTo(specification.Identity().ToJsonString()));
            Assert.That(metadata["data_sha256"], Is.EqualTo(specification.DataSha256));
            Assert.That(metadata["gpugan_version"], Does.Match(@"\A\d+\.\d+\.\d+\z"));
        });

        // The specification makes the sweep again, where its rows are.
        string spec = folder.Write("spec.json", metadata["specification"]);
        Gpugan again = Gpugan.Run("sweep", "--spec", spec, "--data", data, "--device", "cpu", "--quiet", "--no-plots", "--out", folder["again"]);
        Assert.That(again.ExitCode, Is.Zero, again.Error);
        Assert.That(SweepFiles.Parquet(folder["again"]), Is.EqualTo(SweepFiles.Parquet(folder["s"])));
    }

    [Test]
    public void A_member_is_trained_again_alone([Values] bool sharedData)
    {
        string[] quiet = ["--device", "cpu", "--quiet", "--no-plots"], shared = sharedData ? ["--shared-data"] : [];
        Gpugan.Run(["sweep", "--rows", "8,20", "--epochs", "1,2", "--lr-d", ".01,.05", "--seeds", "3", "--seed", "7", .. shared, .. quiet, "--out", folder["s"]]);
        SweepRow row = SweepResult.Read(folder["s"]).Rows[16];
        Gpugan alone = Gpugan.Run(["train", "--from", folder["s"], "--member", "16", .. quiet, "--json", "--out", folder["alone"]]);
        using JsonDocument json = JsonDocument.Parse(alone.Output);
        Assert.Multiple(() =>
        {
            Assert.That((alone.ExitCode, alone.Error), Is.EqualTo((0, "")));
            Assert.That((row.Seed, row.Settings["rows"], row.Settings["epochs"], row.Settings["lr_d"]), Is.EqualTo((8, "20", "1", "0.05")));
            Assert.That(json.RootElement.GetProperty("loss_d").GetSingle(), Is.EqualTo((float?)row.LossD));
            Assert.That(json.RootElement.GetProperty("wasserstein_2").GetDouble(), Is.EqualTo(row.Wasserstein2));
        });
        Gpugan none = Gpugan.Run("train", "--from", folder["s"], "--member", "24");
        Assert.That((none.ExitCode, none.Error), Is.EqualTo((1, $"gpugan: {folder["s"]}: has the members 0 to 23, no member 24\n")));
    }

    [Test]
    public void Pictures_are_drawn_unless_they_are_not_wanted()
    {
        Gpugan.Run([.. SweepFiles.Small, "--out", folder["s"]]);
        Assert.That(Directory.GetFiles(folder["s"]).Select(Path.GetFileName), Is.EquivalentTo(new[] { "settings.json", "members.parquet", "summary.json" }));
    }

    [TestCase("train")]
    [TestCase("train --population 2")]
    [TestCase("sweep --lr-d .01,.05")]
    public void A_batch_that_is_larger_than_the_rows_says_what_it_became(string command)
    {
        string[] more = ["--rows", "20", "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots"];
        Gpugan large = Gpugan.Run([.. command.Split(' '), "--batch-size", "50", .. more, "--out", folder["large"]]);
        Gpugan all = Gpugan.Run([.. command.Split(' '), "--batch-size", "20", .. more, "--out", folder["all"]]);
        const string Note = "note                A batch of 50 is larger than 20 rows; it becomes all of them, and an epoch is one step.\n";
        Assert.That(large.Output, Does.Contain(Note), large.Error);
        Assert.That(all.Output, Does.Not.Contain("A batch of"));
    }

    [Test]
    public void Rows_are_read_back_as_they_were_written()
    {
        Gpugan.Run([.. SweepFiles.Small, "--csv", "--out", folder["s"]]);
        string[][] csv = [.. File.ReadAllLines(folder["s/members.csv"])[1..].Select(line => line.Split(','))];
        string[] settingNames = File.ReadLines(folder["s/members.csv"]).First().Split(',')[2..16];
        SweepResult result = SweepResult.Read(folder["s"]);
        Assert.Multiple(() =>
        {
            foreach ((SweepRow row, string[] cells) in result.Rows.Zip(csv))
            {
                Assert.That(FormattableString.Invariant($"{row.Member},{row.Seed},{string.Join(',', settingNames.Select(name => row.Settings[name]))}"), Is.EqualTo(string.Join(',', cells[..16])));
                Assert.That(row.KlDivergence, Is.EqualTo(NumberOf(cells[18])));
                Assert.That(row.Wasserstein2, Is.EqualTo(NumberOf(cells[22])));
                Assert.That((row.Converged, row.LooksConverged, row.Runaway), Is.EqualTo((bool.Parse(cells[23]), bool.Parse(cells[24]), bool.Parse(cells[25]))));
                Assert.That(result.SettingsOf(row).Seed, Is.EqualTo(row.Seed));
                Assert.That(FormattableString.Invariant($"{result.SettingsOf(row).LrG}"), Is.EqualTo(cells[11]));
                Assert.That($"{result.SettingsOf(row).BatchSize}", Is.EqualTo(cells[8]));
            }
        });

        static double? NumberOf(string cell) => cell == "NaN" ? null : double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Test]
    public void The_summary_counts_and_ranks_the_cells()
    {
        Gpugan run = Gpugan.Run(
            "sweep", "--lr-d", ".05,.005", "--lr-g", ".005,.05", "--seeds", "16", "--device", "cpu", "--quiet", "--no-plots", "--json", "--out", folder["s"]);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder["s/summary.json"]));
        JsonElement best = json.RootElement.GetProperty("best_cells")[0];
        SweepResult result = SweepResult.Read(folder["s"]);
        Assert.Multiple(() =>
        {
            Assert.That(json.RootElement.GetProperty("members").GetInt32(), Is.EqualTo(64));
            Assert.That(json.RootElement.GetProperty("cells").GetInt32(), Is.EqualTo(4));
            Assert.That(json.RootElement.GetProperty("converged").GetInt32(), Is.EqualTo(result.Rows.Count(row => row.Converged == true)));
            Assert.That((best.GetProperty("lr_d").GetDouble(), best.GetProperty("lr_g").GetDouble()), Is.EqualTo((0.05, 0.005)));
            Assert.That(best.GetProperty("converged").GetInt32(), Is.EqualTo(
                result.Rows.Count(row => row.Converged == true && row.Settings["lr_d"] == "0.05" && row.Settings["lr_g"] == "0.005")));
            Assert.That(run.Output, Does.Contain("\"gan_steps_per_second\""));
            Assert.That(File.ReadAllText(folder["s/summary.json"]), Does.Not.Contain("gan_steps_per_second"), "no time stands in the files");
        });
    }

    [Test]
    public void The_table_of_the_best_cells_is_no_wider_than_a_terminal()
    {
        Gpugan run = Gpugan.Run(
            "sweep", "--lr-d", "log:.001:.5:7", "--lr-g", "0.0100001,0.0100002", "--rows", "8", "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["s"]);
        string[] lines = run.Output.Split('\n');
        Assert.That(lines.SkipWhile(line => !line.Contains("median W2")).TakeWhile(line => !line.StartsWith("note", StringComparison.Ordinal)), Has.All.Length.InRange(0, 80));
        Assert.That(run.Output, Does.Match(@"\n +0\.02236 +0\.0100001 ").And.Match(@"\n +0\.02236 +0\.0100002 "), "four digits where they tell values apart");
    }

    [Test]
    public void Two_accelerators_and_other_chunks_and_threads_give_the_same_bytes()
    {
        Gpugan.Run([.. SweepFiles.Small, "--out", folder["one"]]);
        string[] two = [.. SweepFiles.Small.Select(word => word == "cpu" ? "cpu,cpu" : word)];
        Gpugan run = Gpugan.Run([.. two, "--chunk", "2", "--threads", "1", "--out", folder["two"]]);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(SweepFiles.Chunks(folder["two"]), Has.Length.EqualTo(12));
            Assert.That(SweepFiles.Chunks(folder["one"]), Has.Length.EqualTo(2));
            Assert.That(SweepFiles.Parquet(folder["two"]), Is.EqualTo(SweepFiles.Parquet(folder["one"])));
            Assert.That(File.ReadAllText(folder["two/summary.json"]), Is.EqualTo(File.ReadAllText(folder["one/summary.json"])));
        });
    }

    [Test]
    public void The_same_command_goes_on_with_what_is_done()
    {
        Gpugan.Run([.. SweepFiles.Small, "--out", folder["whole"]]);
        Gpugan.Run([.. SweepFiles.Small, "--chunk", "2", "--out", folder["s"]]);
        string[] chunks = SweepFiles.Chunks(folder["s"]);
        File.Delete(chunks[3]);
        File.Delete(chunks[4]);
        File.Delete(chunks[^1]);
        byte[] damaged = File.ReadAllBytes(chunks[7]);
        damaged[80] ^= 1;
        File.WriteAllBytes(chunks[7], damaged);
        File.WriteAllBytes(chunks[8], File.ReadAllBytes(chunks[8])[..50]);
        File.WriteAllText(folder["s/chunks/.left.chunk.tmp"], "by a kill");
        File.Delete(folder["s/members.parquet"]);
        Gpugan again = Gpugan.Run([.. SweepFiles.Small, "--out", folder["s"]]);
        Assert.Multiple(() =>
        {
            Assert.That(again.ExitCode, Is.Zero, again.Error);
            Assert.That(again.Output, Does.Match("done before +14 members"));
            Assert.That(again.Error, Is.EqualTo(
                $"gpugan: {chunks[7]} is damaged, and its members are trained again\ngpugan: {chunks[8]} is damaged, and its members are trained again\n"));
            Assert.That(SweepFiles.Parquet(folder["s"]), Is.EqualTo(SweepFiles.Parquet(folder["whole"])));
            Assert.That(Directory.GetFiles(folder["s/chunks"], ".*"), Is.Empty);
        });
    }

    [Test]
    public void Another_sweep_in_the_folder_is_refused_with_the_difference_and_fresh_starts_over()
    {
        string[] other = [.. SweepFiles.Small.Select(word => word == "0.005,3e38" ? "0.004,3e38" : word)];
        Gpugan.Run([.. SweepFiles.Small, "--out", folder["s"]]);
        byte[] before = SweepFiles.Parquet(folder["s"]);
        Gpugan refused = Gpugan.Run([.. other, "--out", folder["s"]]);
        Assert.That(
            (refused.ExitCode, refused.Error),
            Is.EqualTo((1, $"gpugan: {folder["s"]}: holds another sweep: lr_g is 0.005, 3E+38 there and 0.004, 3E+38 here; name another folder (--fresh would delete 24 finished members there)\n")));
        Assert.That(SweepFiles.Parquet(folder["s"]), Is.EqualTo(before));

        Gpugan fresh = Gpugan.Run([.. other, "--fresh", "--out", folder["s"]]);
        Gpugan.Run([.. other, "--out", folder["other"]]);
        Assert.That((fresh.ExitCode, fresh.Error), Is.EqualTo((0, $"gpugan: --fresh deletes 24 finished members in {folder["s"]}\n")));
        Assert.That(fresh.Output, Does.Not.Contain("done before"));
        Assert.That(SweepFiles.Parquet(folder["s"]), Is.EqualTo(SweepFiles.Parquet(folder["other"])).And.Not.EqualTo(before));
    }

    [Test]
    public void Fresh_trains_again_what_is_done()
    {
        Gpugan.Run([.. SweepFiles.Small, "--chunk", "1", "--out", folder["s"]]);
        Gpugan.Run([.. SweepFiles.Small, "--fresh", "--out", folder["s"]]);
        Assert.That(SweepFiles.Chunks(folder["s"]), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_folder_of_something_else_is_left_alone([Values] bool fresh)
    {
        string[] more = fresh ? ["--fresh"] : [];
        Directory.CreateDirectory(folder["mine"]);
        File.WriteAllText(folder["mine/thesis.txt"], "all of it");
        Gpugan run = Gpugan.Run([.. SweepFiles.Small, .. more, "--out", folder["mine"]]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((1, $"gpugan: {folder["mine"]}: holds other things than a sweep (no settings.json); name another folder\n")));
        File.WriteAllText(folder["mine/settings.json"], "{}");
        run = Gpugan.Run([.. SweepFiles.Small, .. more, "--out", folder["mine"]]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((1, $"gpugan: {folder["mine"]}/settings.json: has no sweep; name the folder of a sweep\n")));
        Assert.That(Directory.GetFileSystemEntries(folder["mine"]), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_specification_that_is_printed_gives_the_same_sweep()
    {
        Gpugan printed = Gpugan.Run([.. SweepFiles.Small, "--print-spec"]);
        string spec = folder.Write("sweep.json", printed.Output);
        Gpugan again = Gpugan.Run("sweep", "--spec", spec, "--print-spec");
        Gpugan other = Gpugan.Run("sweep", "--spec", spec, "--lr-d", "log:.001:.1:3", "--seeds", "7", "--print-spec");
        using JsonDocument json = JsonDocument.Parse(other.Output);
        Gpugan.Run([.. SweepFiles.Small, "--out", folder["options"]]);
        Gpugan run = Gpugan.Run("sweep", "--spec", spec, "--device", "cpu", "--quiet", "--no-plots", "--out", folder["spec"]);
        Assert.Multiple(() =>
        {
            Assert.That(again.Output, Is.EqualTo(printed.Output));
            Assert.That(json.RootElement.GetProperty("lr_d").GetRawText().Where(c => !char.IsWhiteSpace(c)), Is.EqualTo("[0.001,0.01,0.1]"), "options come before the file");
            Assert.That(json.RootElement.GetProperty("seeds").GetInt32(), Is.EqualTo(7));
            Assert.That(json.RootElement.GetProperty("batch_size").GetArrayLength(), Is.EqualTo(2));
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(SweepFiles.Parquet(folder["spec"]), Is.EqualTo(SweepFiles.Parquet(folder["options"])));
        });
    }

    [Test]
    public void A_plan_of_wide_networks_knows_their_memory()
    {
        string[] wide = ["--generator", "2-128-128-2", "--discriminator", "2-128-128-1", "--batch-size", "64", "--rows", "128"];
        Gpugan json = Gpugan.Run(["sweep", "--seeds", "8", .. wide, "--device", "cpu", "--threads", "2", "--plan", "--json", "--out", folder["s"]]);
        using JsonDocument document = JsonDocument.Parse(json.Output);
        TrainingSettings settings = new() { Generator = new Network(2, 128, 128, 2), Discriminator = new Network(2, 128, 128, 1), BatchSize = 64 };
        Assert.Multiple(() =>
        {
            Assert.That(document.RootElement.GetProperty("device_bytes").GetInt64(), Is.EqualTo(TiledPopulation.BytesOf(settings, rows: 128, atOnce: 2)));
            Assert.That(document.RootElement.GetProperty("kernels").GetInt32(), Is.Zero);
            Assert.That(document.RootElement.GetProperty("seconds").GetDouble(), Is.InRange(0.001, 1e4));
        });
    }

    [Test]
    public void A_plan_tells_what_it_will_take_and_makes_nothing()
    {
        Gpugan plan = Gpugan.Run("sweep", "--lr-d", "log:1e-4:1:32", "--lr-g", "log:1e-4:1:32", "--seeds", "64", "--device", "cpu", "--plan", "--out", folder["s"]);
        Gpugan json = Gpugan.Run([.. SweepFiles.Small, "--plan", "--json", "--shard", "2/3", "--out", folder["s"]]);
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.Multiple(() =>
        {
            Assert.That(plan.ExitCode, Is.Zero, plan.Error);
            Assert.That(plan.Output, Does.Contain("1,024 cells x 64 seeds = 65,536 members"));
            Assert.That(document.RootElement.GetProperty("compiling_seconds").GetDouble(), Is.InRange(0.01, document.RootElement.GetProperty("seconds").GetDouble()));
            Assert.That(plan.Output, Does.Match("launches +about [1-9]").And.Match("time +about [0-9]").And.Match("memory +[0-9.]+ MB on a device"));
            Assert.That(document.RootElement.GetProperty("members").GetInt32(), Is.InRange(4, 12));
            Assert.That(document.RootElement.GetProperty("seconds").GetDouble(), Is.GreaterThanOrEqualTo(0));
            Assert.That(Directory.Exists(folder["s"]), Is.False);
        });
    }

    [Test]
    public void A_file_of_data_is_learnt_by_all_and_has_to_stay_as_it_is()
    {
        string data = folder.Write("data.csv", string.Concat(Enumerable.Range(0, 20).Select(i => $"{i % 7},{i % 3}\n")));
        string[] args = ["sweep", "--data", data, "--epochs", "1", "--lr-d", ".1,.2", "--seeds", "2", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["s"]];
        Gpugan run = Gpugan.Run(args);
        Gpugan.Run("train", "--data", data, "--epochs", "1", "--lr-d", ".2", "--seed", "1", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["alone"]);
        using JsonDocument alone = JsonDocument.Parse(File.ReadAllText(folder["alone/metrics.json"]));
        SweepRow last = SweepResult.Read(folder["s"]).Rows[^1];
        File.AppendAllText(data, "1,1\n");
        Gpugan changed = Gpugan.Run(args);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(last.Settings["rows"], Is.EqualTo("20"));
            Assert.That(alone.RootElement.GetProperty("wasserstein_2").GetDouble(), Is.EqualTo(last.Wasserstein2));
            Assert.That(changed.ExitCode, Is.EqualTo(1));
            Assert.That(changed.Error, Does.Contain($"holds another sweep: the rows of '{data}' have changed: SHA-256 "));
        });
    }
}
