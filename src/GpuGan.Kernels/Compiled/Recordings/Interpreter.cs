namespace GpuGan.Kernels.Compiled.Recordings;

/// <summary>
/// Runs a recording for one member, line by line: what each instruction means, and what emitted code must equal to the bit.
/// </summary>
/// <param name="recording">What to compute.</param>
/// <param name="data">The data, the same for all members.</param>
/// <param name="parameters">The recording's own parameters.</param>
internal sealed class Interpreter(Recording recording, float[] data, params int[] parameters)
{
    // Bits, as everything is one of 32: numbers, words and indices.
    private readonly uint[] symbols = new uint[recording.Kinds.Count];
    private readonly uint[] variables = new uint[recording.Variables.Count];
    private readonly float[] scratch = new float[recording.ScratchLength];
    private readonly int[] beginnings = Beginnings(recording), ends = Ends(recording);
    private Instruction line = null!;

    /// <summary>Runs the kernel.</summary>
    /// <param name="state"><c>[word]</c>, the member's.</param>
    public void Run(Span<float> state)
    {
        // What was never written may be anything.
        Array.Fill(scratch, float.NaN);
        Array.Fill(variables, BitConverter.SingleToUInt32Bits(float.NaN));

        // A constant stands where it was first used, which may be in a loop without a pass.
        foreach (Instruction constant in recording.Instructions.Where(line => line.Operation is Operation.Constant or Operation.IndexConstant))
        {
            symbols[constant.Result] = constant.Immediate;
        }

        for (int position = 0; position < recording.Instructions.Count; position++)
        {
            line = recording.Instructions[position];
            switch (line.Operation)
            {
                case Operation.LoadState:
                    symbols[line.Result] = BitConverter.SingleToUInt32Bits(state[(int)line.Immediate]);
                    break;
                case Operation.StoreState:
                    state[(int)line.Immediate] = Number(0);
                    break;
                case Operation.StoreScratch:
                    scratch[Index(0) + (int)line.Immediate] = Number(1);
                    break;
                case Operation.Set:
                    variables[line.Immediate] = Word(0);
                    break;
                case Operation.BeginLoop:
                    symbols[line.Result] = 0;
                    position = Index(0) > 0 ? position : ends[line.Result];
                    break;
                case Operation.EndLoop:
                    int pass = line.Operands[0];
                    position = ++symbols[pass] < symbols[recording.Instructions[beginnings[pass]].Operands[0]] ? beginnings[pass] : position;
                    break;
                case Operation.BeginSection or Operation.EndSection:
                    break;
                default:
                    symbols[line.Result] = Value();
                    break;
            }
        }
    }

    /// <summary>What a line without a side effect defines.</summary>
    private uint Value() => line.Operation switch
    {
        Operation.Constant or Operation.IndexConstant => line.Immediate,
        Operation.Parameter => (uint)parameters[line.Immediate],
        Operation.Get => variables[line.Immediate],
        Operation.LoadData or Operation.GatherData => Bits(data[Index(0) + (int)line.Immediate]),
        Operation.LoadScratch => Bits(scratch[Index(0) + (int)line.Immediate]),
        Operation.IndexAdd => (uint)(Index(0) + Index(1)),
        Operation.IndexSubtract => (uint)(Index(0) - Index(1)),
        Operation.IndexMultiply => (uint)(Index(0) * Index(1)),
        Operation.IndexShiftRight => (uint)(Index(0) >> (int)line.Immediate),
        Operation.IndexSelectLess => (uint)(Index(0) < Index(1) ? Index(2) : Index(3)),
        Operation.IndexToWord => Word(0),
        Operation.AddWords => FloatOperations.AddWords(Word(0), Word(1)),
        Operation.ExclusiveOr => FloatOperations.ExclusiveOr(Word(0), Word(1)),
        Operation.MultiplyLow => FloatOperations.MultiplyLow(Word(0), Word(1)),
        Operation.MultiplyHigh => FloatOperations.MultiplyHigh(Word(0), Word(1)),
        Operation.ShiftRight => FloatOperations.ShiftRight(Word(0), (int)line.Immediate),
        Operation.ToWord => FloatOperations.ToWord(Number(0)),
        _ => Bits(NumberValue()),
    };

    private float NumberValue() => line.Operation switch
    {
        Operation.Add => FloatOperations.Add(Number(0), Number(1)),
        Operation.Subtract => FloatOperations.Subtract(Number(0), Number(1)),
        Operation.Multiply => FloatOperations.Multiply(Number(0), Number(1)),
        Operation.Fma => FloatOperations.Fma(Number(0), Number(1), Number(2)),
        Operation.Reciprocal => FloatOperations.Reciprocal(Number(0)),
        Operation.DivideNearOne => FloatOperations.DivideNearOne(Number(0), Number(1)),
        Operation.SquareRoot => FloatOperations.SquareRoot(Number(0)),
        Operation.Negate => FloatOperations.Negate(Number(0)),
        Operation.Abs => FloatOperations.Abs(Number(0)),
        Operation.CopySign => FloatOperations.CopySign(Number(0), Number(1)),
        Operation.SelectLess => FloatOperations.SelectLess(Number(0), Number(1), Number(2), Number(3)),
        Operation.AtLeast => FloatOperations.AtLeast(Number(0), Number(1)),
        Operation.PowerOfTwo => FloatOperations.PowerOfTwo(Number(0)),
        Operation.Exponent => FloatOperations.Exponent(Number(0)),
        Operation.Mantissa => FloatOperations.Mantissa(Number(0)),
        Operation.ToNumber => FloatOperations.ToNumber(Word(0)),
        _ => throw new NotSupportedException($"no operation: {line.Operation}"),
    };

    private float Number(int operand) => BitConverter.UInt32BitsToSingle(symbols[line.Operands[operand]]);

    private uint Word(int operand) => symbols[line.Operands[operand]];

    private int Index(int operand) => (int)symbols[line.Operands[operand]];

    private static uint Bits(float number) => BitConverter.SingleToUInt32Bits(number);

    /// <summary>Where the loop with that pass begins, <c>[symbol]</c>.</summary>
    private static int[] Beginnings(Recording recording) => Positions(recording, Operation.BeginLoop, line => line.Result);

    /// <summary>Where it ends, <c>[symbol]</c>.</summary>
    private static int[] Ends(Recording recording) => Positions(recording, Operation.EndLoop, line => line.Operands[0]);

    private static int[] Positions(Recording recording, Operation operation, Func<Instruction, int> pass)
    {
        int[] positions = new int[recording.Kinds.Count];
        for (int i = 0; i < recording.Instructions.Count; i++)
        {
            if (recording.Instructions[i].Operation == operation)
            {
                positions[pass(recording.Instructions[i])] = i;
            }
        }

        return positions;
    }
}
