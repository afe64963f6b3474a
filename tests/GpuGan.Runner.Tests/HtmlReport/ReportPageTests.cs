using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Files;
using GpuGan.Runner.HtmlReport;
using GpuGan.Runner.Sweeps;
using GpuGan.Runner.Tests.Sweeps;

namespace GpuGan.Runner.Tests.HtmlReport;

/// <summary>The reports in a browser. With GPUGAN_SCREENSHOTS=FOLDER it leaves there what it saw.</summary>
internal sealed class ReportPageTests
{
    private static readonly string[] Pages = ["run", "column", "columns", "diverged", "population", "sweep", "axis", "axes"];

    private TemporaryFolder folder = null!;
    private Chromium browser = null!;

    [OneTimeSetUp]
    public void Make()
    {
        browser = Chromium.Start();
        folder = new TemporaryFolder();
        Report("run", "--seed", "1");
        Report("column", "--data", folder.Write("one.csv", string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7}\n"))), "--epochs", "1");
        Report("columns", "--data", folder.Write("three.csv", string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7},{i % 5},{i % 3}\n"))), "--epochs", "3");
        Report("diverged", "--init-std", "1e38", "--rows", "50", "--epochs", "3");
        Report("population", "--population", "40", "--epochs", "3");

        string[] rates = ["0.0005", "0.005", "0.05", "0.5"];
        SweepResult sweep = SmallSweep.Train(new(), rates, rates, seeds: 20, rows: 1000);
        Report("sweep", sweep);
        Report("axis", sweep with { Axes = [sweep.Axes[1]], Rows = [.. sweep.Rows.Where(row => row.Settings["lr_d"] == "0.05")], BaseSettings = sweep.BaseSettings with { LrD = 0.05 } });
        string[] activations = ["tanh", "relu", "leaky-relu", "sigmoid", "identity"];
        Report("words", sweep with
        {
            Axes = [sweep.Axes[0], new SweepAxis("hidden_activation", activations)],
            Rows = [.. sweep.Rows.Take(100).Select(row => row with { Settings = new Dictionary<string, string>(row.Settings) { ["hidden_activation"] = activations[row.Seed % 5] } })],
        });
        Report("axes", sweep with
        {
            Axes = [new SweepAxis("init_std", ["0.02", "0.2"]), .. sweep.Axes],
            Rows = [.. sweep.Rows.Take(100).Select(row => row with { Settings = new Dictionary<string, string>(row.Settings) { ["init_std"] = row.Seed < 2 ? "0.2" : "0.02" } })],
        });
    }

    [OneTimeTearDown]
    public void Delete()
    {
        browser?.Dispose();
        folder?.Dispose();
    }

    [TestCaseSource(nameof(Pages))]
    public void A_page_needs_nothing_but_itself_and_complains_of_nothing(string page)
    {
        foreach ((string name, int width, bool dark) in (ReadOnlySpan<(string, int, bool)>)[("wide", 1280, false), ("dark", 1280, true), ("narrow", 400, false)])
        {
            Open(page, width, dark);
            Keep($"{page}-{name}.png", browser.Screenshot());
            Assert.Multiple(() =>
            {
                Assert.That(browser.Complaints, Is.Empty);
                Assert.That(browser.Requests, Is.EqualTo(new[] { new Uri(PathOf(page)).AbsoluteUri }));
                Assert.That(Number("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width), "nothing lies beyond the window");
            });
        }
    }

    [TestCaseSource(nameof(Pages))]
    public void All_that_is_seen_or_pressed_has_a_name(string page)
    {
        Open(page);
        Assert.Multiple(() =>
        {
            Assert.That(Number("[...document.querySelectorAll('img')].filter(img => img.alt.length < 10 || img.naturalWidth === 0).length"), Is.Zero);
            Assert.That(Number("[...document.querySelectorAll('img')].length"), Is.Positive);
            Assert.That(Number("[...document.querySelectorAll('button')].filter(b => !(b.getAttribute('aria-label') || b.textContent.trim())).length"), Is.Zero);
            Assert.That(Number("[...document.querySelectorAll('input, select')].filter(input => input.labels.length === 0).length"), Is.Zero);
            Assert.That(Number("[...document.querySelectorAll('svg.chart')].filter(svg => !svg.getAttribute('aria-label')).length"), Is.Zero);
            Assert.That(Text("document.documentElement.innerHTML"), Does.Not.Contain(">NaN").And.Not.Contain("undefined<"));
        });
    }

    [Test]
    public void The_slider_moves_the_picture()
    {
        Open("run");
        string last = Picture(), surface = Surface();
        browser.Evaluate("document.getElementById('epoch').focus()");
        browser.Press("ArrowLeft");
        Assert.That(Text("document.querySelector('output').value"), Is.EqualTo("epoch 19"));
        Assert.That(Picture(), Is.Not.EqualTo(last), "the generated rows move");
        Assert.That(Surface(), Is.Not.EqualTo(surface), "the decision surface changes");
        Assert.That(Readout(), Does.StartWith("Epoch 19: "));

        browser.Press("ArrowRight");
        Assert.That((Picture(), Surface()), Is.EqualTo((last, surface)));
        browser.Press("Home");
        Assert.That(Readout(), Does.StartWith("Epoch 0: not converged").And.EndWith("before the first step."));
        Keep("run-epoch0.png", browser.Screenshot());
    }

    [Test]
    public void The_last_epoch_has_the_numbers_of_the_verdict()
    {
        Open("run");
        JsonNode metrics = JsonNode.Parse(File.ReadAllText(folder["run/metrics.json"]))!;
        Assert.That(Readout(), Does.StartWith(FormattableString.Invariant($"Epoch 20: converged; KL divergence {metrics["kl_divergence"]!.GetValue<double>():G3}")).And.Contain(FormattableString.Invariant($"2-Wasserstein distance {metrics["wasserstein_2"]!.GetValue<double>():G3};")));
        Assert.That(Text("document.querySelector('p.verdict').textContent"), Is.EqualTo("converged"));
        Assert.That(Number("document.querySelectorAll('#evolution .made path').length"), Is.EqualTo(120));
    }

    [Test]
    public void The_evolution_plays_and_pauses()
    {
        Open("run");
        browser.Evaluate("document.querySelector('button.plain').click()");
        Assert.That(Readout(), Does.StartWith("Epoch 0: "));
        browser.Evaluate("new Promise(done => setTimeout(done, 900))");
        browser.Evaluate("document.querySelector('button.plain').click()");
        string paused = Readout();
        Assert.That(paused, Does.Not.StartWith("Epoch 0: "));
        Assert.That(Text("document.querySelector('button.plain').textContent"), Is.EqualTo("Play"));
        browser.Evaluate("new Promise(done => setTimeout(done, 400))");
        Assert.That(Readout(), Is.EqualTo(paused));
    }

    [Test]
    public void Pointing_at_a_cell_tells_its_numbers()
    {
        Open("sweep");
        browser.Hover("[data-at=\"2,1\"]");
        Assert.That(Readout(), Does.StartWith("lr_d 0.05, lr_g 0.005: converged 50 % (95 % interval 30 % to 70 %); losses near log 2 100 %").And.EndWith("20 members, 0 diverged, 0 runaway."));
    }

    [Test]
    public void A_click_opens_a_cell()
    {
        Open("sweep");
        Assert.That(Number("document.querySelectorAll('.members figure').length"), Is.Zero);
        browser.Evaluate("document.querySelector('[data-at=\"2,1\"]').click()");
        Keep("sweep-open.png", browser.Screenshot());
        Assert.Multiple(() =>
        {
            Assert.That(Number("document.querySelectorAll('.members figure').length"), Is.EqualTo(16));
            Assert.That(Text("document.querySelector('#cell h3').textContent"), Is.EqualTo("lr_d 0.05, lr_g 0.005"));
            Assert.That(Text("document.querySelector('.members figcaption').textContent"), Is.EqualTo("converged · seed 0 · KL 0.0892gpugan train"));
            Assert.That(Number("document.querySelectorAll('.members .made path').length"), Is.EqualTo(16 * 40));
            Assert.That(Number("[...document.querySelectorAll('.members .d, .members .g')].filter(path => path.getAttribute('d').length > 50).length"), Is.EqualTo(32));
            Assert.That(Number("document.querySelectorAll('.cell[aria-pressed=true]').length"), Is.EqualTo(3), "in each of the maps");
        });
        browser.Evaluate("document.querySelector('[data-at=\"3,3\"]').click()");
        Assert.That(Text("document.querySelector('#cell h3').textContent"), Is.EqualTo("lr_d 0.5, lr_g 0.5"));
        Assert.That(Text("document.querySelector('.members figcaption code').textContent"), Is.EqualTo("gpugan train --lr-d 0.5 --lr-g 0.5"));
        Assert.That(browser.Complaints, Is.Empty);
    }

    [Test]
    public void Cells_are_reached_by_keys()
    {
        Open("sweep");
        Assert.That(Number("document.querySelectorAll('.cell[tabindex=\"0\"]').length"), Is.EqualTo(3), "one stop of the tab key for a map");
        browser.Evaluate("document.querySelector('.cell[tabindex=\"0\"]').focus()");
        string first = Text("document.activeElement.dataset.at");
        browser.Press("ArrowRight");
        browser.Press(first[0] == '0' ? "ArrowUp" : "ArrowDown");
        Assert.That(Text("document.activeElement.dataset.at"), Is.EqualTo(first[0] == '0' ? "1,1" : "2,1"));
        browser.Press("Enter");
        Assert.That(Number("document.querySelectorAll('.members figure').length"), Is.EqualTo(16));
    }

    [Test]
    public void A_plane_of_more_axes_is_chosen()
    {
        Open("axes");
        Assert.That(Number("document.querySelectorAll('select').length"), Is.EqualTo(3), "two axes, and a value of the third");
        Assert.That(CellAt("0,0,1"), Is.True);
        browser.Evaluate("(() => { const list = document.querySelectorAll('select')[2]; list.value = 1; list.dispatchEvent(new Event('change')); })()");
        Assert.That((CellAt("0,0,1"), CellAt("1,0,1")), Is.EqualTo((false, true)));
        browser.Evaluate("(() => { const list = document.querySelectorAll('select')[0]; list.value = 0; list.dispatchEvent(new Event('change')); })()");
        Assert.That((CellAt("0,0,0"), CellAt("1,0,0"), CellAt("1,0,1")), Is.EqualTo((true, true, false)));
        Assert.That(browser.Complaints, Is.Empty);

        bool CellAt(string at) => Number($"document.querySelectorAll('[data-at=\"{at}\"]').length") > 0;
    }

    [Test]
    public void Dark_mode_is_dark()
    {
        Open("sweep", dark: true);
        Assert.That(Text("getComputedStyle(document.body).backgroundColor"), Is.EqualTo("rgb(22, 24, 27)"));
        Open("sweep");
        Assert.That(Text("getComputedStyle(document.body).backgroundColor"), Is.EqualTo("rgb(255, 255, 255)"));
    }

    [Test]
    public void Print_tells_which_plane_of_more_axes_it_shows()
    {
        browser.Open(PathOf("axes"), width: 720, media: "print");
        Keep("axes-print.png", browser.Screenshot());
        Assert.That(Text("getComputedStyle(document.querySelector('.printed')).display"), Is.EqualTo("block"));
        Assert.That(Text("document.querySelector('.printed').textContent"), Is.EqualTo("init_std 0.02"));
    }

    [TestCase("sweep", 1280, "screen")]
    [TestCase("sweep", 400, "screen")]
    [TestCase("sweep", 720, "print")]
    [TestCase("words", 1280, "screen")]
    [TestCase("words", 400, "screen")]
    [TestCase("words", 720, "print")]
    public void Labels_of_a_map_do_not_touch(string page, int width, string media)
    {
        browser.Open(PathOf(page), width, media: media);
        Keep($"{page}-{width}-{media}.png", browser.Screenshot());
        Assert.That(Number("""
            (() => {
              const boxes = [...document.querySelectorAll('.map .below')].filter(label => label.textContent).map(label => {
                const range = document.createRange();
                range.selectNodeContents(label);
                return range.getBoundingClientRect();
              });
              return boxes.filter((one, i) => boxes.some((other, j) => i < j && one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)).length;
            })()
            """), Is.Zero);
    }

    [Test]
    public void Words_are_all_told()
    {
        Open("words");
        Assert.That(Text("[...document.querySelector('.map').querySelectorAll('.below')].map(label => label.textContent).join(' ')"), Is.EqualTo("tanh relu leaky-relu sigmoid identity"));
    }

    [Test]
    public void Print_is_light_and_has_all_facts_but_no_controls()
    {
        browser.Open(PathOf("run"), dark: true, media: "print");
        Assert.That(Text("getComputedStyle(document.body).backgroundColor"), Is.EqualTo("rgb(255, 255, 255)"));
        Assert.That(Text("getComputedStyle(document.querySelector('.controls')).display"), Is.EqualTo("none"));
        Keep("run-print.png", browser.Screenshot());
        byte[] pdf = browser.Print();
        Keep("run.pdf", pdf);
        Assert.That(pdf, Has.Length.GreaterThan(20_000));
        Assert.That(Number("document.querySelectorAll('details:not([open])').length"), Is.Zero, "what is folded is opened for print");
    }

    private string PathOf(string page) => folder[$"{page}.html"];

    private void Report(string page, params string[] options)
    {
        Gpugan.Run(["train", .. options, "--device", "cpu", "--quiet", "--no-plots", "--out", folder[page]]);
        Gpugan report = Gpugan.Run("report", folder[page], "--device", "cpu", "--out", PathOf(page));
        Assert.That((report.ExitCode, report.Error, report.Output), Is.EqualTo((0, "", $"report              {PathOf(page)}\n")));
    }

    private void Report(string page, SweepResult result)
    {
        using Device device = Device.Open("cpu");
        File.WriteAllText(PathOf(page), SweepPage.Make(page, result, new MemberData(null, 1000, null, Standardize: false, VerdictLimits.Default), fastMath: false, device));
    }

    private void Open(string page, int width = 1280, bool dark = false)
    {
        browser.Complaints.Clear();
        browser.Requests.Clear();
        browser.Open(PathOf(page), width, dark);
    }

    private string Picture() => Text("document.querySelector('#evolution .made').outerHTML");

    private string Surface() => Text("document.querySelector('#evolution image').getAttribute('href')");

    private string Readout() => Text("document.querySelector('.readout').textContent");

    private string Text(string expression) => browser.Evaluate(expression)!.GetValue<string>();

    private int Number(string expression) => browser.Evaluate(expression)!.GetValue<int>();

    private static void Keep(string name, byte[] bytes)
    {
        if (Environment.GetEnvironmentVariable("GPUGAN_SCREENSHOTS") is string kept)
        {
            Directory.CreateDirectory(kept);
            File.WriteAllBytes(Path.Join(kept, name), bytes);
        }
    }
}
