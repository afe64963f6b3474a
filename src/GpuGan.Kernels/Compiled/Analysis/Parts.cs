using GpuGan.Kernels.Compiled.Recordings;

namespace GpuGan.Kernels.Compiled.Analysis;

/// <summary>
/// How a recording is cut into methods: the main part, 0, and others, each from the beginning to the end of a loop or a section. A value
/// that one part computes and another needs gets a slot of the frame that they share.
/// </summary>
internal sealed class Parts
{
    private readonly int[] part;
    private readonly int[] definedIn;
    private readonly Dictionary<int, int> slots = [], ends = [];
    private readonly ILookup<int, int> sums;

    private Parts(Recording recording, int[] part)
    {
        this.part = part;
        definedIn = new int[recording.Kinds.Count];
        bool[] immediate = new bool[recording.Kinds.Count];
        for (int i = 0; i < part.Length; i++)
        {
            Instruction instruction = recording.Instructions[i];
            ends[part[i]] = i;
            if (instruction.Result >= 0)
            {
                definedIn[instruction.Result] = part[i];
                immediate[instruction.Result] = instruction.IsImmediate;
            }

            foreach (int operand in instruction.Operands)
            {
                if (definedIn[operand] != part[i] && !immediate[operand])
                {
                    slots.TryAdd(operand, slots.Count);
                }
            }
        }

        sums = FindSums(recording.Instructions);
    }

    /// <summary>The variables that a part without others in it changes in loops: while it runs, they may stay in registers.</summary>
    public IEnumerable<int> SumsOf(int one) => sums[one];

    /// <summary>How many slots there are.</summary>
    public int SlotCount => slots.Count;

    /// <summary>All in one.</summary>
    public static Parts One(Recording recording) => new(recording, new int[recording.Instructions.Count]);

    /// <summary>A part for each loop that stands in the outermost loop, and for each section, however deep.</summary>
    public static Parts OfSections(Recording recording)
    {
        int[] part = new int[recording.Instructions.Count];
        int parts = 0;
        Stack<int> open = new([0]);
        for (int i = 0; i < part.Length; i++)
        {
            Operation operation = recording.Instructions[i].Operation;
            if (operation is Operation.BeginLoop or Operation.BeginSection)
            {
                // The outermost loop stands in the main part, those in it begin others.
                open.Push(operation == Operation.BeginSection || open.Count == 2 ? ++parts : open.Peek());
            }

            part[i] = open.Peek();
            if (operation is Operation.EndLoop or Operation.EndSection)
            {
                open.Pop();
            }
        }

        return new Parts(recording, part);
    }

    /// <summary>The last instruction of a part.</summary>
    public int EndOf(int one) => ends[one];

    /// <summary>The part of an instruction.</summary>
    public int Of(int instruction) => part[instruction];

    /// <summary>The part that computes a symbol.</summary>
    public int PartOf(int symbol) => definedIn[symbol];

    /// <summary>The slot of a symbol; null where no other part needs it.</summary>
    public int? Slot(int symbol) => slots.TryGetValue(symbol, out int slot) ? slot : null;

    private ILookup<int, int> FindSums(IReadOnlyList<Instruction> instructions)
    {
        HashSet<int> outer = [0];
        HashSet<(int Part, int Variable)> changed = [];
        Stack<(int Part, bool IsLoop)> open = new([(0, false)]);
        for (int i = 0; i < part.Length; i++)
        {
            switch (instructions[i].Operation)
            {
                case Operation.BeginLoop:
                case Operation.BeginSection:
                    if (part[i] != open.Peek().Part)
                    {
                        outer.Add(open.Peek().Part);
                    }

                    open.Push((part[i], instructions[i].Operation == Operation.BeginLoop));
                    break;
                case Operation.EndLoop:
                case Operation.EndSection:
                    open.Pop();
                    break;
                case Operation.Set when open.Contains((part[i], true)):
                    changed.Add((part[i], (int)instructions[i].Immediate));
                    break;
                default:
                    break;
            }
        }

        return changed.Where(one => !outer.Contains(one.Part)).ToLookup(one => one.Part, one => one.Variable);
    }
}
