using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace GpuGan.Runner.Tests.Lab;

/// <summary>What a page says to a lab, without the page.</summary>
internal sealed class LabVisitor : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[1 << 22];
    private int ids;

    /// <summary>Connects as a page of some origin does; null for what is no browser.</summary>
    public LabVisitor(Uri lab, string? origin = null)
    {
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        Wait(token => socket.ConnectAsync(new UriBuilder(new Uri(lab, "training")) { Scheme = "ws" }.Uri, token));
    }

    /// <summary>How the server closed the conversation; null while it is open.</summary>
    public WebSocketCloseStatus? Closed => socket.CloseStatus;

    /// <summary>Asks for something; the number of the answers.</summary>
    public int Ask(string kind, string of, int seeds = 0, params (string Name, string Values)[] axes)
    {
        int id = ++ids;
        Send(new JsonObject
        {
            ["id"] = id,
            ["ask"] = kind,
            ["of"] = of,
            ["seeds"] = seeds,
            ["axes"] = new JsonArray([.. axes.Select(axis => new JsonObject { ["name"] = axis.Name, ["values"] = axis.Values })]),
        }.ToJsonString());
        return id;
    }

    /// <summary>Says anything.</summary>
    public void Send(string text) => Wait(token => socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, token));

    /// <summary>The next answer; null where the conversation is over.</summary>
    public JsonObject? Receive()
    {
        int length = 0;
        while (true)
        {
            WebSocketReceiveResult part = Wait(token => socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), token));
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (part.EndOfMessage)
            {
                return JsonNode.Parse(buffer.AsSpan(0, length))!.AsObject();
            }
        }
    }

    /// <summary>The next answer under a number.</summary>
    public JsonObject Receive(int id)
    {
        while (true)
        {
            JsonObject answer = Receive() ?? throw new InvalidOperationException("the lab has closed the conversation");
            if (answer["id"]?.GetValue<int>() == id)
            {
                return answer;
            }
        }
    }

    /// <summary>Trains, and waits for it.</summary>
    public JsonObject Train(string of) => Receive(Ask("train", of));

    public void Dispose() => socket.Dispose();

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
