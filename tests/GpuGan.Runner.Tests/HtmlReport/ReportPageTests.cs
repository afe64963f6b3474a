using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Files;
using GpuGan.Runner.HtmlReport;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Tests.Sweeps;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests.HtmlReport;

/// <summary>The reports in a browser. With GPUGAN_SCREENSHOTS=FOLDER it leaves there what it saw.</summary>
internal sealed class ReportPageTests
{
    private static readonly string[] Pages = ["run", "column", "columns", "diverged", "population", "sweep", "axis", "axes"];

    private TemporaryFolder folder = null!;
    private SweepResult sweep = null!, axes = null!;
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
        sweep = SmallSweep.Train(new(), rates, rates, seeds: 20, rows: 1000);
        Report("sweep", sweep);
        // Whose members are looked at is trained again; of the other pages only the maps are.
        Report("axis", sweep with { Axes = [sweep.Axes[1]], Rows = [.. sweep.Rows.Where(row => row.Settings["lr_d"] == "0.05")], BaseSettings = sweep.BaseSettings with { LrD = 0.05 } }, members: 2);
        string[] activations = ["tanh", "relu", "leaky-relu", "sigmoid", "identity"];
        Report("words", sweep with
        {
            Axes = [sweep.Axes[0], new SweepAxis("hidden_activation", activations)],
            Rows = [.. sweep.Rows.Take(100).Select(row => row with { Settings = new Dictionary<string, string>(row.Settings) { ["hidden_activation"] = activations[row.Seed % 5] } })],
        }, members: 0);
        Report("exploded", "--lr-d", "5", "--lr-g", "50", "--rows", "200", "--epochs", "3");
        Report("large", Enlarged(sweep, 32), members: 0);
        axes = sweep with
        {
            Axes = [new SweepAxis("init_std", ["0.02", "0.2"]), .. sweep.Axes],
            Rows = [.. sweep.Rows.Take(100).Select(row => row with { Settings = new Dictionary<string, string>(row.Settings) { ["init_std"] = row.Seed < 2 ? "0.2" : "0.02" } })],
        };
        Report("axes", axes);
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
            Keep($"{page}-{name}.png", browser.Screenshot);
            Assert.Multiple(() =>
            {
                Assert.That(browser.Complaints, Is.Empty);
                Assert.That(browser.Requests, Is.EqualTo(new[] { new Uri(PathOf(page)).AbsoluteUri }));
                Assert.That(Number("document.documentElement.scrollWidth"), Is.InRange(1, width), "nothing lies beyond the window");
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
        Keep("run-epoch0.png", browser.Screenshot);
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

    [TestCase("run", "")]
    [TestCase("column", "")]
    [TestCase("columns", "The plane of the first two of 3 columns, x1 and x2; the figures are of all of them, and so are the pictures below.")]
    public void The_evolution_says_which_of_more_columns_it_shows(string page, string caption)
    {
        Open(page);
        Assert.That(Text("[...document.querySelectorAll('#evolution .caption')].map(one => one.textContent).join('')"), Is.EqualTo(caption));
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
        Share converged = Outcomes.Of([.. OfCell("0.05", "0.005")]).Converged;
        Assert.That(converged.Value, Is.InRange(0.3, 0.9));
        Assert.That(Readout(), Does.StartWith(FormattableString.Invariant($"lr_d 0.05, lr_g 0.005: converged {100 * converged.Value:f0} % (95 % interval {100 * converged.Interval.Low:f0} % to {100 * converged.Interval.High:f0} %); losses near log 2 100 %")).And.EndWith("20 members, 0 diverged, 0 runaway."));
    }

    [Test]
    public void A_click_opens_a_cell()
    {
        Open("sweep");
        Assert.That(Number("document.querySelectorAll('.members figure').length"), Is.Zero);
        browser.Evaluate("document.querySelector('[data-at=\"2,1\"]').click()");
        Keep("sweep-open.png", browser.Screenshot);
        SweepRow best = OfCell("0.05", "0.005").MinBy(row => row.KlDivergence)!;
        Assert.Multiple(() =>
        {
            Assert.That(Number("document.querySelectorAll('.members figure').length"), Is.EqualTo(16));
            Assert.That(Text("document.querySelector('#cell h3').textContent"), Is.EqualTo("lr_d 0.05, lr_g 0.005"));
            Assert.That(Text("document.querySelector('.members figcaption').textContent"), Is.EqualTo(FormattableString.Invariant($"best: converged · seed {best.Seed} · KL {best.KlDivergence:G3}gpugan train --seed {best.Seed}")));
            Assert.That(Number("document.querySelectorAll('.members .made path').length"), Is.EqualTo(16 * 40));
            Assert.That(Number("[...document.querySelectorAll('.members .d, .members .g')].filter(path => path.getAttribute('d').length > 50).length"), Is.EqualTo(32));
            Assert.That(Number("document.querySelectorAll('.cell[aria-pressed=true]').length"), Is.EqualTo(3), "in each of the maps");
        });
        browser.Evaluate("document.querySelector('[data-at=\"3,3\"]').click()");
        Assert.That(Text("document.querySelector('#cell h3').textContent"), Is.EqualTo("lr_d 0.5, lr_g 0.5"));
        Assert.That(Text("document.querySelector('.members figcaption code').textContent"), Does.StartWith("gpugan train --lr-d 0.5 --lr-g 0.5 --seed "));
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
        Assert.That(Number("document.querySelectorAll('select').length"), Is.EqualTo(3), "two axes, and all or a value of the third");
        Assert.That((CellAt("all,0,1"), CellAt("0,0,1")), Is.EqualTo((true, false)));
        Choose(2, 1);
        Assert.That((CellAt("all,0,1"), CellAt("0,0,1"), CellAt("1,0,1")), Is.EqualTo((false, false, true)));
        Choose(0, 0);
        Choose(2, 0);
        Assert.That((CellAt("0,0,0"), CellAt("1,0,0"), CellAt("1,0,1")), Is.EqualTo((true, true, false)));
        Assert.That(browser.Complaints, Is.Empty);

        bool CellAt(string at) => Number($"document.querySelectorAll('[data-at=\"{at}\"]').length") > 0;
    }

    // What the page makes of several cells is what the program makes of all their members.
    [Test]
    public void An_axis_is_pooled()
    {
        Open("axes");
        Outcomes expected = Outcomes.Of([.. axes.Rows.Where(row => row.Settings["lr_d"] == "0.0005" && row.Settings["lr_g"] == "0.05")]);
        browser.Evaluate("document.querySelector('[data-at=\"all,0,2\"]').click()");
        Assert.That(Readout(), Does.StartWith(FormattableString.Invariant($"init_std all, lr_d 0.0005, lr_g 0.05: converged {100 * expected.Converged.Value:f0} % (95 % interval {100 * expected.Converged.Interval.Low:f0} % to {100 * expected.Converged.Interval.High:f0} %)")));
        Assert.That(Readout(), Does.Contain(FormattableString.Invariant($"KL divergence {expected.KlDivergence.Median:G3} (quartiles {expected.KlDivergence.First:G3} and {expected.KlDivergence.Third:G3}); {expected.Converged.Of} members")));
        Assert.That(Number("document.querySelectorAll('.members figure').length"), Is.EqualTo(16));
        double[] divergences = [.. browser.Evaluate("[...document.querySelectorAll('.members figcaption')].map(caption => Number(/KL ([^ g]+)/.exec(caption.textContent)[1]))")!.AsArray().Select(one => one!.GetValue<double>())];
        Assert.That(divergences, Is.Ordered);
        Assert.That(Text("document.querySelector('.members figcaption').textContent"), Does.StartWith("best: "));
        Assert.That(Text("document.querySelector('.members figure:last-child figcaption').textContent"), Does.StartWith("worst: "));
    }

    [Test]
    public void Pictures_open_large_and_escape_closes_them()
    {
        Open("run");
        browser.Evaluate("document.querySelectorAll('button.open')[1].focus()");
        browser.Press("Enter");
        Keep("run-large.png", browser.Screenshot);
        Assert.Multiple(() =>
        {
            Assert.That(Flag("document.getElementById('large').open"), Is.True);
            Assert.That(Text("document.querySelector('#large img').alt"), Is.EqualTo("Mean losses of each epoch, and log 2"));
            Assert.That(Number("document.querySelector('#large img').getBoundingClientRect().width"), Is.EqualTo(800));
            Assert.That(Text("document.activeElement.textContent"), Is.EqualTo("Close"));
        });
        browser.Press("Escape");
        Assert.That(Flag("document.getElementById('large').open"), Is.False);
        Assert.That(Flag("document.activeElement === document.querySelectorAll('button.open')[1]"), Is.True, "the focus is where it was");

        browser.Evaluate("document.querySelector('button.open').click()");
        browser.Evaluate("document.querySelector('#large button').click()");
        Assert.That(Flag("document.getElementById('large').open"), Is.False);
    }

    [Test]
    public void Members_open_large_with_their_command()
    {
        Open("sweep", 400);
        browser.Evaluate("document.querySelector('[data-at=\"2,1\"]').click()");
        Assert.That(Text("getComputedStyle(document.querySelector('.members code')).display"), Is.EqualTo("none"));
        browser.Evaluate("document.querySelector('.members button.open').click()");
        Keep("sweep-400-large.png", browser.Screenshot);
        Assert.That(Text("document.querySelector('#large code').textContent"), Does.StartWith("gpugan train --lr-d 0.05 --seed ").Or.StartsWith("gpugan train"));
        Assert.That(Number("document.querySelectorAll('#large svg.chart').length"), Is.EqualTo(2));
        Assert.That(Number("document.documentElement.scrollWidth"), Is.InRange(1, 400));
    }

    [Test]
    public void A_phone_shows_several_members_a_row()
    {
        Open("population", 400);
        Assert.That(Number("new Set([...document.querySelectorAll('.members figure')].map(figure => Math.round(figure.getBoundingClientRect().left))).size"), Is.EqualTo(3));
    }

    [Test]
    public void A_finger_can_press_the_cells_of_a_large_map()
    {
        Open("large", 400);
        Assert.Multiple(() =>
        {
            Assert.That(Number("Math.min(...[...document.querySelectorAll('.cell')].flatMap(cell => [cell.getBoundingClientRect().width, cell.getBoundingClientRect().height]).map(Math.floor))"), Is.GreaterThanOrEqualTo(24));
            Assert.That(Number("document.documentElement.scrollWidth"), Is.InRange(1, 400));
        });
        browser.Evaluate("document.querySelector('.map').scrollLeft = 300");
        browser.Evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))");
        Assert.That(browser.Evaluate("[...document.querySelectorAll('.map')].map(map => map.scrollLeft)")!.AsArray().Select(one => one!.GetValue<double>()), Is.All.EqualTo(300), "all maps show the same cells");
        browser.Evaluate("document.querySelector('[data-at=\"20,20\"]').click()");
        Keep("large-400.png", browser.Screenshot);
        Assert.That(Text("getComputedStyle(document.querySelector('.readout')).position"), Is.EqualTo("sticky"));
    }

    [Test]
    public void Dark_pages_have_dark_pictures()
    {
        foreach (bool dark in (ReadOnlySpan<bool>)[true, false])
        {
            Open("run", dark: dark);
            int lightness = Number("""
                (async () => {
                  const img = document.querySelector('.pictures img'), canvas = document.createElement('canvas');
                  await img.decode();
                  [canvas.width, canvas.height] = [img.naturalWidth, img.naturalHeight];
                  const context = canvas.getContext('2d');
                  context.drawImage(img, 0, 0);
                  return context.getImageData(3, 3, 1, 1).data[0];
                })()
                """);
            Assert.That(lightness, Is.EqualTo(dark ? 0x16 : 255));
        }
    }

    [Test]
    public void Maps_are_not_repeated_as_pictures()
    {
        Open("sweep");
        Assert.That(browser.Evaluate("[...document.querySelectorAll('.pictures img')].map(img => img.alt)")!.AsArray().Select(alt => alt!.GetValue<string>()), Is.EqualTo(new[]
        {
            "What the verdict looks at, and the limits within which a member has converged", "How kl_divergence is distributed over the members",
        }));
        Open("axis");
        Assert.That(Number("[...document.querySelectorAll('.pictures img')].filter(img => img.alt.includes('95 % intervals')).length"), Is.EqualTo(1));
    }

    [Test]
    public void Charts_of_the_evolution_lie_over_the_same_epochs()
    {
        foreach (string page in (string[])["run", "column", "diverged"])
        {
            Open(page);
            double[][] frames = [.. browser.Evaluate("[...document.querySelectorAll('.evolution > div:last-child .frame')].map(frame => [frame.getBoundingClientRect().left, frame.getBoundingClientRect().right])")!
                .AsArray().Select(frame => frame!.AsArray().Select(side => side!.GetValue<double>()).ToArray())];
            Assert.That(frames[0], Is.EqualTo(frames[1]).Within(0.01));
            Assert.That(Text("[...document.querySelectorAll('.evolution > div:last-child svg.chart')].map(chart => [...chart.querySelectorAll('text')].filter(text => Number(text.getAttribute('y')) > 200).map(text => text.textContent).join(' ')).join('|')").Split('|').Distinct().Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public void One_column_evolves_as_a_histogram()
    {
        Open("column");
        Assert.That(Number("document.querySelectorAll('#evolution .bars path').length"), Is.EqualTo(2));
        string last = Picture();
        browser.Evaluate("document.getElementById('epoch').focus()");
        browser.Press("ArrowLeft");
        Assert.That(Picture(), Is.Not.EqualTo(last));
        Assert.That(browser.Complaints, Is.Empty);
    }

    [Test]
    public void The_verdict_stands_beside_its_limits()
    {
        Open("run");
        Assert.That(Text("document.querySelector('tbody').textContent"), Does.Match(@"\AKL divergence0\.0591at most 0\.2✓ within\z"));
        Open("columns");
        Assert.That(Text("[...document.querySelectorAll('tbody tr')].map(row => row.textContent).join(' | ')"), Does.Match(@"\AKL divergence\S+at most 0\.2✗ beyond \| nearest neighbors\S+at most 0\.6✗ beyond\z"));
        Open("sweep");
        Assert.That(Text("document.querySelector('tbody').textContent"), Does.StartWith("KL divergenceat most 0.2"));
    }

    [Test]
    public void Exploded_runs_keep_their_labels()
    {
        Open("exploded");
        Assert.That(Readout(), Does.EndWith("of the generated rows lie outside of the picture."));
        Assert.That(Number("""
            [...document.querySelectorAll('#evolution svg.chart')].flatMap(chart => [...chart.querySelectorAll('text')].filter(text => {
              const box = text.getBoundingClientRect(), whole = chart.getBoundingClientRect();
              return box.left < whole.left - 1 || box.right > whole.right + 1;
            })).length
            """), Is.Zero, "no label is cut off");
    }

    private IEnumerable<SweepRow> OfCell(string lrD, string lrG) => sweep.Rows.Where(row => row.Settings["lr_d"] == lrD && row.Settings["lr_g"] == lrG);

    private void Choose(int list, int value) =>
        browser.Evaluate($"(() => {{ const list = document.querySelectorAll('select')[{list}]; list.value = {value}; list.dispatchEvent(new Event('change')); }})()");

    private bool Flag(string expression) => browser.Evaluate(expression)!.GetValue<bool>();

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
        Keep("axes-print.png", browser.Screenshot);
        Assert.That(Text("getComputedStyle(document.querySelector('.printed')).display"), Is.EqualTo("block"));
        Assert.That(Text("document.querySelector('.printed').textContent"), Is.EqualTo("init_std all"));
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
        Keep($"{page}-{width}-{media}.png", browser.Screenshot);
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
        Keep("run-print.png", browser.Screenshot);
        byte[] pdf = browser.Print();
        Keep("run.pdf", () => pdf);
        Assert.That(pdf, Has.Length.GreaterThan(20_000));
        Assert.That(Number("document.querySelectorAll('details:not([open])').length"), Is.Zero, "what is folded is opened for print");
    }

    // The same members, in a plane of many cells.
    private static SweepResult Enlarged(SweepResult sweep, int side)
    {
        string[] values = [.. Enumerable.Range(1, side).Select(i => (i / 1000.0).ToString(System.Globalization.CultureInfo.InvariantCulture))];
        return sweep with
        {
            Axes = [new SweepAxis("lr_d", values), new SweepAxis("lr_g", values)],
            Rows = [.. Enumerable.Range(0, side * side).Select(i =>
            {
                SweepRow row = sweep.Rows[i % sweep.Rows.Count];
                return row with { Member = i, Settings = new Dictionary<string, string>(row.Settings) { ["lr_d"] = values[i / side], ["lr_g"] = values[i % side] } };
            })],
        };
    }

    private string PathOf(string page) => folder[$"{page}.html"];

    private void Report(string page, params string[] options)
    {
        Gpugan.Run(["train", .. options, "--device", "cpu", "--quiet", "--no-plots", "--out", folder[page]]);
        Gpugan report = Gpugan.Run("report", folder[page], "--device", "cpu", "--quiet", "--out", PathOf(page));
        Assert.That((report.ExitCode, report.Error, report.Output), Is.EqualTo((0, "", $"report              {PathOf(page)}\n")));
    }

    private void Report(string page, SweepResult result, int? members = null)
    {
        using Device device = Device.Open("cpu");
        File.WriteAllText(PathOf(page), SweepPage.Make(
            page, result, new MemberData(null, new CsvOptions(), 1000, null, Standardize: false, VerdictLimits.Default), fastMath: false, device, [], members, TextWriter.Null, quiet: true));
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

    private static void Keep(string name, Func<byte[]> bytes)
    {
        if (Environment.GetEnvironmentVariable("GPUGAN_SCREENSHOTS") is string kept)
        {
            Directory.CreateDirectory(kept);
            File.WriteAllBytes(Path.Join(kept, name), bytes());
        }
    }
}
