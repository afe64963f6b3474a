using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>
/// How a kernel passes the rows of a batch, in groups: of one row, where a member has one lane (<see cref="RowsInTurn"/>); of a row for each
/// lane, where it has all lanes of its thread (<see cref="RowsInLanes"/>). Groups are counted from 0, by an index.
/// </summary>
internal abstract class RowWalk
{
    /// <summary>Whether one group takes all rows of any batch.</summary>
    public abstract bool IsOneGroup { get; }

    /// <summary>An index: how many groups there are.</summary>
    /// <param name="count">An index: how many rows the batch has.</param>
    public abstract Symbol Groups(Symbol count);

    /// <summary>An index: which row of the batch is the first of a group.</summary>
    public abstract Symbol FirstOf(Symbol group);

    /// <summary>Words: the numbers of the rows of a group.</summary>
    /// <param name="first">An index: the number of the batch's first row.</param>
    /// <param name="group">An index.</param>
    /// <param name="count">An index: how many rows the batch has.</param>
    public abstract Symbol NumbersOf(Symbol first, Symbol group, Symbol count);

    /// <summary>Passes all rows, in order.</summary>
    /// <param name="count">An index: how many rows.</param>
    /// <param name="record">Records the passing of a group, which is given.</param>
    public abstract void Loop(Symbol count, Action<Symbol> record);

    /// <summary>Records what some groups compute for each unit of a layer, the groups side by side; where that is much, in parts that are compiled by themselves.</summary>
    /// <param name="units">How many units.</param>
    /// <param name="ofNetwork">How many the whole network has.</param>
    /// <param name="groups">How many groups.</param>
    /// <param name="steps">Each records a step of it for a group and a unit.</param>
    public abstract void Units(int units, int ofNetwork, int groups, params Action<int, int>[] steps);

    /// <summary>Reads the numbers of each row of a group from the data.</summary>
    /// <param name="element">An index: where those of its first row begin.</param>
    /// <param name="width">How many numbers a row has.</param>
    /// <param name="behind">How far behind the index all of it lies.</param>
    /// <returns><c>[number]</c>.</returns>
    public abstract Symbol[] LoadData(Symbol element, int width, int behind = 0);

    /// <summary>Reads the numbers of each row of a group from what <see cref="Draw"/> has drawn.</summary>
    /// <param name="start">An index: where in scratch memory that begins.</param>
    /// <param name="element">An index: where the numbers of the group's first row begin there.</param>
    /// <param name="width">How many numbers a row has.</param>
    /// <returns><c>[number]</c>.</returns>
    public abstract Symbol[] LoadDrawn(Symbol start, Symbol element, int width);

    /// <summary>How much scratch memory a number of elements takes that are drawn in blocks.</summary>
    /// <param name="elements">How many.</param>
    /// <param name="width">How many of them each row has.</param>
    public abstract int LengthOfDrawn(int elements, int width);

    /// <summary>Draws random numbers, block by block, into scratch memory.</summary>
    /// <param name="target">An index: where they begin there.</param>
    /// <param name="firstBlock">An index: the first block's number.</param>
    /// <param name="blocks">An index: how many.</param>
    /// <param name="words">Records the random words of a block, given a word, its number.</param>
    /// <param name="numbers">Records the numbers that these words make.</param>
    public abstract void Draw(Symbol target, Symbol firstBlock, Symbol blocks, Func<Symbol, Quad<Symbol>> words, Func<Quad<Symbol>, Quad<Symbol>> numbers);

    /// <summary>Adds what the rows of a group have to a sum, in order; records inside of <see cref="Loop"/>.</summary>
    public abstract void Add(Variable sum, Symbol value);

    /// <summary>NaN in all lanes of a member where it is NaN in one of them, else finite.</summary>
    public abstract Symbol OfMember(Symbol finite);
}
