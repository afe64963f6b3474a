using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace GpuGan.Runner.Tests.HtmlReport;

/// <summary>A Chromium without a window, driven by its DevTools protocol, with one page open.</summary>
/// <remarks>https://chromedevtools.github.io/devtools-protocol; every call waits for its answer.</remarks>
internal sealed class Chromium : IDisposable
{
    private static readonly string[] Programs = ["chromium", "chromium-headless-shell", "chromium-browser", "google-chrome"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ClientWebSocket socket = new();
    private readonly TemporaryFolder profile;
    private readonly byte[] buffer = new byte[1 << 20];
    private readonly HashSet<string> events = [];
    private string? session;
    private int calls;

    private Chromium(string program)
    {
        profile = new TemporaryFolder();
        ProcessStartInfo start = new(program) { RedirectStandardError = true };
        foreach (string argument in (string[])["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--remote-debugging-port=0", $"--user-data-dir={profile.Path}", "about:blank"])
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
    }

    /// <summary>What the page complained of: exceptions, errors and warnings.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>What the page asked for beyond itself.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Starts the browser; where there is none, the test is skipped with the reason.</summary>
    public static Chromium Start()
    {
        string? named = Environment.GetEnvironmentVariable("GPUGAN_CHROMIUM");
        string? program = string.IsNullOrEmpty(named)
            ? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .SelectMany(folder => Programs.Select(name => Path.Join(folder, name))).FirstOrDefault(File.Exists)
            : named;
        if (program is null)
        {
            Assert.Ignore("there is no Chromium on PATH; eng/chromium.sh installs one on Debian");
        }

        Chromium browser = new(program!);
        try
        {
            browser.Connect();
            return browser;
        }
        catch
        {
            browser.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file, or an address, as a window of some width shows it.</summary>
    public void Open(string file, int width = 1280, bool dark = false, string media = "screen")
    {
        Call("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        Call("Emulation.setEmulatedMedia", new()
        {
            ["media"] = media,
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }),
        });
        events.Remove("Page.loadEventFired");
        Call("Page.navigate", new() { ["url"] = new Uri(file).AbsoluteUri });
        while (!events.Contains("Page.loadEventFired"))
        {
            Receive();
        }

        // What is drawn in the next frame has been drawn.
        Evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))");
    }

    /// <summary>The value of an expression of the page.</summary>
    public JsonNode? Evaluate(string expression)
    {
        JsonNode answer = Call("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        return answer["exceptionDetails"] is JsonNode problem ? throw new InvalidOperationException($"{expression}: {problem.ToJsonString()}") : answer["result"]!["value"];
    }

    /// <summary>Presses a key.</summary>
    public void Press(string key)
    {
        foreach (string type in (string[])["keyDown", "keyUp"])
        {
            Call("Input.dispatchKeyEvent", new()
            {
                ["type"] = type,
                ["key"] = key,
                ["code"] = key,
                ["windowsVirtualKeyCode"] = KeyCode(key),
                ["text"] = key == "Enter" && type == "keyDown" ? "\r" : "",
            });
        }
    }

    /// <summary>Moves the mouse onto an element.</summary>
    public void Hover(string selector)
    {
        JsonArray place = Evaluate($"(() => {{ const e = document.querySelector('{selector}'); e.scrollIntoView({{ block: 'center' }}); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()")!.AsArray();
        Call("Input.dispatchMouseEvent", new() { ["type"] = "mouseMoved", ["x"] = place[0]!.GetValue<double>(), ["y"] = place[1]!.GetValue<double>() });
    }

    /// <summary>Draws over an element with the mouse.</summary>
    /// <param name="selector">The element.</param>
    /// <param name="places">From its upper left corner.</param>
    public void Drag(string selector, IReadOnlyList<(double X, double Y)> places)
    {
        JsonArray corner = Evaluate($"(() => {{ const e = document.querySelector('{selector}'); e.scrollIntoView({{ block: 'center' }}); const r = e.getBoundingClientRect(); return [r.x, r.y]; }})()")!.AsArray();
        Mouse("mousePressed", places[0]);
        foreach ((double, double) place in places)
        {
            Mouse("mouseMoved", place);
        }

        Mouse("mouseReleased", places[^1]);

        void Mouse(string type, (double X, double Y) place) => Call("Input.dispatchMouseEvent", new()
        {
            ["type"] = type,
            ["x"] = corner[0]!.GetValue<double>() + place.X,
            ["y"] = corner[1]!.GetValue<double>() + place.Y,
            ["button"] = "left",
            ["buttons"] = type == "mouseReleased" ? 0 : 1,
            ["clickCount"] = 1,
        });
    }

    /// <summary>A picture of the whole page.</summary>
    public byte[] Screenshot() =>
        Convert.FromBase64String(Call("Page.captureScreenshot", new() { ["captureBeyondViewport"] = true })["data"]!.GetValue<string>());

    /// <summary>The page as it is printed.</summary>
    public byte[] Print() => Convert.FromBase64String(Call("Page.printToPDF", new() { ["printBackground"] = false })["data"]!.GetValue<string>());

    public void Dispose()
    {
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        profile.Dispose();
    }

    private void Connect()
    {
        string address = Address();

        // A full pipe would stop the browser.
        _ = process.StandardError.ReadToEndAsync();
        Wait(token => socket.ConnectAsync(new Uri(address), token));
        string target = Call("Target.createTarget", new() { ["url"] = "about:blank" })["targetId"]!.GetValue<string>();
        session = Call("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true })["sessionId"]!.GetValue<string>();
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network"])
        {
            Call($"{domain}.enable");
        }
    }

    private static int KeyCode(string key) => key switch { "ArrowLeft" => 37, "ArrowUp" => 38, "ArrowRight" => 39, "ArrowDown" => 40, "Enter" => 13, "Tab" => 9, "Home" => 36, "Escape" => 27, _ => 0 };

    private string Address()
    {
        const string Before = "DevTools listening on ";
        while (process.StandardError.ReadLine() is string line)
        {
            if (line.StartsWith(Before, StringComparison.Ordinal))
            {
                return line[Before.Length..];
            }
        }

        throw new InvalidOperationException("Chromium ended before it listened");
    }

    private JsonNode Call(string method, JsonObject? parameters = null)
    {
        int id = ++calls;
        JsonObject message = new() { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(message.ToJsonString());
        Wait(token => socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, token));
        while (true)
        {
            JsonNode answer = Receive();
            if (answer["id"]?.GetValue<int>() == id)
            {
                return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer["error"]?.ToJsonString()}");
            }
        }
    }

    private JsonNode Receive()
    {
        using MemoryStream message = new();
        WebSocketReceiveResult part;
        do
        {
            part = Wait(token => socket.ReceiveAsync(new ArraySegment<byte>(buffer), token));
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        JsonNode received = JsonNode.Parse(message.ToArray())!;
        Note(received["method"]?.GetValue<string>(), received["params"]);
        return received;
    }

    private void Note(string? name, JsonNode? parameters)
    {
        if (name is null)
        {
            return;
        }

        events.Add(name);
        bool complaint = name switch
        {
            "Runtime.exceptionThrown" => true,
            "Runtime.consoleAPICalled" => parameters!["type"]!.GetValue<string>() is "error" or "warning" or "assert",
            "Log.entryAdded" => parameters!["entry"]!["level"]!.GetValue<string>() is "error" or "warning",
            _ => false,
        };
        if (complaint)
        {
            Complaints.Add(parameters!.ToJsonString());
        }

        if (name == "Network.requestWillBeSent" && parameters!["request"]!["url"]!.GetValue<string>() is string url && !url.StartsWith("data:", StringComparison.Ordinal))
        {
            Requests.Add(url);
        }
    }

    private static T Wait<T>(Func<CancellationToken, Task<T>> begin)
    {
        using CancellationTokenSource limit = new(Patience);
        return begin(limit.Token).GetAwaiter().GetResult();
    }

    private static void Wait(Func<CancellationToken, Task> begin)
    {
        using CancellationTokenSource limit = new(Patience);
        begin(limit.Token).GetAwaiter().GetResult();
    }
}
