namespace GpuGan.Kernels.Compiled.Recordings;

/// <summary>
/// A kernel as a list of operations: straight-line code, and loops whose bodies are recorded once. Formulas that are generic
/// over the number type write themselves down here through <see cref="RecordingOperations"/>.
/// </summary>
/// <param name="fastMath">Whether quotients, roots and functions are the hardware's own.</param>
internal sealed class Recording(bool fastMath = false)
{
    /// <summary>How much a piece of a loop does, see <see cref="CutBefore"/>.</summary>
    public const int WholePiece = 40;

    private readonly List<Instruction> instructions = [];
    private readonly List<SymbolKind> kinds = [];
    private readonly List<SymbolKind> variables = [];
    private readonly Dictionary<(SymbolKind Kind, uint Bits), Symbol> constants = [];
    private List<int>? cuts;
    private int doneByPiece;
    private int? scratchOfLoops;

    /// <summary>All instructions, in order.</summary>
    public IReadOnlyList<Instruction> Instructions => instructions;

    /// <summary>What each symbol stands for.</summary>
    public IReadOnlyList<SymbolKind> Kinds => kinds;

    /// <summary>What each variable keeps.</summary>
    public IReadOnlyList<SymbolKind> Variables => variables;

    /// <summary>How many numbers of scratch memory each lane needs.</summary>
    public int ScratchLength { get; private set; }

    /// <summary>How many words of state each lane has.</summary>
    public int StateLength { get; private set; }

    /// <summary>The operations that record here.</summary>
    public RecordingOperations Operations => new(this, fastMath);

    /// <summary>Adds an instruction that defines a symbol.</summary>
    public Symbol Add(SymbolKind kind, Operation operation, uint immediate, params ReadOnlySpan<Symbol> operands)
    {
        var result = new Symbol(kinds.Count);
        kinds.Add(kind);
        instructions.Add(new Instruction(operation, result.Id, Ids(operands), immediate));
        return result;
    }

    /// <summary>A constant; the same one is the same symbol.</summary>
    public Symbol Constant(SymbolKind kind, uint bits)
    {
        if (!constants.TryGetValue((kind, bits), out Symbol constant))
        {
            constant = Add(kind, kind == SymbolKind.Index ? Operation.IndexConstant : Operation.Constant, bits);
            constants.Add((kind, bits), constant);
        }

        return constant;
    }

    /// <summary>An index that is known when the code is written.</summary>
    public Symbol Index(int value) => Constant(SymbolKind.Index, (uint)value);

    /// <summary>An index computed of others.</summary>
    public Symbol Index(Operation operation, params ReadOnlySpan<Symbol> operands) => Add(SymbolKind.Index, operation, 0, operands);

    /// <summary>The word that holds an index, in all lanes.</summary>
    public Symbol Word(Symbol index) => Add(SymbolKind.Word, Operation.IndexToWord, 0, index);

    /// <summary>An index that the launch gives.</summary>
    public Symbol Parameter(int position) => Add(SymbolKind.Index, Operation.Parameter, (uint)position);

    /// <summary>Makes a variable; it has no value before the first <see cref="Set"/>.</summary>
    public Variable NewVariable(SymbolKind kind)
    {
        variables.Add(kind);
        return new Variable(variables.Count - 1);
    }

    /// <summary>Makes a variable that begins with a word of the state.</summary>
    public Variable Kept(SymbolKind kind, int word)
    {
        Variable variable = NewVariable(kind);
        Set(variable, LoadState(kind, word));
        return variable;
    }

    /// <summary>The value that a variable has here.</summary>
    public Symbol Get(Variable variable) => Add(variables[variable.Id], Operation.Get, (uint)variable.Id);

    /// <summary>Gives a variable a value.</summary>
    public void Set(Variable variable, Symbol value) => Do(Operation.Set, (uint)variable.Id, value);

    /// <summary>Reads a word of the lane's state.</summary>
    public Symbol LoadState(SymbolKind kind, int word)
    {
        StateLength = Math.Max(StateLength, word + 1);
        return Add(kind, Operation.LoadState, (uint)word);
    }

    /// <summary>Writes a word of the lane's state.</summary>
    public void StoreState(int word, Symbol value)
    {
        StateLength = Math.Max(StateLength, word + 1);
        Do(Operation.StoreState, (uint)word, value);
    }

    /// <summary>Reads a number of the data, so many places behind an index; the same for all lanes.</summary>
    public Symbol LoadData(Symbol index, int behind = 0) => Add(SymbolKind.Number, Operation.LoadData, (uint)behind, index);

    /// <summary>Reads a number of the data for each lane, so many places behind a word of its own, which is below 2^31.</summary>
    public Symbol GatherData(Symbol word, int behind = 0) => Add(SymbolKind.Number, Operation.GatherData, (uint)behind, word);

    /// <summary>Sets numbers or words of scratch memory aside.</summary>
    /// <returns>Where they begin.</returns>
    public Symbol Scratch(int length)
    {
        ScratchLength += length;
        return Constant(SymbolKind.Index, (uint)(ScratchLength - length));
    }

    /// <summary>Reads a number of the lane's scratch memory, so many places behind an index.</summary>
    public Symbol LoadScratch(Symbol index, int behind = 0) => LoadScratch(SymbolKind.Number, index, behind);

    /// <summary>Reads a number or a word of the lane's scratch memory, so many places behind an index.</summary>
    public Symbol LoadScratch(SymbolKind kind, Symbol index, int behind = 0) => Add(kind, Operation.LoadScratch, (uint)behind, index);

    /// <summary>Writes a number or a word of the lane's scratch memory, so many places behind an index.</summary>
    public void StoreScratch(Symbol index, Symbol value, int behind = 0) => Do(Operation.StoreScratch, (uint)behind, index, value);

    /// <summary>The numbers of the lanes, from 0.</summary>
    public Symbol Lane() => Add(SymbolKind.Word, Operation.Lane, 0);

    /// <summary>Reads a number of the data for each lane, so many places behind an index, a row's width from lane to lane.</summary>
    public Symbol LoadDataRows(Symbol index, int width, int behind) => Add(SymbolKind.Number, Operation.LoadDataRows, (uint)behind, index, Index(width));

    /// <summary>The same of scratch memory, whose single elements the index counts.</summary>
    public Symbol LoadScratchRows(Symbol element, int width, int behind) =>
        Add(SymbolKind.Number, Operation.LoadScratchRows, (uint)behind, element, Index(width));

    /// <summary>Reads one element of scratch memory into all lanes, so many places behind an index of single elements.</summary>
    public Symbol LoadElement(Symbol element, int behind = 0) => Add(SymbolKind.Number, Operation.LoadElement, (uint)behind, element);

    /// <summary>Writes the first lane's number as one element of scratch memory.</summary>
    public void StoreElement(Symbol element, Symbol value) => Do(Operation.StoreElement, 0, element, value);

    /// <summary>
    /// Writes 4 or 8 numbers of 8 lanes to scratch memory, lane by lane: the numbers of a lane follow each other.
    /// </summary>
    public void StoreTransposed(Symbol index, params ReadOnlySpan<Symbol> values) => Do(Operation.StoreTransposed, 0, [index, .. values]);

    /// <summary>Records a loop.</summary>
    /// <param name="count">An index: how often.</param>
    /// <param name="body">Records the body; takes the number of the pass, from 0.</param>
    public void Loop(Symbol count, Action<Symbol> body)
    {
        Symbol pass = Add(SymbolKind.Index, Operation.BeginLoop, 0, count);
        body(pass);
        Do(Operation.EndLoop, 0, pass);
    }

    /// <summary>Records a loop whose body is passed piece by piece: a loop over each piece, see <see cref="LoopDistribution"/>.</summary>
    /// <param name="count">An index: how often.</param>
    /// <param name="most">What that is at most.</param>
    /// <param name="body">Records the body, with a <see cref="Cut"/> between its pieces; takes the number of the pass, from 0.</param>
    public void LoopInPieces(Symbol count, int most, Action<Symbol> body)
    {
        var pass = new Symbol(kinds.Count);
        kinds.Add(SymbolKind.Index);
        int begin = instructions.Count;
        cuts = [begin];
        body(pass);
        Instruction[][] pieces = [.. cuts.Zip([.. cuts[1..], instructions.Count], (from, to) => instructions[from..to].ToArray())];
        cuts = null;
        instructions.RemoveRange(begin, instructions.Count - begin);
        new LoopDistribution(this, pass, pieces).Record(count, most);
    }

    /// <summary>Ends a piece of the body of a <see cref="LoopInPieces"/>; elsewhere does nothing.</summary>
    public void Cut()
    {
        cuts?.Add(instructions.Count);
        doneByPiece = 0;
    }

    /// <summary>Ends the piece if what follows would make it do more than <see cref="WholePiece"/>.</summary>
    /// <param name="more">How much follows.</param>
    public void CutBefore(int more)
    {
        if (doneByPiece + more > WholePiece)
        {
            Cut();
        }

        doneByPiece += more;
    }

    /// <summary>Adds an instruction that defines the symbol that it did, of other operands.</summary>
    public void AddAgain(Instruction instruction) => instructions.Add(instruction);

    /// <summary>The scratch memory that all loops share whose bodies are in pieces: no other is set aside after it.</summary>
    /// <returns>Where it begins.</returns>
    public Symbol ScratchOfLoops(int length)
    {
        scratchOfLoops ??= ScratchLength;
        ScratchLength = Math.Max(ScratchLength, scratchOfLoops.Value + length);
        return Index(scratchOfLoops.Value);
    }

    /// <summary>Records a piece of straight-line code that may be compiled by itself: compilers give up on very long methods.</summary>
    public void Section(Action body)
    {
        Do(Operation.BeginSection, 0);
        body();
        Do(Operation.EndSection, 0);
    }

    private void Do(Operation operation, uint immediate, params ReadOnlySpan<Symbol> operands) =>
        instructions.Add(new Instruction(operation, -1, Ids(operands), immediate));

    private static int[] Ids(ReadOnlySpan<Symbol> symbols)
    {
        int[] ids = new int[symbols.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = symbols[i].Id;
        }

        return ids;
    }
}
