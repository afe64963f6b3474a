namespace GpuGan.Kernels.Compiled.Recordings;

/// <summary>
/// Loop distribution: a loop with a long body becomes one loop for each piece of it. The passes of a piece do not wait for each other, so
/// a processor computes several at the same time, and few values are alive in each. What one piece computes for another waits in scratch memory.
/// </summary>
internal sealed class LoopDistribution
{
    // Numbers that wait at the same time: they share the first cache with the parameters, but short loops cost more than a full cache.
    private const int MostWaiting = 512;

    private readonly Recording recording;
    private readonly Symbol pass;
    private readonly Instruction[] immediates;
    private readonly Instruction[][] pieces;
    private readonly Dictionary<int, Instruction> producers;
    private readonly HashSet<uint> changed;
    private readonly Dictionary<int, int> waiting = [];
    private HashSet<int> own = [];
    private Dictionary<int, Symbol> replaced = [];
    private Symbol places;

    /// <summary>Finds what the pieces compute for each other.</summary>
    /// <param name="recording">Where the loops will be recorded.</param>
    /// <param name="pass">The number of the pass in the body.</param>
    /// <param name="pieces"><c>[piece][instruction]</c>: the body.</param>
    /// <exception cref="InvalidOperationException">A piece needs more of another than what that computes in the same pass.</exception>
    public LoopDistribution(Recording recording, Symbol pass, Instruction[][] pieces)
    {
        (this.recording, this.pass) = (recording, pass);
        immediates = [.. pieces.SelectMany(piece => piece).Where(line => line.IsImmediate)];
        producers = pieces.SelectMany(piece => piece).Where(line => line.Result >= 0 && !line.IsImmediate).ToDictionary(line => line.Result);
        changed = [.. pieces.SelectMany(piece => piece).Where(line => line.Operation == Operation.Set).Select(line => line.Immediate)];
        Validate(pieces);
        this.pieces = [.. pieces.Select(piece => piece.Where(line => !line.IsImmediate && !IsRepeated(line)).ToArray()).Where(piece => piece.Length > 0)];
        foreach (Instruction[] piece in this.pieces)
        {
            FindWaiting(piece);
        }
    }

    /// <summary>Records the loops.</summary>
    /// <param name="count">An index: how many passes.</param>
    /// <param name="most">What that is at most.</param>
    public void Record(Symbol count, int most)
    {
        foreach (Instruction immediate in immediates)
        {
            recording.AddAgain(immediate);
        }

        int block = 1;
        while (block < most && 2 * block * waiting.Count <= MostWaiting)
        {
            block *= 2;
        }

        Symbol start = recording.ScratchOfLoops(Math.Min(block, most) * waiting.Count);
        if (block >= most)
        {
            RecordPieces(recording.Index(0), count, start);
            return;
        }

        Symbol all = recording.Index(block), whole = recording.Index(Operation.IndexAdd, count, recording.Index(block - 1));
        recording.Loop(recording.Add(SymbolKind.Index, Operation.IndexShiftRight, (uint)int.Log2(block), whole), number =>
        {
            Symbol first = recording.Index(Operation.IndexMultiply, number, all);
            Symbol left = recording.Index(Operation.IndexSubtract, count, first);
            RecordPieces(first, recording.Index(Operation.IndexSelectLess, left, all, left, all), start);
        });
    }

    private void RecordPieces(Symbol first, Symbol count, Symbol start)
    {
        foreach (Instruction[] piece in pieces)
        {
            recording.Section(() => recording.Loop(count, number => RecordPass(piece, first, number, start)));
        }
    }

    private void RecordPass(Instruction[] piece, Symbol first, Symbol number, Symbol start)
    {
        own = [.. piece.Select(line => line.Result)];
        replaced = new() { [pass.Id] = recording.Index(Operation.IndexAdd, first, number) };
        places = recording.Index(Operation.IndexAdd, start, recording.Index(Operation.IndexMultiply, number, recording.Index(waiting.Count)));
        foreach (Instruction line in piece)
        {
            recording.AddAgain(line with { Operands = [.. line.Operands.Select(operand => Here(operand).Id)] });
            if (waiting.TryGetValue(line.Result, out int place))
            {
                recording.StoreScratch(places, new Symbol(line.Result), place);
            }
        }
    }

    /// <summary>What a symbol of the body is in the piece that is being recorded.</summary>
    private Symbol Here(int symbol)
    {
        if (replaced.TryGetValue(symbol, out Symbol here))
        {
            return here;
        }

        if (own.Contains(symbol) || !producers.TryGetValue(symbol, out Instruction? producer))
        {
            return new Symbol(symbol);
        }

        SymbolKind kind = recording.Kinds[symbol];
        here = waiting.TryGetValue(symbol, out int place)
            ? recording.LoadScratch(kind, places, place)
            : recording.Add(kind, producer.Operation, producer.Immediate, [.. producer.Operands.Select(Here)]);
        replaced.Add(symbol, here);
        return here;
    }

    /// <summary>Finds what a piece needs of others.</summary>
    private void FindWaiting(Instruction[] piece)
    {
        HashSet<int> results = [.. piece.Select(line => line.Result)];
        Stack<int> needed = new(piece.SelectMany(line => line.Operands));
        while (needed.TryPop(out int symbol))
        {
            if (results.Contains(symbol) || !producers.TryGetValue(symbol, out Instruction? producer))
            {
                continue;
            }

            if (!IsRepeated(producer))
            {
                waiting.TryAdd(symbol, waiting.Count);
                continue;
            }

            foreach (int operand in producer.Operands)
            {
                needed.Push(operand);
            }
        }
    }

    /// <summary>Whether each piece that needs what a line computes does so itself, as that costs no more than to read it from scratch memory.</summary>
    private bool IsRepeated(Instruction line) => line.Result >= 0
        && (recording.Kinds[line.Result] == SymbolKind.Index
            || line.Operation is Operation.IndexToWord or Operation.LoadData or Operation.LoadScratch
            || (line.Operation == Operation.Get && !changed.Contains(line.Immediate)));

    private void Validate(Instruction[][] pieces)
    {
        if (pieces.SelectMany(piece => piece).FirstOrDefault(line => IsMore(line.Operation)) is { } more)
        {
            throw new InvalidOperationException($"a piece of a loop may change variables only, not {more.Operation}");
        }

        foreach (uint variable in changed)
        {
            if (pieces.Count(piece => piece.Any(line => line.Operation is Operation.Get or Operation.Set && line.Immediate == variable)) > 1)
            {
                throw new InvalidOperationException($"variable {variable}, which a piece of a loop changes, is another's too");
            }
        }
    }

    private static bool IsMore(Operation operation) => operation is Operation.BeginLoop or Operation.BeginSection
        or Operation.StoreState or Operation.StoreScratch or Operation.StoreElement or Operation.StoreTransposed;
}
