using System.Globalization;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Lab;
using GpuGan.Runner.Tests.HtmlReport;

namespace GpuGan.Runner.Tests.Lab;

/// <summary>The lab in a browser. With GPUGAN_SCREENSHOTS=FOLDER it leaves there what it saw.</summary>
internal sealed class LabPageTests
{
    // Of settings that are quickly trained, and of a map of four cells.
    private const string Small = "across_values=.005,.05&up_values=.0015,.005&seeds=16";

    private Device device = null!;
    private LabServer lab = null!;
    private Chromium browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        browser = Chromium.Start();
        device = Device.Open("cpu", 2);
        lab = await LabServer.StartAsync(device, port: 0);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        browser?.Dispose();
        if (lab is not null)
        {
            await lab.DisposeAsync();
        }

        device?.Dispose();
    }

    [TestCase("wide", 1280, false)]
    [TestCase("dark", 1280, true)]
    [TestCase("narrow", 400, false)]
    public void The_page_needs_nothing_but_its_server_and_complains_of_nothing(string name, int width, bool dark)
    {
        Open(Small, width, dark);
        Wait("document.querySelectorAll('.multiple').length === 64 && document.querySelector('#map .readout').textContent.includes('GANs trained')");
        Keep($"lab-{name}.png");
        Assert.Multiple(() =>
        {
            Assert.That(browser.Complaints, Is.Empty);
            Assert.That(browser.Requests, Is.Not.Empty.And.All.StartsWith(lab.Address.AbsoluteUri));
            Assert.That(Number("document.documentElement.scrollWidth"), Is.InRange(1, width), "nothing lies beyond the window");
            Assert.That(Number("[...document.querySelectorAll('button')].filter(b => !(b.getAttribute('aria-label') || b.textContent.trim())).length"), Is.Zero);
            Assert.That(Number("[...document.querySelectorAll('input, select, textarea')].filter(input => input.labels.length === 0 && !input.getAttribute('aria-label')).length"), Is.Zero);
            Assert.That(Number("[...document.querySelectorAll('svg.chart')].filter(svg => !svg.getAttribute('aria-label')).length"), Is.Zero);
            Assert.That(Text("document.documentElement.innerHTML"), Does.Not.Contain("NaN").And.Not.Contain("undefined"));
        });
    }

    [Test]
    public void A_slider_changes_the_picture_the_verdict_and_the_address()
    {
        Open(Small);
        string picture = Picture(), verdict = Text("document.getElementById('outcome').textContent"), sha256 = Sha256();
        Assert.That(verdict, Does.StartWith("converged"));
        browser.Evaluate("document.querySelector('#set-seed').parentElement.querySelector('input[type=range]').focus()");
        browser.Press("ArrowRight");
        browser.Press("ArrowRight");
        Wait($"document.querySelector('[data-name=train]').textContent === 'gpugan train --seed 2' && !document.querySelector('[data-name=weights_sha256]').textContent.endsWith('{sha256}')");
        Assert.Multiple(() =>
        {
            Assert.That(Picture(), Is.Not.EqualTo(picture));
            Assert.That(Text("document.getElementById('outcome').textContent"), Does.StartWith("not converged Its losses look converged").And.Contain("✗ KL divergence 1.15, at most 0.2"));
            Assert.That(Sha256(), Is.EqualTo(Weights("seed=2")));
        });
        Wait("location.hash.includes('seed=2')");
    }

    [Test]
    public void An_address_restores_all_that_it_says()
    {
        Open("loss=hinge&lr_d=.02&epochs=6&generator=2-4-2&distribution=ring:3:2:0.2&generator_bias=false&epoch=2&across=init_std&across_values=.1,.3&up=none&seeds=16");
        Wait("document.querySelectorAll('#map .cell').length === 2");
        Assert.Multiple(() =>
        {
            Assert.That(Text("document.querySelector('#set-loss').value"), Is.EqualTo("hinge"));
            Assert.That(Text("document.querySelector('#set-lr_d').value"), Is.EqualTo(".02"));
            Assert.That(Text("document.querySelector('#set-generator').value"), Is.EqualTo("2-4-2"));
            Assert.That(Text("document.querySelector('#set-distribution').value"), Is.EqualTo("ring"));
            Assert.That(browser.Evaluate("document.querySelector('#set-generator_bias').checked")!.GetValue<bool>(), Is.False);
            Assert.That(Text("document.querySelector('#evolution output').value"), Is.EqualTo("epoch 2"));
            Assert.That(Text("document.querySelector('[data-name=train]').textContent"), Is.EqualTo("gpugan train --distribution ring:3:2:0.2 --generator 2-4-2 --no-generator-bias --loss hinge --epochs 6 --lr-d .02"));
            Assert.That(Sha256(), Is.EqualTo(Weights("loss=hinge&lr_d=.02&epochs=6&generator=2-4-2&distribution=ring:3:2:0.2&generator_bias=false")));
        });
    }

    [Test]
    public void A_map_fills_in_and_a_cell_opens()
    {
        Open(Small);
        Wait("document.querySelector('#map .readout').textContent.includes('GANs trained')");
        Assert.That(browser.Evaluate("[...document.querySelectorAll('#map .cell')].map(cell => cell.getAttribute('aria-label'))")!.AsArray().Select(label => label!.GetValue<string>()),
            Has.Exactly(4).Contains("16 members"));
        Assert.That(Text("document.querySelector('[data-name=sweep]').textContent"), Is.EqualTo("gpugan sweep --lr-g .0015,.005 --lr-d .005,.05 --seeds 16"));
        browser.Evaluate("document.querySelector(\"#map .cell[data-at='0,0']\").click()");
        Wait("document.querySelector('[data-name=train]').textContent === 'gpugan train --lr-d 0.005 --lr-g 0.0015'");
        Assert.That(Text("document.querySelector('#map .cell[aria-pressed=true]').dataset.at"), Is.EqualTo("0,0"));
    }

    [Test]
    public void A_seed_opens()
    {
        Open(Small);
        Wait("document.querySelectorAll('.multiple').length === 64");
        browser.Evaluate("document.querySelectorAll('.multiple')[7].click()");
        Wait("document.querySelector('[data-name=train]').textContent === 'gpugan train --seed 7'");
    }

    [Test]
    public void Rows_that_are_drawn_with_the_pointer_train()
    {
        Open(Small + "&epochs=3");
        browser.Evaluate("(() => { const list = document.querySelector('#set-distribution'); list.value = 'drawn by hand'; list.dispatchEvent(new Event('change')); })()");
        Wait("document.querySelector('[data-name=train]').textContent === 'gpugan train --data drawn.csv --epochs 3'");
        string before = Sha256();
        browser.Drag(".pad canvas", [(60, 60), (90, 100), (120, 140)]);
        Wait($"!document.querySelector('[data-name=weights_sha256]').textContent.endsWith('{before}')");
        Wait("location.hash.includes('points=')");

        // The address follows the pointer, on a slow machine after it has gone.
        const string Shown = "new URLSearchParams(location.hash.slice(1)).get('points')";
        string points;
        do
        {
            points = Text(Shown);
            Wait($"document.querySelector('[data-name=weights_sha256]').textContent.endsWith('{Weights($"epochs=3&points={points}")}') || {Shown} !== '{points}'");
        }
        while (Text(Shown) != points);
        Assert.That(browser.Complaints, Is.Empty);
    }

    [Test]
    public void Networks_are_changed_by_their_buttons()
    {
        Open(Small + "&epochs=2");
        Assert.That(Number("document.querySelectorAll('.network[aria-label=\"discriminator 2-5-3-1\"] .weight').length"), Is.EqualTo(28));
        browser.Evaluate("document.querySelector('[data-step=\"discriminator one unit less in hidden layer 2\"]').click()");
        Wait("document.querySelector('[data-name=train]').textContent === 'gpugan train --discriminator 2-5-2-1 --epochs 2'");
        Assert.That(Number("document.querySelectorAll('.network[aria-label=\"discriminator 2-5-2-1\"] .weight').length"), Is.EqualTo(22));
    }

    [Test]
    public void What_is_refused_is_told_and_the_next_is_trained()
    {
        Open(Small + "&epochs=2");
        browser.Evaluate("(() => { const box = document.querySelector('#set-lr_d'); box.value = 'fast'; box.dispatchEvent(new Event('change')); })()");
        Wait("document.getElementById('problem').textContent.includes(\"'fast'\") && !document.getElementById('problem').hidden");
        browser.Evaluate("(() => { const box = document.querySelector('#set-lr_d'); box.value = '.1'; box.dispatchEvent(new Event('change')); })()");
        Wait("document.getElementById('problem').hidden && document.querySelector('[data-name=train]').textContent === 'gpugan train --epochs 2 --lr-d .1'");
    }

    private void Open(string experiment, int width = 1280, bool dark = false)
    {
        browser.Complaints.Clear();
        browser.Requests.Clear();
        browser.Open("about:blank");
        browser.Requests.Clear();
        browser.Open($"{lab.Address}#{experiment}", width, dark);
        Wait("document.querySelector('[data-name=weights_sha256]')");
    }

    private string Weights(string experiment)
    {
        using LabVisitor visitor = new(lab.Address);
        return visitor.Train(experiment)["result"]!["weights_sha256"]!.GetValue<string>();
    }

    private string Sha256() => Text("document.querySelector('[data-name=weights_sha256]').textContent").Split(' ')[^1];

    private string Picture() => Text("document.querySelector('#evolution .made').outerHTML");

    private string Text(string expression) => browser.Evaluate(expression)!.GetValue<string>();

    private double Number(string expression) => browser.Evaluate(expression)!.GetValue<double>();

    private void Wait(string condition) => Assert.That(
        browser.Evaluate(string.Create(CultureInfo.InvariantCulture, $$"""
            new Promise(done => {
              const end = performance.now() + 30000;
              (function look() { const met = {{condition}}; met || performance.now() > end ? done(Boolean(met)) : setTimeout(look, 20); })();
            })
            """)) is JsonValue met && met.GetValue<bool>(),
        Is.True,
        condition);

    private void Keep(string name)
    {
        if (Environment.GetEnvironmentVariable("GPUGAN_SCREENSHOTS") is string folder)
        {
            File.WriteAllBytes(Path.Join(folder, name), browser.Screenshot());
        }
    }
}
