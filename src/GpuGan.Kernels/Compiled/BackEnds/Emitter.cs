using System.Reflection;
using System.Reflection.Emit;
using GpuGan.Kernels.Compiled.Analysis;
using GpuGan.Kernels.Compiled.Recordings;
using ILGPU;
using ILGPU.IR.Intrinsics;

namespace GpuGan.Kernels.Compiled.BackEnds;

/// <summary>
/// Writes a recording as .NET code. For <see cref="FloatLanes"/> that is a kernel, which ILGPU compiles for each device; for
/// <see cref="VectorLanes"/> it is a method that ILGPU leaves alone and the CPU accelerator runs as .NET compiles it, and a
/// kernel of one line that calls it. That method calls one for each inner loop and section, as the JIT compiler stops
/// optimising where it meets about a thousand values; they share a frame of memory, with scratch memory, variables, the
/// values that one part has computed for another, and the kernel's integers.
/// </summary>
/// <remarks>
/// A kernel's parameters are the thread's index, the state <c>[word, member]</c>, the data, the number of members that the
/// state has room for, and the recording's own parameters.
/// </remarks>
internal sealed class Emitter
{
    private const int StrideArgument = 3, VectorAlignment = 64;

    private static readonly MethodInfo Item = typeof(ArrayView<float>).GetProperty("Item", typeof(float).MakeByRefType(), [typeof(int)])!.GetMethod!;
    private static readonly MethodInfo SubView = typeof(ArrayView<float>).GetMethod(nameof(ArrayView<float>.SubView), [typeof(long), typeof(long)])!;
    private static readonly MethodInfo ToInt = typeof(Index1D).GetMethods().First(method => method.Name == "op_Implicit" && method.ReturnType == typeof(int));

    private readonly Recording recording;
    private readonly ILanes lanes;
    private readonly TypeBuilder type;
    private readonly Type[] integers;
    private readonly Liveness liveness;
    private readonly Parts parts;
    private readonly Instruction?[] producers;
    private readonly LocalBuilder?[] locals;
    private readonly LocalBuilder?[] variables;
    private readonly Dictionary<(int Part, SymbolKind Kind), Stack<LocalBuilder>> free = [];
    private readonly Stack<(Label Test, Label Body, LocalBuilder Count)> loops = [];
    private readonly int firstArgument;
    private ILGenerator il;
    private int part;
    private LocalBuilder scratch = null!;

    private Emitter(Recording recording, ILanes lanes, TypeBuilder type, Type[] integers, ILGenerator il)
    {
        (this.recording, this.lanes, this.type, this.integers, this.il) = (recording, lanes, type, integers, il);
        firstArgument = IsVector ? 2 : 3;
        liveness = new Liveness(recording);
        parts = IsVector ? Parts.OfSections(recording) : Parts.One(recording);
        producers = new Instruction?[recording.Kinds.Count];
        locals = new LocalBuilder?[recording.Kinds.Count];
        variables = new LocalBuilder?[recording.Variables.Count];
    }

    private bool IsVector => lanes.Count > 1;

    /// <summary>What only the lanes of one member have: they share its state.</summary>
    private VectorLanes? Shared => IsVector && lanes.Members == 1 ? (VectorLanes)lanes : null;

    /// <summary>Where in the frame the integers lie, behind scratch memory, variables and slots.</summary>
    private int IntegersPlace => recording.ScratchLength + recording.Variables.Count + parts.SlotCount;

    private int Bytes => lanes.Count * sizeof(float);

    /// <summary>Emits a recording.</summary>
    /// <param name="recording">What to compute.</param>
    /// <param name="lanes">For how many members at once.</param>
    /// <param name="parameters">How many parameters the recording has.</param>
    /// <returns>The kernel: a static method that ILGPU can load.</returns>
    public static MethodInfo Emit(Recording recording, ILanes lanes, int parameters)
    {
        // Its name is that of a friend of this assembly: the code calls internal methods.
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("GpuGan.Kernels.Emitted"), AssemblyBuilderAccess.RunAndCollect);
        TypeBuilder type = assembly.DefineDynamicModule("Emitted").DefineType("Emitted", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        Type[] integers = [.. Enumerable.Repeat(typeof(int), parameters + 1)];
        MethodBuilder kernel = Method(type, "Kernel", [typeof(Index1D), typeof(ArrayView<float>), typeof(ArrayView<float>), .. integers]);
        if (lanes.Count == 1)
        {
            new Emitter(recording, lanes, type, integers, kernel.GetILGenerator()).EmitBody();
        }
        else
        {
            MethodBuilder body = Method(type, "Body", [typeof(float).MakeByRefType(), typeof(float).MakeByRefType(), .. integers]);
            body.SetCustomAttribute(new CustomAttributeBuilder(typeof(IntrinsicImplementationAttribute).GetConstructor([])!, []));
            new Emitter(recording, lanes, type, integers, body.GetILGenerator()).EmitBody();
            EmitCall(kernel.GetILGenerator(), body, lanes.Members, integers.Length);
        }

        return type.CreateType().GetMethod("Kernel")!;
    }

    private static MethodBuilder Method(TypeBuilder type, string name, Type[] parameters)
    {
        MethodBuilder method = type.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(void), parameters);
        method.InitLocals = false;
        method.SetImplementationFlags(MethodImplAttributes.IL | MethodImplAttributes.AggressiveOptimization);
        return method;
    }

    /// <summary>The kernel of a vector body: hands it the thread's first member.</summary>
    private static void EmitCall(ILGenerator il, MethodInfo body, int members, int integers)
    {
        il.Emit(OpCodes.Ldarga_S, (byte)1);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, ToInt);
        il.Emit(OpCodes.Ldc_I4, members);
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Call, Item);
        il.Emit(OpCodes.Ldarga_S, (byte)2);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Call, Item);
        for (int i = 0; i < integers; i++)
        {
            il.Emit(OpCodes.Ldarg_S, (byte)(StrideArgument + i));
        }

        il.Emit(OpCodes.Call, body);
        il.Emit(OpCodes.Ret);
    }

    private void EmitBody()
    {
        AllocateScratch();
        for (int i = 0; i < recording.Instructions.Count; i++)
        {
            Instruction instruction = recording.Instructions[i];
            if (parts.Of(i) != part)
            {
                i = EmitPart(i);
                continue;
            }

            EmitLine(instruction);
            Release(i);
        }

        il.Emit(OpCodes.Ret);
    }

    /// <summary>Emits a part as a method of its own, and calls it.</summary>
    /// <returns>Its last instruction.</returns>
    private int EmitPart(int first)
    {
        ILGenerator caller = il;
        LocalBuilder frame = scratch;
        int outer = part;
        part = parts.Of(first);
        MethodBuilder method = Method(type, $"Part{part}", [typeof(float).MakeByRefType(), typeof(float).MakeByRefType(), typeof(nint)]);
        il = method.GetILGenerator();
        scratch = il.DeclareLocal(typeof(nint));
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Stloc, scratch);
        int end = parts.EndOf(part);
        (int Variable, bool IsChanged)[] kept = [.. parts.KeptBy(part, VectorLanes.VariablesInRegisters)];
        LoadKept(kept);
        for (int i = first; i <= end; i++)
        {
            if (parts.Of(i) != part)
            {
                i = EmitPart(i);
                continue;
            }

            EmitLine(recording.Instructions[i]);
            Release(i);
        }

        StoreKept(kept);
        il.Emit(OpCodes.Ret);
        (il, scratch, part) = (caller, frame, outer);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldloc, scratch);
        il.Emit(OpCodes.Call, method);
        return end;
    }

    /// <summary>What a part keeps is in locals while it runs.</summary>
    private void LoadKept((int Variable, bool IsChanged)[] kept)
    {
        foreach ((int variable, _) in kept)
        {
            LocalBuilder local = il.DeclareLocal(lanes.TypeOf(recording.Variables[variable]));
            WriteGet(variable);
            il.Emit(OpCodes.Stloc, local);
            variables[variable] = local;
        }
    }

    private void StoreKept((int Variable, bool IsChanged)[] kept)
    {
        foreach ((int variable, bool isChanged) in kept)
        {
            if (isChanged)
            {
                VariableAddress(variable);
                WriteGet(variable);
                il.Emit(OpCodes.Stobj, lanes.TypeOf(recording.Variables[variable]));
            }

            variables[variable] = null;
        }
    }

    private void EmitLine(Instruction instruction)
    {
        if (instruction.Result >= 0)
        {
            producers[instruction.Result] = instruction;
        }

        if (instruction.Result < 0)
        {
            Write(instruction);
        }
        else if (instruction.Operation == Operation.BeginLoop)
        {
            Write(instruction);
            Share(instruction.Result);
        }
        else if (!liveness.InPlace[instruction.Result] && liveness.LastUse[instruction.Result] >= 0)
        {
            Write(instruction);
            il.Emit(OpCodes.Stloc, Local(instruction.Result));
            Share(instruction.Result);
        }
    }

    /// <summary>Writes a symbol's local to its slot, if another part needs it.</summary>
    private void Share(int symbol)
    {
        if (parts.Slot(symbol) is { } slot)
        {
            FrameAddress(slot);
            il.Emit(OpCodes.Ldloc, locals[symbol]!);
            il.Emit(OpCodes.Stobj, lanes.TypeOf(recording.Kinds[symbol]));
        }
    }

    /// <summary>Scratch memory, and the variables' where they stay in memory, on the thread's stack.</summary>
    private void AllocateScratch()
    {
        if (IsVector)
        {
            scratch = il.DeclareLocal(typeof(nint));
            il.Emit(OpCodes.Ldc_I4, (IntegersPlace * Bytes) + (integers.Length * sizeof(int)) + VectorAlignment);
            il.Emit(OpCodes.Conv_U);
            il.Emit(OpCodes.Localloc);
            il.Emit(OpCodes.Ldc_I4, VectorAlignment - 1);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldc_I4, -VectorAlignment);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.And);
            il.Emit(OpCodes.Stloc, scratch);
            for (int i = 0; i < integers.Length; i++)
            {
                IntegerAddress(i);
                Integer(i);
                il.Emit(OpCodes.Stind_I4);
            }
        }
        else if (recording.ScratchLength > 0)
        {
            scratch = il.DeclareLocal(typeof(ArrayView<float>));
            il.Emit(OpCodes.Ldc_I4, recording.ScratchLength);
            il.Emit(OpCodes.Call, typeof(LocalMemory).GetMethod(nameof(LocalMemory.Allocate), [typeof(int)])!.MakeGenericMethod(typeof(float)));
            il.Emit(OpCodes.Stloc, scratch);
        }

        for (int i = 0; i < variables.Length && !IsVector; i++)
        {
            variables[i] = il.DeclareLocal(lanes.TypeOf(recording.Variables[i]));
        }
    }

    /// <summary>Puts a symbol on the stack.</summary>
    private void Operand(int symbol)
    {
        if (liveness.InPlace[symbol])
        {
            Write(producers[symbol]!);
        }
        else if (parts.PartOf(symbol) != part)
        {
            FrameAddress(parts.Slot(symbol)!.Value);
            il.Emit(OpCodes.Ldobj, lanes.TypeOf(recording.Kinds[symbol]));
        }
        else
        {
            il.Emit(OpCodes.Ldloc, locals[symbol]!);
        }
    }

    private Instruction? InPlaceProducer(int symbol) => liveness.InPlace[symbol] ? producers[symbol] : null;

    /// <summary>Writes an instruction; what it defines stays on the stack.</summary>
    private void Write(Instruction instruction)
    {
        int[] operands = instruction.Operands;
        switch (instruction.Operation)
        {
            case Operation.Constant:
                lanes.Constant(il, recording.Kinds[instruction.Result], instruction.Immediate);
                break;
            case Operation.Parameter:
                Integer(1 + (int)instruction.Immediate);
                break;
            case Operation.IndexConstant:
                il.Emit(OpCodes.Ldc_I4, (int)instruction.Immediate);
                break;
            case Operation.IndexAdd:
                Binary(OpCodes.Add, operands);
                break;
            case Operation.IndexSubtract:
                Binary(OpCodes.Sub, operands);
                break;
            case Operation.IndexMultiply:
                Binary(OpCodes.Mul, operands);
                break;
            case Operation.IndexShiftRight:
                Operand(operands[0]);
                il.Emit(OpCodes.Ldc_I4, (int)instruction.Immediate);
                il.Emit(OpCodes.Shr);
                break;
            case Operation.IndexSelectLess:
                WriteIndexSelect(operands);
                break;
            case Operation.IndexToWord:
                Operand(operands[0]);
                lanes.Broadcast(il);
                break;
            case Operation.LoadState:
                StateAddress((int)instruction.Immediate);
                LoadOwn(recording.Kinds[instruction.Result]);
                break;
            case Operation.StoreState:
                StateAddress((int)instruction.Immediate);
                Operand(operands[0]);
                StoreOwn(recording.Kinds[operands[0]]);
                break;
            case Operation.LoadData:
                WriteLoadData(operands[0], (int)instruction.Immediate);
                break;
            case Operation.GatherData:
                WriteGatherData(operands[0], (int)instruction.Immediate);
                break;
            case Operation.LoadScratch:
                ScratchAddress(operands[0], (int)instruction.Immediate);
                Load(recording.Kinds[instruction.Result]);
                break;
            case Operation.StoreScratch:
                ScratchAddress(operands[0], (int)instruction.Immediate);
                Operand(operands[1]);
                Store(recording.Kinds[operands[1]]);
                break;
            case Operation.Lane:
                Shared!.LaneNumbers(il);
                break;
            case Operation.LoadDataRows:
                WriteLoadRows(operands, () => il.Emit(OpCodes.Ldarg_1), (int)instruction.Immediate);
                break;
            case Operation.LoadScratchRows:
                WriteLoadRows(operands, () => il.Emit(OpCodes.Ldloc, scratch), (int)instruction.Immediate);
                break;
            case Operation.LoadElement:
                il.Emit(OpCodes.Ldloc, scratch);
                Behind(operands[0], (int)instruction.Immediate, sizeof(float));
                il.Emit(OpCodes.Ldind_R4);
                Shared!.Create(il, 1);
                break;
            case Operation.StoreElement:
                il.Emit(OpCodes.Ldloc, scratch);
                Behind(operands[0], 0, sizeof(float));
                Operand(operands[1]);
                Shared!.First(il);
                il.Emit(OpCodes.Stind_R4);
                break;
            case Operation.StoreTransposed:
                WriteStoreTransposed(operands[0], operands[1..]);
                break;
            case Operation.Get:
                WriteGet((int)instruction.Immediate);
                break;
            case Operation.Set:
                WriteSet((int)instruction.Immediate, operands[0]);
                break;
            case Operation.BeginLoop:
                BeginLoop(instruction);
                break;
            case Operation.EndLoop:
                EndLoop(operands[0]);
                break;
            case Operation.BeginSection:
            case Operation.EndSection:
                break;
            default:
                lanes.Emit(il, instruction, Operand, InPlaceProducer);
                break;
        }
    }

    private void Binary(OpCode code, int[] operands)
    {
        Operand(operands[0]);
        Operand(operands[1]);
        il.Emit(code);
    }

    private void WriteIndexSelect(int[] operands)
    {
        Label less = il.DefineLabel(), end = il.DefineLabel();
        LocalBuilder result = il.DeclareLocal(typeof(int));
        Operand(operands[0]);
        Operand(operands[1]);
        il.Emit(OpCodes.Blt, less);
        Operand(operands[3]);
        il.Emit(OpCodes.Stloc, result);
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(less);
        Operand(operands[2]);
        il.Emit(OpCodes.Stloc, result);
        il.MarkLabel(end);
        il.Emit(OpCodes.Ldloc, result);
    }

    /// <summary>The address of a word of the thread's members: word * stride + member.</summary>
    private void StateAddress(int word)
    {
        if (IsVector)
        {
            il.Emit(OpCodes.Ldarg_0);
            Integer(0);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Ldc_I4, word * sizeof(float));
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Add);
        }
        else
        {
            il.Emit(OpCodes.Ldarga_S, (byte)1);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Call, ToInt);
            Integer(0);
            il.Emit(OpCodes.Ldc_I4, word);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Call, Item);
        }
    }

    private void Load(SymbolKind kind)
    {
        if (IsVector)
        {
            il.Emit(OpCodes.Ldobj, lanes.TypeOf(kind));
        }
        else
        {
            il.Emit(OpCodes.Ldobj, typeof(float));
            if (kind == SymbolKind.Word)
            {
                il.Emit(OpCodes.Call, typeof(Interop).GetMethod(nameof(Interop.FloatAsInt), [typeof(float)])!);
            }
        }
    }

    private void Store(SymbolKind kind)
    {
        if (IsVector)
        {
            il.Emit(OpCodes.Stobj, lanes.TypeOf(kind));
        }
        else
        {
            if (kind == SymbolKind.Word)
            {
                il.Emit(OpCodes.Call, typeof(Interop).GetMethod(nameof(Interop.IntAsFloat), [typeof(uint)])!);
            }

            il.Emit(OpCodes.Stobj, typeof(float));
        }
    }

    /// <summary>Reads a word of the members: one for each lane, or that of the one who has them all.</summary>
    private void LoadOwn(SymbolKind kind)
    {
        if (Shared is null)
        {
            Load(kind);
        }
        else if (kind == SymbolKind.Word)
        {
            il.Emit(OpCodes.Ldind_U4);
            Shared.Broadcast(il);
        }
        else
        {
            il.Emit(OpCodes.Ldind_R4);
            Shared.Create(il, 1);
        }
    }

    private void StoreOwn(SymbolKind kind)
    {
        if (Shared is null)
        {
            Store(kind);
            return;
        }

        if (kind == SymbolKind.Word)
        {
            Shared.AsNumber(il);
        }

        Shared.First(il);
        il.Emit(OpCodes.Stind_R4);
    }

    /// <summary>A number for each lane, a row's width from one to the next.</summary>
    private void WriteLoadRows(int[] operands, Action memory, int behind)
    {
        LocalBuilder first = il.DeclareLocal(typeof(float).MakeByRefType());
        memory();
        Behind(operands[0], behind, sizeof(float));
        il.Emit(OpCodes.Stloc, first);
        for (int lane = 0; lane < lanes.Count; lane++)
        {
            il.Emit(OpCodes.Ldloc, first);
            Operand(operands[1]);
            il.Emit(OpCodes.Ldc_I4, lane * sizeof(float));
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldind_R4);
        }

        Shared!.Create(il, lanes.Count);
    }

    private void WriteStoreTransposed(int index, int[] values)
    {
        LocalBuilder[] rows = Shared!.Transpose(il, values, Operand);
        for (int i = 0; i < rows.Length; i++)
        {
            ScratchAddress(index, i);
            il.Emit(OpCodes.Ldloc, rows[i]);
            Store(SymbolKind.Number);
        }
    }

    private void WriteLoadData(int index, int behind)
    {
        if (IsVector)
        {
            il.Emit(OpCodes.Ldarg_1);
            Behind(index, behind, sizeof(float));
            il.Emit(OpCodes.Ldind_R4);
            CreateVector(1);
        }
        else
        {
            il.Emit(OpCodes.Ldarga_S, (byte)2);
            ItemBehind(index, behind);
            il.Emit(OpCodes.Ldobj, typeof(float));
        }
    }

    /// <summary>Processors that gather gain little by it: each lane loads its own number.</summary>
    private void WriteGatherData(int word, int behind)
    {
        if (!IsVector)
        {
            il.Emit(OpCodes.Ldarga_S, (byte)2);
            ItemBehind(word, behind);
            il.Emit(OpCodes.Ldobj, typeof(float));
            return;
        }

        LocalBuilder places = il.DeclareLocal(lanes.TypeOf(SymbolKind.Word));
        Operand(word);
        il.Emit(OpCodes.Stloc, places);
        for (int lane = 0; lane < lanes.Count; lane++)
        {
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldloca, places);
            il.Emit(OpCodes.Ldc_I4, lane * sizeof(uint));
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldind_I4);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Ldc_I4, sizeof(float));
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldc_I4, behind * sizeof(float));
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldind_R4);
        }

        CreateVector(lanes.Count);
    }

    /// <summary>Makes a vector of the numbers on the stack: one for all lanes, or one for each.</summary>
    private void CreateVector(int numbers) => ((VectorLanes)lanes).Create(il, numbers);

    private void ScratchAddress(int index, int behind)
    {
        if (IsVector)
        {
            il.Emit(OpCodes.Ldloc, scratch);
            Behind(index, behind, Bytes);
        }
        else
        {
            il.Emit(OpCodes.Ldloca, scratch);
            ItemBehind(index, behind);
        }
    }

    /// <summary>Adds the distance to an element to the address on the stack.</summary>
    private void Behind(int index, int behind, int size)
    {
        Operand(index);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Ldc_I4, size);
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Add);
        if (behind > 0)
        {
            il.Emit(OpCodes.Ldc_I4, behind * size);
            il.Emit(OpCodes.Add);
        }
    }

    /// <summary>The address of an element of the view on the stack: of a part that begins at the index, so that elements of one row share its address.</summary>
    private void ItemBehind(int index, int behind)
    {
        LocalBuilder part = il.DeclareLocal(typeof(ArrayView<float>));
        Operand(index);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Ldc_I8, behind + 1L);
        il.Emit(OpCodes.Call, SubView);
        il.Emit(OpCodes.Stloc, part);
        il.Emit(OpCodes.Ldloca, part);
        il.Emit(OpCodes.Ldc_I4, behind);
        il.Emit(OpCodes.Call, Item);
    }

    private void WriteGet(int variable)
    {
        if (variables[variable] is { } local)
        {
            il.Emit(OpCodes.Ldloc, local);
        }
        else
        {
            VariableAddress(variable);
            il.Emit(OpCodes.Ldobj, lanes.TypeOf(recording.Variables[variable]));
        }
    }

    private void WriteSet(int variable, int value)
    {
        if (variables[variable] is { } local)
        {
            Operand(value);
            il.Emit(OpCodes.Stloc, local);
        }
        else
        {
            VariableAddress(variable);
            Operand(value);
            il.Emit(OpCodes.Stobj, lanes.TypeOf(recording.Variables[variable]));
        }
    }

    private void VariableAddress(int variable) => Address(recording.ScratchLength + variable);

    /// <summary>The stride, then the parameters: arguments of the main part, which the others find in the frame.</summary>
    private void Integer(int position)
    {
        if (part == 0)
        {
            il.Emit(OpCodes.Ldarg_S, (byte)(firstArgument + position));
        }
        else
        {
            IntegerAddress(position);
            il.Emit(OpCodes.Ldind_I4);
        }
    }

    private void IntegerAddress(int position)
    {
        Address(IntegersPlace);
        il.Emit(OpCodes.Ldc_I4, position * sizeof(int));
        il.Emit(OpCodes.Add);
    }

    private void FrameAddress(int slot) => Address(recording.ScratchLength + recording.Variables.Count + slot);

    private void Address(int place)
    {
        il.Emit(OpCodes.Ldloc, scratch);
        il.Emit(OpCodes.Ldc_I4, place * Bytes);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
    }

    private void BeginLoop(Instruction instruction)
    {
        LocalBuilder pass = Local(instruction.Result);
        Label test = il.DefineLabel(), body = il.DefineLabel();
        LocalBuilder count = il.DeclareLocal(typeof(int));
        Operand(instruction.Operands[0]);
        il.Emit(OpCodes.Stloc, count);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stloc, pass);
        il.Emit(OpCodes.Br, test);
        il.MarkLabel(body);
        loops.Push((test, body, count));
    }

    private void EndLoop(int pass)
    {
        (Label test, Label body, LocalBuilder count) = loops.Pop();
        il.Emit(OpCodes.Ldloc, locals[pass]!);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, locals[pass]!);
        il.MarkLabel(test);
        il.Emit(OpCodes.Ldloc, locals[pass]!);
        il.Emit(OpCodes.Ldloc, count);
        il.Emit(OpCodes.Blt, body);
    }

    /// <summary>A local for a symbol: one of this part that is free, else a new one.</summary>
    private LocalBuilder Local(int symbol) =>
        locals[symbol] = Free(symbol).TryPop(out LocalBuilder? reused) ? reused : il.DeclareLocal(lanes.TypeOf(recording.Kinds[symbol]));

    /// <summary>Frees the locals of the symbols that no later instruction needs.</summary>
    private void Release(int position)
    {
        foreach (int symbol in liveness.EndingAt(position))
        {
            if (locals[symbol] is { } local)
            {
                Free(symbol).Push(local);
            }
        }
    }

    private Stack<LocalBuilder> Free(int symbol)
    {
        (int, SymbolKind) key = (parts.PartOf(symbol), recording.Kinds[symbol]);
        if (!free.TryGetValue(key, out Stack<LocalBuilder>? stack))
        {
            free.Add(key, stack = []);
        }

        return stack;
    }
}
