using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Lab;

/// <summary>
/// What is said with one page: each message asks for one thing under a number, each answer has the number. Of each kind one is done at a time: a
/// newer one ends the older.
/// </summary>
/// <param name="socket">The page's.</param>
/// <param name="device">Trains for all pages.</param>
/// <param name="gate">Held while the device trains.</param>
internal sealed class LabConversation(WebSocket socket, Device device, LabGate gate) : IDisposable
{
    /// <summary>The longest message in bytes: rows that were drawn by hand.</summary>
    public const int MostBytes = 512 * 1024;

    private static readonly string[] Kinds = ["train", "map", "seeds", "save"];

    private readonly SemaphoreSlim sending = new(1);
    private readonly Dictionary<string, (CancellationTokenSource Cancellation, Task Work)> current = [];

    /// <summary>Answers until the page is gone.</summary>
    /// <param name="stopping">Ends it.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            byte[] buffer = new byte[MostBytes];
            while (await ReceiveAsync(buffer, stopping).ConfigureAwait(false) is int length)
            {
                await TakeAsync(buffer.AsMemory(0, length), stopping).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The page has gone without a word, or the server goes.
        }

        foreach (string kind in Kinds)
        {
            await EndAsync(kind).ConfigureAwait(false);
        }

        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        }
    }

    public void Dispose() => sending.Dispose();

    /// <summary>The length of the next message; null where there is none any more.</summary>
    private async Task<int?> ReceiveAsync(Memory<byte> buffer, CancellationToken stopping)
    {
        int length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, $"a message has at most {MostBytes} bytes", stopping).ConfigureAwait(false);
                return null;
            }

            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer[length..], stopping).ConfigureAwait(false);
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (part.EndOfMessage)
            {
                return length;
            }
        }
    }

    private async Task TakeAsync(ReadOnlyMemory<byte> message, CancellationToken stopping)
    {
        if (LabMessage.Read(message.Span) is not { Ask: string kind, Of: string of } asked || (asked.Axes ?? []).Any(axis => axis is not { Name: not null, Values: not null }))
        {
            await SendAsync(new JsonObject { ["problem"] = "the message is none that a page writes" }, stopping).ConfigureAwait(false);
            return;
        }

        if (kind == "stop")
        {
            await EndAsync(of).ConfigureAwait(false);
            return;
        }

        if (!Kinds.Contains(kind))
        {
            await SendAsync(new JsonObject { ["id"] = asked.Id, ["problem"] = $"ask for one of {string.Join(", ", Kinds)}" }, stopping).ConfigureAwait(false);
            return;
        }

        await EndAsync(kind).ConfigureAwait(false);
        CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        current[kind] = (cancellation, Task.Run(() => AnswerAsync(kind, asked, cancellation.Token), CancellationToken.None));
    }

    private async Task EndAsync(string kind)
    {
        if (current.Remove(kind, out (CancellationTokenSource Cancellation, Task Work) older))
        {
            await older.Cancellation.CancelAsync().ConfigureAwait(false);
            await older.Work.ConfigureAwait(false);
            older.Cancellation.Dispose();
        }
    }

    private async Task AnswerAsync(string kind, LabMessage asked, CancellationToken cancellation)
    {
        JsonObject Answer(JsonObject answer)
        {
            (answer["id"], answer["answer"]) = (asked.Id, kind);
            return answer;
        }

        try
        {
            LabExperiment experiment = LabRequest.Parse(asked.Of!).Read();
            switch (kind)
            {
                case "train":
                    JsonObject trained = await gate.TrainAsync(() => LabTraining.Run(device, experiment, cancellation), cancellation).ConfigureAwait(false);
                    await SendAsync(Answer(trained), cancellation).ConfigureAwait(false);
                    break;
                case "map":
                    LabMap map = LabMap.Of(device, experiment, [.. (asked.Axes ?? []).Select(axis => (axis!.Name, axis.Values))], asked.Seeds);
                    await SendAsync(Answer(new JsonObject { ["axes"] = map.Axes, ["command"] = map.Command, ["parts"] = map.Parts, ["seeds"] = asked.Seeds }), cancellation).ConfigureAwait(false);
                    foreach ((int, int, int) piece in map.Pieces())
                    {
                        JsonObject cell = await gate.TrainLaterAsync(() => map.Train(piece, cancellation), cancellation).ConfigureAwait(false);
                        await SendAsync(Answer(new JsonObject { ["cell"] = cell }), cancellation).ConfigureAwait(false);
                    }

                    break;
                case "seeds":
                    await SendAsync(Answer(await gate.TrainLaterAsync(() => LabSeeds.Run(device, experiment, asked.Seeds, cancellation), cancellation).ConfigureAwait(false)), cancellation).ConfigureAwait(false);
                    break;
                default:
                    await SendAsync(Answer(await gate.TrainAsync(() => LabFolder.Save(experiment), cancellation).ConfigureAwait(false)), cancellation).ConfigureAwait(false);
                    break;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // A newer one is asked for, or nobody is there.
        }
        catch (Exception exception)
        {
            await TellAsync(Answer(new JsonObject { ["problem"] = Failure.Describe(exception).Message }), cancellation).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(JsonObject message, CancellationToken cancellation)
    {
        try
        {
            await SendAsync(message, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // There is nobody to be told.
        }
    }

    // A message that is begun is sent to its end: to break off would close the socket.
    private async Task SendAsync(JsonObject message, CancellationToken cancellation)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes<JsonNode>(message);
        await sending.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            sending.Release();
        }
    }
}
