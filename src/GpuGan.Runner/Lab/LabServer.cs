using System.Net;
using System.Net.WebSockets;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GpuGan.Runner.Lab;

/// <summary>Serves the page of the lab to the browsers of this machine, and trains for it.</summary>
internal sealed class LabServer : IAsyncDisposable
{
    private const int MostPages = 16;

    // Nothing but what the server itself has: no script in the page, no other site.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Dictionary<string, (string Type, string Resource)> Files = new()
    {
        [""] = ("text/html", "Lab/Page/lab.html"),
        ["lab.css"] = ("text/css", "Lab/Page/lab.css"),
        ["report.css"] = ("text/css", "HtmlReport/report.css"),
        ["lab.js"] = ("text/javascript", "Lab/Page/lab.js"),
        ["address.js"] = ("text/javascript", "Lab/Page/address.js"),
        ["controls.js"] = ("text/javascript", "Lab/Page/controls.js"),
        ["networks.js"] = ("text/javascript", "Lab/Page/networks.js"),
        ["map.js"] = ("text/javascript", "Lab/Page/map.js"),
        ["seeds.js"] = ("text/javascript", "Lab/Page/seeds.js"),
        ["rows.js"] = ("text/javascript", "Lab/Page/rows.js"),
    };

    // The charts of the report, as a module.
    private static readonly string Charts =
        string.Concat(((string[])["chart.js", "heatmap.js", "evolution.js"]).Select(name => EmbeddedText.Read($"HtmlReport/{name}"))) +
        "export { make, show, short, chart, rows, tallest, legend, mixtures, colorsOf, interval, percent, heatMap, showEvolution };\n";

    private readonly LabAccess access = LabAccess.Create();
    private readonly LabGate gate = new();
    private readonly Device device;
    private readonly WebApplication app;
    private Task warm = Task.CompletedTask;
    private int pages;

    private LabServer(Device device, WebApplication app) => (this.device, this.app) = (device, app);

    /// <summary>Where the page is.</summary>
    public Uri Address { get; private set; } = null!;

    private int Port => Address.Port;

    /// <summary>Begins to listen, on this machine alone.</summary>
    /// <param name="device">Trains for all pages; not disposed.</param>
    /// <param name="port">0 for one that is free.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LabServer> StartAsync(Device device, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = 0;
            options.Listen(IPAddress.Loopback, port);
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        WebApplication app = builder.Build();
        LabServer server = new(device, app);
        app.UseWebSockets();
        app.Run(server.AnswerAsync);
        await app.StartAsync().ConfigureAwait(false);
        string bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.Address = new Uri($"{bound}/{server.access.Token}/");

        // The first training of a process waits for the JIT compiler; nobody need wait for it too.
        server.warm = server.gate.TrainAsync(() => LabTraining.Run(device, LabRequest.Parse("").Read(), app.Lifetime.ApplicationStopping), app.Lifetime.ApplicationStopping);
        return server;
    }

    /// <summary>Waits for Ctrl-C or SIGTERM.</summary>
    public Task WaitAsync() => app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync().ConfigureAwait(false);
        await warm.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.DisposeAsync().ConfigureAwait(false);
        gate.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (access.Refusal(context.Request, Port, out string rest) is int status)
        {
            context.Response.StatusCode = status;
        }
        else if (rest == "training" && context.WebSockets.IsWebSocketRequest)
        {
            await ConverseAsync(context).ConfigureAwait(false);
        }
        else if (rest == "controls.json")
        {
            await WriteAsync(context, "application/json", LabControls.ToJson().ToJsonString()).ConfigureAwait(false);
        }
        else if (Files.TryGetValue(rest, out (string Type, string Resource) file))
        {
            await WriteAsync(context, file.Type, EmbeddedText.Read(file.Resource)).ConfigureAwait(false);
        }
        else if (rest == "charts.js")
        {
            await WriteAsync(context, "text/javascript", Charts).ConfigureAwait(false);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task ConverseAsync(HttpContext context)
    {
        try
        {
            if (Interlocked.Increment(ref pages) > MostPages)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
            using LabConversation conversation = new(socket, device, gate);
            await conversation.RunAsync(app.Lifetime.ApplicationStopping).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref pages);
        }
    }

    private static Task WriteAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = $"{type}; charset=utf-8";
        return context.Response.WriteAsync(text);
    }
}
