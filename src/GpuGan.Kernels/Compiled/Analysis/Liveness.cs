using GpuGan.Kernels.Compiled.Recordings;

namespace GpuGan.Kernels.Compiled.Analysis;

/// <summary>
/// Where each symbol of a recording is computed, and how long it must be kept: what an emitter needs to keep few values at
/// a time. A value that is used once, soon, and in the same loop is computed in place, as an operand of its user.
/// </summary>
internal sealed class Liveness
{
    // A value that waits longer for its user would only keep its own operands alive.
    private const int Soon = 12;

    private readonly IReadOnlyList<Instruction> instructions;
    private readonly int[] definition, uses, user;
    private readonly List<(int Begin, int End)> loops = [];
    private readonly ILookup<int, int> ending;

    /// <summary>Finds all of it.</summary>
    public Liveness(Recording recording)
    {
        instructions = recording.Instructions;
        definition = new int[recording.Kinds.Count];
        uses = new int[recording.Kinds.Count];
        user = new int[recording.Kinds.Count];
        FindUsesAndLoops();
        InPlace = [.. Enumerable.Range(0, definition.Length).Select(IsInPlace)];
        LastUse = FindLastUses();
        ending = Enumerable.Range(0, definition.Length).ToLookup(symbol => LastUse[symbol]);
    }

    /// <summary>Whether a symbol is an operand computed in place.</summary>
    public IReadOnlyList<bool> InPlace { get; }

    /// <summary>The last instruction that needs a symbol; -1 if none does.</summary>
    public IReadOnlyList<int> LastUse { get; }

    /// <summary>The symbols that no instruction after one needs.</summary>
    public IEnumerable<int> EndingAt(int position) => ending[position];

    private void FindUsesAndLoops()
    {
        Stack<int> open = [];
        for (int i = 0; i < instructions.Count; i++)
        {
            if (instructions[i].Result >= 0)
            {
                definition[instructions[i].Result] = i;
            }

            foreach (int operand in instructions[i].Operands)
            {
                uses[operand]++;
                user[operand] = i;
            }

            if (instructions[i].Operation is Operation.BeginLoop or Operation.BeginSection)
            {
                open.Push(i);
            }
            else if (instructions[i].Operation is Operation.EndLoop or Operation.EndSection)
            {
                loops.Add((open.Pop(), i));
            }
        }
    }

    private bool IsInPlace(int symbol)
    {
        Instruction own = instructions[definition[symbol]];
        if (own.IsImmediate)
        {
            return true;
        }

        if (own.Operation == Operation.BeginLoop || uses[symbol] != 1 || user[symbol] - definition[symbol] > Soon)
        {
            return false;
        }

        return instructions.Skip(definition[symbol] + 1).Take(user[symbol] - definition[symbol] - 1).All(between => !Changes(between))
            && instructions[user[symbol]].Operation is not (Operation.BeginLoop or Operation.EndLoop);
    }

    /// <summary>Whether an instruction may change what another reads, itself or through its operands in place; or ends its loop.</summary>
    private static bool Changes(Instruction between) => between.Operation is
        Operation.BeginLoop or Operation.EndLoop or Operation.BeginSection or Operation.EndSection
        or Operation.Set or Operation.StoreScratch or Operation.StoreElement or Operation.StoreTransposed or Operation.StoreState;

    private int[] FindLastUses()
    {
        // An operand in place is read where its user is computed, which may be in place itself.
        int[] position = new int[instructions.Count];
        for (int i = instructions.Count - 1; i >= 0; i--)
        {
            int result = instructions[i].Result;
            position[i] = result >= 0 && InPlace[result] && uses[result] == 1 ? position[user[result]] : i;
        }

        int[] last = new int[definition.Length];
        Array.Fill(last, -1);
        for (int i = 0; i < instructions.Count; i++)
        {
            foreach (int operand in instructions[i].Operands)
            {
                last[operand] = Math.Max(last[operand], EndOfLoops(definition[operand], position[i]));
            }
        }

        return last;
    }

    /// <summary>A value from outside a loop is needed again in its next pass: until the loop ends.</summary>
    private int EndOfLoops(int defined, int used)
    {
        int end = used;
        foreach ((int begin, int loopEnd) in loops)
        {
            if (begin < used && used <= loopEnd && defined < begin)
            {
                end = Math.Max(end, loopEnd);
            }
        }

        return end;
    }
}
