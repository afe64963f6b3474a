using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Lab;

namespace GpuGan.Runner.Tests.Lab;

internal sealed class LabServerTests
{
    private static readonly (string Name, string Values)[] Rates = [("lr_d", "0.005,0.05"), ("lr_g", "0.0015,0.005,0.015")];

    private Device device = null!;
    private LabServer lab = null!;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        device = Device.Open("cpu", 2);
        lab = await LabServer.StartAsync(device, port: 0);
        client = new HttpClient();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        client.Dispose();
        await lab.DisposeAsync();
        device.Dispose();
    }

    [TestCase("")]
    [TestCase("seed=2")]
    [TestCase("seed=18446744073709551615&lr_g=0.0071")]
    [TestCase("loss=hinge&lr_d=.02&epochs=7&batch_size=5")]
    [TestCase("distribution=ring&generator=2-16-2&discriminator=2-16-1&epochs=3&init_std=0.3")]
    [TestCase("optimizer=sgd&momentum=-0.5&updates=simultaneous&rows=300")]
    [TestCase("r1=0.5&gradient_penalty=0.1&loss=wasserstein&d_steps=3&generator_bias=false")]
    [TestCase("hidden_activation=leaky-relu:0.2&g_ema=0.9&shuffle=true&latent=uniform")]
    [TestCase("distribution=normal:3&batch_size=all&lr_decay=0.9")]
    [TestCase("lr_d=5&lr_g=50&rows=200&epochs=3")]
    public void A_training_has_the_weights_of_the_command_that_is_shown(string address)
    {
        using LabVisitor visitor = new(lab.Address);
        using TemporaryFolder folder = new();
        JsonObject answer = visitor.Train(address);
        string[] command = answer["command"]!.GetValue<string>().Split(' ');
        Gpugan run = Gpugan.Run([.. command[1..], "--device", "cpu", "--no-plots", "--quiet", "--json", "--out", folder["run"]]);
        JsonObject result = answer["result"]!.AsObject(), expected = JsonNode.Parse(run.Output)!.AsObject();
        Assert.Multiple(() =>
        {
            foreach (string name in (string[])["weights_sha256", "converged", "looks_converged", "kl_divergence", "nearest_neighbor_accuracy", "loss_d", "loss_g", "diverged_at"])
            {
                Assert.That(JsonNode.DeepEquals(result[name], expected[name]), Is.True, name);
            }
        });
    }

    [Test]
    public void Rows_that_were_drawn_train_as_the_file_that_is_shown()
    {
        const string Points = "0.5,1;-2,0.25;1,1;0.31,-0.62;1.5,2.25;0,0.1";
        using LabVisitor visitor = new(lab.Address);
        using TemporaryFolder folder = new();
        JsonObject answer = visitor.Train($"points={Points}&batch_size=2&standardize=true");
        string command = answer["command"]!.GetValue<string>().Replace("drawn.csv", folder.Write("drawn.csv", Points.Replace(';', '\n')), StringComparison.Ordinal);
        Gpugan run = Gpugan.Run([.. command.Split(' ')[1..], "--device", "cpu", "--no-plots", "--quiet", "--json", "--out", folder["run"]]);
        Assert.That(answer["result"]!["weights_sha256"]!.GetValue<string>(), Is.EqualTo(JsonNode.Parse(run.Output)!["weights_sha256"]!.GetValue<string>()));
    }

    [Test]
    public void What_is_saved_is_a_run_folder_with_the_weights_that_are_shown()
    {
        const string Address = "rows=200&epochs=2&seed=3";
        using LabVisitor visitor = new(lab.Address);
        string shown = visitor.Train(Address)["result"]!["weights_sha256"]!.GetValue<string>();
        string folder = visitor.Receive(visitor.Ask("save", Address))["folder"]!.GetValue<string>();
        try
        {
            Assert.That(JsonNode.Parse(File.ReadAllText(Path.Join(folder, "metrics.json")))!["weights_sha256"]!.GetValue<string>(), Is.EqualTo(shown));
            Assert.That(Gpugan.Run("plot", folder).ExitCode, Is.Zero);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestCase("", 24)]
    [TestCase("rows=200&init_std=0.1&discriminator_bias=false&fixed_noise=false", 16)]
    public void A_map_has_the_shares_of_the_sweep_that_is_shown(string address, int seeds)
    {
        using LabVisitor visitor = new(lab.Address);
        using TemporaryFolder folder = new();
        int id = visitor.Ask("map", address, seeds, Rates);
        JsonObject map = visitor.Receive(id);
        Dictionary<int, JsonObject> cells = [];
        for (int part = 0; part < map["parts"]!.GetValue<int>(); part++)
        {
            JsonObject cell = visitor.Receive(id)["cell"]!.AsObject();
            cells[cell["point"]!.GetValue<int>()] = cell;
        }

        Gpugan run = Gpugan.Run([.. map["command"]!.GetValue<string>().Split(' ')[1..], "--csv", "--no-plots", "--quiet", "--out", folder["sweep"]]);
        string[][] members = [.. File.ReadLines(folder["sweep/members.csv"]).Select(line => line.Split(','))];
        int converged = Array.IndexOf(members[0], "converged"), looks = Array.IndexOf(members[0], "looks_converged");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.Multiple(() =>
        {
            Assert.That(cells, Has.Count.EqualTo(6));
            foreach ((int point, JsonObject cell) in cells)
            {
                string[][] own = [.. members.Skip(1 + (point * seeds)).Take(seeds)];
                Assert.That(cell["members"]!.GetValue<int>(), Is.EqualTo(seeds));
                Assert.That(cell["converged"]!.GetValue<int>(), Is.EqualTo(own.Count(member => member[converged] == "true")), $"{point}");
                Assert.That(cell["looks"]!.GetValue<int>(), Is.EqualTo(own.Count(member => member[looks] == "true")), $"{point}");
            }

            Assert.That(cells.Values.Sum(cell => cell["converged"]!.GetValue<int>()), Is.GreaterThan(0));
        });
    }

    [Test]
    public void Seeds_are_each_the_training_of_that_seed()
    {
        using LabVisitor visitor = new(lab.Address);
        JsonObject[] seeds = [.. visitor.Receive(visitor.Ask("seeds", "seed=1", 3))["seeds"]!.AsArray().Select(seed => seed!.AsObject())];
        Assert.That(seeds.Select(seed => seed["seed"]!.GetValue<string>()), Is.EqualTo(new[] { "1", "2", "3" }));
        foreach (JsonObject seed in seeds)
        {
            JsonObject alone = visitor.Train($"seed={seed["seed"]!.GetValue<string>()}");
            Assert.Multiple(() =>
            {
                Assert.That(seed["converged"]!.GetValue<bool>(), Is.EqualTo(alone["result"]!["converged"]!.GetValue<bool>()));
                Assert.That(seed["kl_divergence"]!.ToJsonString(), Is.EqualTo(alone["evolution"]!["frames"]!.AsArray()[^1]!["kl_divergence"]!.ToJsonString()));
            });
        }
    }

    [Test]
    public async Task Only_who_knows_the_token_is_answered()
    {
        Uri root = new(lab.Address, "/"), wrong = new(root, $"{new string('0', 32)}/");
        using HttpResponseMessage right = await client.GetAsync(lab.Address);
        Assert.Multiple(() =>
        {
            Assert.That(right.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(right.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'").And.Not.Contain("unsafe"));
        });
        foreach (Uri address in (Uri[])[root, wrong, new(wrong, "controls.json"), new(root, "training")])
        {
            using HttpResponseMessage answer = await client.GetAsync(address);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), $"{address}");
        }

        Assert.That(() => new LabVisitor(wrong), Throws.InstanceOf<WebSocketException>());
    }

    [Test]
    public async Task A_name_that_was_pointed_here_is_refused()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, lab.Address);
        request.Headers.Host = $"rebound.example:{lab.Address.Port}";
        using HttpResponseMessage answer = await client.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public void A_script_of_another_site_is_refused_and_one_of_the_page_is_not()
    {
        using LabVisitor own = new(lab.Address, $"http://127.0.0.1:{lab.Address.Port}");
        Assert.Multiple(() =>
        {
            Assert.That(() => new LabVisitor(lab.Address, "https://other.example"), Throws.InstanceOf<WebSocketException>());
            Assert.That(() => new LabVisitor(lab.Address, $"https://127.0.0.1:{lab.Address.Port}"), Throws.InstanceOf<WebSocketException>());
            Assert.That(() => new LabVisitor(lab.Address, "null"), Throws.InstanceOf<WebSocketException>());
            Assert.That(own.Train("epochs=1")["result"], Is.Not.Null);
        });
    }

    [Test]
    public async Task Nothing_is_taken_but_what_is_asked_for_by_get()
    {
        using StringContent body = new("x");
        using HttpResponseMessage answer = await client.PostAsync(lab.Address, body);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("""{"id":"x","ask":"train","of":""}""")]
    [TestCase("""{"id":1,"ask":7,"of":""}""")]
    [TestCase("""{"id":1,"ask":"train"}""")]
    [TestCase("""{"id":1,"ask":"format","of":"disk"}""")]
    [TestCase("""{"id":1,"ask":"map","of":"","seeds":8,"axes":[null]}""")]
    [TestCase("""{"id":1,"ask":"map","of":"","seeds":8,"axes":[{"name":"lr_d"}]}""")]
    [TestCase("""{"id":1,"ask":"map","of":"","seeds":8,"axes":[]}""")]
    [TestCase("""{"id":1,"ask":"map","of":"","seeds":8,"axes":[{"name":"lr_d","values":"log:1e-9:1:100000"}]}""")]
    [TestCase("""{"id":1,"ask":"map","of":"","seeds":8,"axes":[{"name":"lr_d","values":"x"}]}""")]
    [TestCase("""{"id":1,"ask":"map","of":"","seeds":8,"axes":[{"name":"out","values":"x"}]}""")]
    [TestCase("""{"id":1,"ask":"map","of":"","seeds":1000000,"axes":[{"name":"lr_d","values":".1,.2"}]}""")]
    [TestCase("""{"id":1,"ask":"map","of":"epochs=10000","seeds":64,"axes":[{"name":"lr_d","values":"log:1e-4:1:1000"}]}""")]
    [TestCase("""{"id":1,"ask":"seeds","of":"","seeds":-1}""")]
    [TestCase("""{"id":1,"ask":"train","of":"epochs=1000000000"}""")]
    public void What_is_wrong_is_told_and_the_next_is_answered(string message)
    {
        using LabVisitor visitor = new(lab.Address);
        visitor.Send(message);
        string problem = visitor.Receive()!["problem"]!.GetValue<string>();
        Assert.Multiple(() =>
        {
            Assert.That(problem, Is.Not.Empty.And.Not.Contain("\n").And.Not.Contain("unexpected"));
            Assert.That(visitor.Train("epochs=1")["result"], Is.Not.Null);
        });
    }

    [Test]
    public void Ten_megabytes_of_rows_end_the_conversation_and_no_other()
    {
        using LabVisitor visitor = new(lab.Address), other = new(lab.Address);
        try
        {
            visitor.Ask("train", $"points={string.Concat(Enumerable.Repeat("0.12,3.45;", 1_000_000))}");
        }
        catch (WebSocketException)
        {
            // The server need not read it all.
        }

        Assert.Multiple(() =>
        {
            Assert.That(() => visitor.Receive(), Is.Null.Or.InstanceOf<JsonObject>().Or.Property("problem").Not.Null);
            Assert.That(other.Train("epochs=1")["result"], Is.Not.Null);
        });
    }

    [Test]
    public void The_newest_training_of_a_page_ends_the_older_and_a_flood_of_another_page_leaves_room()
    {
        using LabVisitor flood = new(lab.Address), visitor = new(lab.Address);
        int last = 0;
        for (int i = 0; i < 200; i++)
        {
            last = flood.Ask("train", $"epochs=400&seed={i}");
        }

        Assert.That(visitor.Train("seed=2")["result"]!["converged"]!.GetValue<bool>(), Is.False);
        JsonObject answer = flood.Receive(last);
        Assert.That(answer["settings"]!["seed"]!.GetValue<int>(), Is.EqualTo(199));
    }

    [Test]
    [Category("Slow")]
    public void A_thousand_trainings_leave_no_more_memory_than_ten()
    {
        using LabVisitor visitor = new(lab.Address);
        long afterTen = After(10);
        long afterAll = After(990);
        TestContext.Out.WriteLine($"{afterTen} bytes after 10 trainings, {afterAll} after 1000; working set {Environment.WorkingSet}");
        Assert.That(afterAll - afterTen, Is.InRange(long.MinValue, 2L << 20));

        // Different networks too, of which each has kernels of its own in a map.
        long After(int trainings)
        {
            for (int i = 0; i < trainings; i++)
            {
                visitor.Train($"epochs=2&seed={i}&lr_g=0.00{1 + (i % 9)}&discriminator=2-{2 + (i % 7)}-1");
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
            return GC.GetTotalMemory(forceFullCollection: true);
        }
    }

    [Test]
    public async Task Pages_beyond_sixteen_wait_outside()
    {
        List<LabVisitor> visitors = [];
        try
        {
            Assert.That(
                () =>
                {
                    for (int i = 0; i < 17; i++)
                    {
                        visitors.Add(new LabVisitor(lab.Address));
                    }
                },
                Throws.InstanceOf<WebSocketException>());
            Assert.That(visitors[0].Train("epochs=1")["result"], Is.Not.Null);
        }
        finally
        {
            visitors.ForEach(visitor => visitor.Dispose());
        }

        // Those that have gone are noticed.
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using LabVisitor next = new(lab.Address);
                break;
            }
            catch (WebSocketException) when (attempt < 100)
            {
                await Task.Delay(20);
            }
        }
    }
}
