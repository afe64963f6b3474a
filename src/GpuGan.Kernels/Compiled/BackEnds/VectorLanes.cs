using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Compiled.Recordings;

namespace GpuGan.Kernels.Compiled.BackEnds;

/// <summary>
/// Members in the lanes of the processor's vectors: 16 in <see cref="Vector512{T}"/>, 8 in <see cref="Vector256{T}"/>, 4 in
/// <see cref="Vector128{T}"/>; or one member, whose rows and parameters lie in 8 lanes. Operations are .NET's of the same name, which the JIT compiler makes single instructions; calls
/// of our own in between would exhaust its budget for inlining.
/// </summary>
internal sealed class VectorLanes : ILanes
{
    private const int MantissaBits = 23;
    private const uint MantissaMask = (1u << MantissaBits) - 1, One = 127u << MantissaBits, SignMask = 0x80000000;

    private readonly Type operations, openVector, vector, words, integers;
    private readonly Type? wideMultiply, maximum, fused;

    // Searching the methods of a vector for each instruction took longer than all else that emits them.
    private readonly ConcurrentDictionary<(string Name, int Operands, Type First, Type Last), MethodInfo> found = new();

    private VectorLanes(Type operations, Type openVector, int count, int members, Type? wideMultiply, Type? maximum, Type? fused)
    {
        (this.operations, this.openVector, Count, Members) = (operations, openVector, count, members);
        (this.wideMultiply, this.maximum, this.fused) = (wideMultiply, maximum, fused);
        vector = openVector.MakeGenericType(typeof(float));
        words = openVector.MakeGenericType(typeof(uint));
        integers = openVector.MakeGenericType(typeof(int));
    }

    /// <summary>4 lanes.</summary>
    public static VectorLanes Four { get; } = new(
        typeof(Vector128), typeof(Vector128<>), 4, 4, Sse2.IsSupported ? typeof(Sse2) : null, Sse.IsSupported ? typeof(Sse) : null, Fma.IsSupported ? typeof(Fma) : null);

    /// <summary>8 lanes.</summary>
    public static VectorLanes Eight { get; } = new(
        typeof(Vector256), typeof(Vector256<>), 8, 8, Avx2.IsSupported ? typeof(Avx2) : null, Avx.IsSupported ? typeof(Avx) : null, Fma.IsSupported ? typeof(Fma) : null);

    /// <summary>16 lanes.</summary>
    public static VectorLanes Sixteen { get; } = new(
        typeof(Vector512), typeof(Vector512<>), 16, 16, Avx512F.IsSupported ? typeof(Avx512F) : null, Avx512F.IsSupported ? typeof(Avx512F) : null, Avx512F.IsSupported ? typeof(Avx512F) : null);

    /// <summary>8 lanes of one member; null where the processor lacks the instructions.</summary>
    public static VectorLanes? OfOneMember { get; } =
        Avx2.IsSupported && Fma.IsSupported ? new(typeof(Vector256), typeof(Vector256<>), 8, 1, typeof(Avx2), typeof(Avx), typeof(Fma)) : null;

    /// <summary>The widest that this processor has.</summary>
    public static VectorLanes Widest =>
        Vector512.IsHardwareAccelerated ? Sixteen : Vector256.IsHardwareAccelerated ? Eight : Four;

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Members { get; }

    /// <summary>
    /// How many variables a part may use for those that it only reads to be kept in registers too. Of more they stay in memory: as operands there
    /// they cost less than spills, and where there are 16 registers instead of 32 always.
    /// </summary>
    public static int VariablesInRegisters => Avx512F.VL.IsSupported || AdvSimd.IsSupported ? 20 : 0;

    /// <inheritdoc/>
    public Type TypeOf(SymbolKind kind) => kind switch
    {
        SymbolKind.Number => vector,
        SymbolKind.Word => words,
        _ => typeof(int),
    };

    /// <inheritdoc/>
    public void Constant(ILGenerator il, SymbolKind kind, uint bits)
    {
        if (kind == SymbolKind.Number)
        {
            il.Emit(OpCodes.Ldc_R4, BitConverter.UInt32BitsToSingle(bits));
            il.Emit(OpCodes.Call, Find(nameof(Vector512.Create), typeof(float)));
        }
        else
        {
            il.Emit(OpCodes.Ldc_I4, (int)bits);
            Broadcast(il);
        }
    }

    /// <inheritdoc/>
    public void Broadcast(ILGenerator il) => il.Emit(OpCodes.Call, Find(nameof(Vector512.Create), typeof(uint)));

    /// <inheritdoc/>
    public void Emit(ILGenerator il, Instruction instruction, Action<int> operand, Func<int, Instruction?> producer)
    {
        int[] operands = instruction.Operands;
        switch (instruction.Operation)
        {
            case Operation.Add:
            case Operation.Subtract:
            case Operation.Multiply:
                All(operands, operand);
                Call(il, instruction.Operation.ToString(), vector, vector);
                break;
            case Operation.Reciprocal when Count == 16 && GuessedReciprocal.IsSupported:
                operand(operands[0]);
                il.Emit(OpCodes.Call, typeof(GuessedReciprocal).GetMethod(nameof(GuessedReciprocal.Of))!);
                break;
            case Operation.Reciprocal:
                Constant(il, SymbolKind.Number, One);
                operand(operands[0]);
                Call(il, nameof(Vector512.Divide), vector, vector);
                break;
            case Operation.DivideNearOne:
                All(operands, operand);
                Call(il, nameof(Vector512.Divide), vector, vector);
                break;
            case Operation.Fma when fused is not null && producer(operands[0]) is { Operation: Operation.Negate } negated:
                operand(negated.Operands[0]);
                operand(operands[1]);
                operand(operands[2]);
                il.Emit(OpCodes.Call, fused.GetMethod(fused == typeof(Fma) ? nameof(Fma.MultiplyAddNegated) : nameof(Avx512F.FusedMultiplyAddNegated), [vector, vector, vector])!);
                break;
            case Operation.Fma:
                All(operands, operand);
                Call(il, nameof(Vector512.FusedMultiplyAdd), vector, vector, vector);
                break;
            case Operation.SquareRoot:
                // 0 times infinity is NaN.
                Constant(il, SymbolKind.Number, 0);
                operand(operands[0]);
                il.Emit(OpCodes.Dup);
                Call(il, nameof(Vector512.Sqrt), vector);
                Call(il, nameof(Vector512.FusedMultiplyAdd), vector, vector, vector);
                break;
            case Operation.Negate when producer(operands[0]) is { Operation: Operation.Abs } absolute:
                operand(absolute.Operands[0]);
                Mask(il, nameof(Vector512.BitwiseOr), SignMask);
                break;
            case Operation.Negate:
                operand(operands[0]);
                Mask(il, nameof(Vector512.Xor), SignMask);
                break;
            case Operation.Abs:
                operand(operands[0]);
                Mask(il, nameof(Vector512.BitwiseAnd), ~SignMask);
                break;
            case Operation.CopySign:
                Bits(il, SignMask);
                operand(operands[1]);
                operand(operands[0]);
                Call(il, nameof(Vector512.ConditionalSelect), vector, vector, vector);
                break;
            case Operation.SelectLess:
                operand(operands[0]);
                operand(operands[1]);
                Call(il, nameof(Vector512.LessThan), vector, vector);
                operand(operands[2]);
                operand(operands[3]);
                Call(il, nameof(Vector512.ConditionalSelect), vector, vector, vector);
                break;
            case Operation.AtLeast when maximum is not null:
                // The processor's maximum gives its second operand where one is NaN.
                operand(operands[1]);
                operand(operands[0]);
                il.Emit(OpCodes.Call, maximum.GetMethod(nameof(Avx512F.Max), [vector, vector])!);
                break;
            case Operation.AtLeast:
                All(operands, operand);
                Call(il, nameof(Vector512.LessThan), vector, vector);
                operand(operands[1]);
                operand(operands[0]);
                Call(il, nameof(Vector512.ConditionalSelect), vector, vector, vector);
                break;
            case Operation.PowerOfTwo:
                operand(operands[0]);
                As(il, vector, words);
                Shift(il, nameof(Vector512.ShiftLeft), words, MantissaBits);
                As(il, words, vector);
                break;
            case Operation.Exponent:
                FromRootOfHalf(il, operands[0], operand);
                As(il, words, integers);
                Shift(il, nameof(Vector512.ShiftRightArithmetic), integers, MantissaBits);
                Call(il, nameof(Vector512.ConvertToSingle), integers);
                break;
            case Operation.Mantissa:
                FromRootOfHalf(il, operands[0], operand);
                Constant(il, SymbolKind.Word, MantissaMask);
                Call(il, nameof(Vector512.BitwiseAnd), words, words);
                Constant(il, SymbolKind.Word, DeviceOperations.RootOfHalf);
                Call(il, nameof(Vector512.Add), words, words);
                As(il, words, vector);
                break;
            case Operation.AddWords:
                All(operands, operand);
                Call(il, nameof(Vector512.Add), words, words);
                break;
            case Operation.ExclusiveOr:
                All(operands, operand);
                Call(il, nameof(Vector512.Xor), words, words);
                break;
            case Operation.MultiplyLow:
                All(operands, operand);
                Call(il, nameof(Vector512.Multiply), words, words);
                break;
            case Operation.MultiplyHigh:
                MultiplyHigh(il, operands, operand, producer);
                break;
            case Operation.ShiftRight:
                operand(operands[0]);
                Shift(il, nameof(Vector512.ShiftRightLogical), words, (int)instruction.Immediate);
                break;
            case Operation.ToNumber:
                operand(operands[0]);
                As(il, words, integers);
                Call(il, nameof(Vector512.ConvertToSingle), integers);
                break;
            case Operation.ToWord:
                operand(operands[0]);
                Call(il, nameof(Vector512.ConvertToInt32), vector);
                As(il, integers, words);
                break;
            default:
                throw new NotSupportedException($"no operation of lanes: {instruction.Operation}");
        }
    }

    /// <summary>The numbers of the lanes.</summary>
    public void LaneNumbers(ILGenerator il) => il.Emit(OpCodes.Call, words.GetProperty(nameof(Vector256<uint>.Indices))!.GetMethod!);

    /// <summary>Takes the words on the stack as numbers, bit by bit.</summary>
    public void AsNumber(ILGenerator il) => As(il, words, vector);

    /// <summary>Takes the first lane's number of a vector on the stack.</summary>
    public void First(ILGenerator il) => Call(il, nameof(Vector256.ToScalar), vector);

    /// <summary>Makes a vector of numbers on the stack: of one, which all lanes get, or of one for each lane.</summary>
    public void Create(ILGenerator il, int numbers) =>
        il.Emit(OpCodes.Call, operations.GetMethod(nameof(Vector256.Create), [.. Enumerable.Repeat(typeof(float), numbers)])!);

    /// <summary>Transposes 4 or 8 vectors of 8 lanes: in the results, the numbers of a lane follow each other.</summary>
    /// <param name="il">Where.</param>
    /// <param name="values">The vectors' symbols.</param>
    /// <param name="operand">Writes one of them onto the stack.</param>
    /// <returns>As many vectors.</returns>
    public LocalBuilder[] Transpose(ILGenerator il, int[] values, Action<int> operand)
    {
        LocalBuilder[][] quads = [.. values.Chunk(4).Select(Quad)];
        return quads.Length == 1
            ? [Halves(quads[0][0], quads[0][1], 0x20), Halves(quads[0][2], quads[0][3], 0x20), Halves(quads[0][0], quads[0][1], 0x31), Halves(quads[0][2], quads[0][3], 0x31)]
            : [.. new byte[] { 0x20, 0x31 }.SelectMany(half => Enumerable.Range(0, 4).Select(i => Halves(quads[0][i], quads[1][i], half)))];

        // Of each half of 4 lanes: the four numbers of its first, second, third and fourth lane.
        LocalBuilder[] Quad(int[] four)
        {
            LocalBuilder[] own = [.. four.Select(value => Kept(() => operand(value)))];
            LocalBuilder lowAB = Two(nameof(Avx.UnpackLow), own[0], own[1]), highAB = Two(nameof(Avx.UnpackHigh), own[0], own[1]);
            LocalBuilder lowCD = Two(nameof(Avx.UnpackLow), own[2], own[3]), highCD = Two(nameof(Avx.UnpackHigh), own[2], own[3]);
            return [Pairs(lowAB, lowCD, 0x44), Pairs(lowAB, lowCD, 0xee), Pairs(highAB, highCD, 0x44), Pairs(highAB, highCD, 0xee)];
        }

        LocalBuilder Two(string name, LocalBuilder a, LocalBuilder b) => Kept(() =>
        {
            il.Emit(OpCodes.Ldloc, a);
            il.Emit(OpCodes.Ldloc, b);
            il.Emit(OpCodes.Call, typeof(Avx).GetMethod(name, [vector, vector])!);
        });

        LocalBuilder Pairs(LocalBuilder a, LocalBuilder b, byte which) => WithImmediate(nameof(Avx.Shuffle), a, b, which);

        LocalBuilder Halves(LocalBuilder a, LocalBuilder b, byte which) => WithImmediate(nameof(Avx.Permute2x128), a, b, which);

        LocalBuilder WithImmediate(string name, LocalBuilder a, LocalBuilder b, byte which) => Kept(() =>
        {
            il.Emit(OpCodes.Ldloc, a);
            il.Emit(OpCodes.Ldloc, b);
            il.Emit(OpCodes.Ldc_I4, (int)which);
            il.Emit(OpCodes.Call, typeof(Avx).GetMethod(name, [vector, vector, typeof(byte)])!);
        });

        LocalBuilder Kept(Action value)
        {
            LocalBuilder local = il.DeclareLocal(vector);
            value();
            il.Emit(OpCodes.Stloc, local);
            return local;
        }
    }

    /// <summary>How far the bits of a number are from those of sqrt(1/2).</summary>
    private void FromRootOfHalf(ILGenerator il, int symbol, Action<int> operand)
    {
        operand(symbol);
        As(il, vector, words);
        Constant(il, SymbolKind.Word, DeviceOperations.RootOfHalf);
        Call(il, nameof(Vector512.Subtract), words, words);
    }

    private static void All(int[] operands, Action<int> operand)
    {
        foreach (int symbol in operands)
        {
            operand(symbol);
        }
    }

    /// <summary>
    /// Processors multiply every other lane to 64 bits: the high halves of the even lanes are shifted down, those of the odd
    /// lanes stand where they belong.
    /// </summary>
    private void MultiplyHigh(ILGenerator il, int[] operands, Action<int> operand, Func<int, Instruction?> producer)
    {
        Type wide = openVector.MakeGenericType(typeof(ulong));
        int[] both = [.. operands.Select(symbol => Shared(il, symbol, operand, producer))];

        // The mask comes first on the stack, for ConditionalSelect.
        il.Emit(OpCodes.Ldc_I8, unchecked((long)0xffffffff00000000));
        il.Emit(OpCodes.Call, Find(nameof(Vector512.Create), typeof(ulong)));
        Odd(0);
        Odd(1);
        Wide();
        Even(0);
        Even(1);
        Wide();
        Shift(il, nameof(Vector512.ShiftRightLogical), wide, 32);
        Call(il, nameof(Vector512.ConditionalSelect), wide, wide, wide);
        As(il, wide, words);

        void Even(int i)
        {
            if (both[i] < 0)
            {
                operand(operands[i]);
            }
            else
            {
                il.Emit(OpCodes.Ldloc, (short)both[i]);
            }
        }

        void Odd(int i)
        {
            Even(i);
            if (producer(operands[i])?.Operation != Operation.Constant)
            {
                As(il, words, wide);
                Shift(il, nameof(Vector512.ShiftRightLogical), wide, 32);
                As(il, wide, words);
            }
        }

        void Wide()
        {
            if (wideMultiply is not null)
            {
                il.Emit(OpCodes.Call, wideMultiply.GetMethod(nameof(Avx2.Multiply), [words, words])!);
                return;
            }

            // Without such an instruction: 64-bit products of the low halves.
            LocalBuilder b = il.DeclareLocal(wide);
            LowHalf();
            il.Emit(OpCodes.Stloc, b);
            LowHalf();
            il.Emit(OpCodes.Ldloc, b);
            Call(il, nameof(Vector512.Multiply), wide, wide);
        }

        void LowHalf()
        {
            As(il, words, wide);
            il.Emit(OpCodes.Ldc_I8, 0xffffffffL);
            il.Emit(OpCodes.Call, Find(nameof(Vector512.Create), typeof(ulong)));
            Call(il, nameof(Vector512.BitwiseAnd), wide, wide);
        }
    }

    /// <summary>An operand that is taken twice: a constant or a local as it is (-1), else the number of a new local.</summary>
    private int Shared(ILGenerator il, int symbol, Action<int> operand, Func<int, Instruction?> producer)
    {
        if (producer(symbol) is null or { Operation: Operation.Constant })
        {
            return -1;
        }

        LocalBuilder local = il.DeclareLocal(words);
        operand(symbol);
        il.Emit(OpCodes.Stloc, local);
        return local.LocalIndex;
    }

    private void Mask(ILGenerator il, string operation, uint mask)
    {
        Bits(il, mask);
        Call(il, operation, vector, vector);
    }

    /// <summary>A mask is written as words: as a float it may be a NaN.</summary>
    private void Bits(ILGenerator il, uint mask)
    {
        Constant(il, SymbolKind.Word, mask);
        As(il, words, vector);
    }

    private void Shift(ILGenerator il, string operation, Type type, int count)
    {
        il.Emit(OpCodes.Ldc_I4, count);
        il.Emit(OpCodes.Call, Find(operation, type, typeof(int)));
    }

    private void As(ILGenerator il, Type from, Type to) => il.Emit(OpCodes.Call, found.GetOrAdd(
        (nameof(Vector512.As), 1, from, to),
        _ => operations.GetMethods().Single(method => method.Name == nameof(Vector512.As) && method.GetGenericArguments().Length == 2)
            .MakeGenericMethod(from.GetGenericArguments()[0], to.GetGenericArguments()[0])));

    private void Call(ILGenerator il, string operation, params Type[] operands) => il.Emit(OpCodes.Call, Find(operation, operands));

    /// <summary>The method of that name for these operands, generic over the element or not.</summary>
    private MethodInfo Find(string name, params Type[] operands) => found.GetOrAdd((name, operands.Length, operands[0], operands[^1]), _ =>
    {
        Type element = operands[0].IsGenericType ? operands[0].GetGenericArguments()[0] : operands[0];
        return operations.GetMethods()
            .Where(method => method.Name == name)
            .Select(method => method.IsGenericMethodDefinition
                ? method.GetGenericArguments().Length == 1 ? method.MakeGenericMethod(element) : null
                : method)
            .First(method => method is not null && method.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual(operands))!;
    });
}
