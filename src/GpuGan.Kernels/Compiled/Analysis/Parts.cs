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
    private readonly HashSet<int> outer = [0];

    // Of each part, what its loops use: whether they change it.
    private readonly Dictionary<int, Dictionary<int, bool>> uses = [];

    private Parts(Recording recording)
    {
        part = new int[recording.Instructions.Count];
        definedIn = new int[recording.Kinds.Count];
    }

    /// <summary>How many slots there are.</summary>
    public int SlotCount => slots.Count;

    /// <summary>All in one.</summary>
    public static Parts One(Recording recording)
    {
        var parts = new Parts(recording);
        parts.FindSlots(recording);
        return parts;
    }

    /// <summary>A part for each loop that stands in the outermost loop, and for each section, however deep.</summary>
    public static Parts OfSections(Recording recording)
    {
        var parts = new Parts(recording);
        parts.Cut(recording);
        parts.FindSlots(recording);
        return parts;
    }

    /// <summary>The last instruction of a part.</summary>
    public int EndOf(int one) => ends[one];

    /// <summary>The part of an instruction.</summary>
    public int Of(int instruction) => part[instruction];

    /// <summary>The part that computes a symbol.</summary>
    public int PartOf(int symbol) => definedIn[symbol];

    /// <summary>The slot of a symbol; null where no other part needs it.</summary>
    public int? Slot(int symbol) => slots.TryGetValue(symbol, out int slot) ? slot : null;

    /// <summary>
    /// The variables that may stay in registers while a part runs that has no others in it: those that it changes in loops, and those that
    /// it reads there, unless all are too many.
    /// </summary>
    /// <param name="one">The part.</param>
    /// <param name="most">How many are not too many.</param>
    public IEnumerable<(int Variable, bool IsChanged)> KeptBy(int one, int most)
    {
        if (outer.Contains(one) || !uses.TryGetValue(one, out Dictionary<int, bool>? own))
        {
            return [];
        }

        return own.Where(use => use.Value || own.Count <= most).Select(use => (use.Key, use.Value));
    }

    private void Cut(Recording recording)
    {
        int count = 0;
        Stack<(int Part, bool IsLoop)> open = new([(0, false)]);
        for (int i = 0; i < part.Length; i++)
        {
            Instruction instruction = recording.Instructions[i];
            if (instruction.Operation is Operation.BeginLoop or Operation.BeginSection)
            {
                // The outermost loop stands in the main part, those in it begin others.
                bool isLoop = instruction.Operation == Operation.BeginLoop;
                if (isLoop && open.Count != 2)
                {
                    open.Push((open.Peek().Part, true));
                }
                else
                {
                    outer.Add(open.Peek().Part);
                    open.Push((++count, isLoop));
                }
            }

            part[i] = open.Peek().Part;
            if (instruction.Operation is Operation.Get or Operation.Set && open.Contains((part[i], true)))
            {
                Use(part[i], (int)instruction.Immediate, isChanged: instruction.Operation == Operation.Set);
            }
            else if (instruction.Operation is Operation.EndLoop or Operation.EndSection)
            {
                open.Pop();
            }
        }
    }

    private void Use(int one, int variable, bool isChanged)
    {
        if (!uses.TryGetValue(one, out Dictionary<int, bool>? own))
        {
            uses.Add(one, own = []);
        }

        own[variable] = isChanged || own.GetValueOrDefault(variable);
    }

    private void FindSlots(Recording recording)
    {
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
    }
}
