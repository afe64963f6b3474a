using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Penalties;

namespace GpuGan.Kernels.Tiled;

/// <summary>
/// The tangent pass over the discriminator's rows of a tile, by the formulas that the stepwise engine's states, for the rows from the first to the
/// last that has a penalty. Of what it computes for those between that have none, nothing is taken.
/// </summary>
internal sealed class TiledPenalty
{
    private readonly TrainingSettings settings;
    private readonly Network network;
    private readonly TiledNetwork discriminator;
    private readonly IPenaltyPass pass;
    private readonly int lanes;

    /// <summary>Prepares it.</summary>
    /// <param name="settings">The penalties.</param>
    /// <param name="discriminator">Whose gradient they are on.</param>
    /// <param name="code">For how many lanes.</param>
    public TiledPenalty(TrainingSettings settings, TiledNetwork discriminator, VectorCode code)
    {
        (this.settings, this.discriminator) = (settings, discriminator);
        network = settings.Discriminator;
        pass = code.Penalty();
        lanes = code.Lanes;
        IsStraight = network.Hidden.IsPiecewiseLinear;
    }

    /// <summary>Whether the activation has no second derivative: then a row is one term of the gradient, with a penalty or without.</summary>
    public bool IsStraight { get; }

    /// <summary>Whether rows of each kind are without one: then they take the plain way back.</summary>
    public bool LeavesSome => settings.R1 == 0 || settings.R2 == 0;

    /// <summary>Terms of the gradient that a real row gives.</summary>
    public int TermsOfReal => settings.R1 == 0 || IsStraight ? 1 : 2;

    /// <summary>Terms that a fake row gives.</summary>
    public int TermsOfFake => settings.R2 == 0 || IsStraight ? 1 : 2;

    /// <summary>Terms that a row between them gives.</summary>
    public int TermsOfBetween => settings.GradientPenalty == 0 ? 0 : IsStraight ? 1 : 2;

    /// <summary>Takes the penalties of a tile back, and fills what it gives to the gradient.</summary>
    /// <param name="tile">Units and plain deltas are there; the deltas of rows with a penalty are filled.</param>
    /// <param name="tangents">The thread's.</param>
    /// <param name="count">Rows of each kind.</param>
    /// <param name="ofRows">1 / batch.</param>
    public void Run(Tile tile, TangentRows tangents, int count, float ofRows)
    {
        UnitRows units = tile.Discriminator;
        int rows = (settings.GradientPenalty != 0 ? 3 : 2) * count, logit = network.UnitCount - 1;
        Span<float> has = tangents.Has.From(0), strengths = tangents.Strengths.From(0);
        for (int row = 0; row < count; row++)
        {
            Put(tile.RealRows[row], settings.R1, has, strengths);
            Put(tile.FakeRows(count)[row], settings.R2, has, strengths);
        }

        for (int row = 2 * count; row < rows; row++)
        {
            Put(row, settings.GradientPenalty, has, strengths);
            units.Deltas(logit)[row] = 0;
        }

        int first = has[..rows].IndexOf(1f) / lanes * lanes, taken = has[..rows].LastIndexOf(1f) + 1 - first;
        Back(units, tangents, first, taken);
        for (int row = first; row < first + taken; row++)
        {
            Direct(tangents, row, strengths[row], isBetween: row >= 2 * count, ofRows);
        }

        Forward(units, tangents, first, taken);
        UnitBlock all = new(network.UnitCount, Padded(rows), units.Stride);
        if (IsStraight)
        {
            Span<float> ofLoss = tangents.OfLoss.From(0);
            units.Deltas(logit)[..Padded(rows)].CopyTo(ofLoss);
            PenaltyNumbers numbers = new()
            {
                Units = units.Units(0),
                Slopes = tangents.Slopes(0),
                Tangents = tangents.Tangents(0),
                Deltas = units.Deltas(0),
                TermValues = tile.Terms.Units(0),
                TermDeltas = tile.Terms.Deltas(0),
            };
            pass.Straight(all, has, ofLoss, numbers);
        }
        else
        {
            BackAgain(units, tangents, first, taken);
            pass.Merge(all, has, tangents.Bent(0), units.Deltas(0));
            Interleave(tile, tangents, has[..rows]);
        }
    }

    private static void Put(int row, double strength, Span<float> has, Span<float> strengths) => (has[row], strengths[row]) = (strength != 0 ? 1 : 0, (float)strength);

    /// <summary>u and d of each unit, and g.</summary>
    private void Back(UnitRows units, TangentRows tangents, int first, int rows)
    {
        tangents.Slopes(network.UnitCount - 1).Slice(first, rows).Fill(1);
        for (int i = network.Layers.Count - 1; i >= 0; i--)
        {
            Layer layer = network.Layers[i];
            discriminator.SumBack(i, tangents.Slopes(layer.OutputOffset)[first..], tangents.Sums(layer.InputOffset)[first..], units.Stride, rows);
            if (i > 0)
            {
                discriminator.MultiplyByDerivative(
                    layer.Inputs,
                    units.Units(layer.InputOffset)[first..],
                    tangents.Sums(layer.InputOffset)[first..],
                    tangents.Slopes(layer.InputOffset)[first..],
                    units.Stride,
                    rows);
            }
        }
    }

    /// <summary>v of a row.</summary>
    private void Direct(TangentRows tangents, int row, float strength, bool isBetween, float ofRows)
    {
        DeviceOperations o = default;
        float squared = 0;
        for (int i = 0; i < network.Inputs; i++)
        {
            float g = tangents.Sums(i)[row];
            squared = o.Fma(g, g, squared);
        }

        float factor = isBetween ? default(UnitGradient).Factor(squared, strength, o) : default(SquaredGradient).Factor(squared, strength, o);
        float scale = o.Multiply(factor, ofRows);
        for (int i = 0; i < network.Inputs; i++)
        {
            tangents.Tangents(i)[row] = o.Multiply(scale, tangents.Sums(i)[row]);
        }
    }

    /// <summary>r and t of each unit.</summary>
    private void Forward(UnitRows units, TangentRows tangents, int first, int rows)
    {
        for (int i = 0; i < network.Layers.Count - 1; i++)
        {
            Layer layer = network.Layers[i];
            discriminator.SumForward(i, tangents.Tangents(layer.InputOffset)[first..], tangents.Pretangents(layer.OutputOffset)[first..], [], units.Stride, rows);
            discriminator.MultiplyByDerivative(
                layer.Outputs,
                units.Units(layer.OutputOffset)[first..],
                tangents.Pretangents(layer.OutputOffset)[first..],
                tangents.Tangents(layer.OutputOffset)[first..],
                units.Stride,
                rows);
        }
    }

    /// <summary>m of each unit.</summary>
    private void BackAgain(UnitRows units, TangentRows tangents, int first, int rows)
    {
        int logit = network.UnitCount - 1;
        units.Deltas(logit).Slice(first, rows).CopyTo(tangents.Bent(logit)[first..]);
        for (int i = network.Layers.Count - 1; i > 0; i--)
        {
            Layer layer = network.Layers[i];
            discriminator.SumBack(i, tangents.Bent(layer.OutputOffset)[first..], tangents.Bent(layer.InputOffset)[first..], units.Stride, rows);
            discriminator.Bend(
                layer.Inputs,
                units.Units(layer.InputOffset)[first..],
                tangents.Pretangents(layer.InputOffset)[first..],
                tangents.Sums(layer.InputOffset)[first..],
                tangents.Bent(layer.InputOffset)[first..],
                units.Stride,
                rows);
        }
    }

    /// <summary>A row with a penalty gives two terms, <c>d t</c> and then <c>m a</c>; another one gives its own.</summary>
    private void Interleave(Tile tile, TangentRows tangents, ReadOnlySpan<float> has)
    {
        for (int unit = 0; unit < network.UnitCount; unit++)
        {
            ReadOnlySpan<float> values = tile.Discriminator.Units(unit), deltas = tile.Discriminator.Deltas(unit);
            ReadOnlySpan<float> slopes = tangents.Slopes(unit), along = tangents.Tangents(unit);
            Span<float> termValues = tile.Terms.Units(unit), termDeltas = tile.Terms.Deltas(unit);
            int term = 0;
            for (int row = 0; row < has.Length; row++)
            {
                if (has[row] != 0)
                {
                    (termValues[term], termDeltas[term]) = (along[row], slopes[row]);
                    term++;
                }

                (termValues[term], termDeltas[term]) = (values[row], deltas[row]);
                term++;
            }
        }
    }

    private int Padded(int rows) => (rows + lanes - 1) / lanes * lanes;
}

/// <summary>What the tangent pass computes of a tile, <c>[unit, row]</c>, laid out as the discriminator's units; a thread's own.</summary>
internal sealed class TangentRows
{
    private readonly UnitRows back, along, again;

    /// <summary>Allocates it.</summary>
    /// <param name="network">The discriminator.</param>
    /// <param name="rows">At most so many rows.</param>
    public TangentRows(Network network, int rows)
    {
        (back, along, again) = (new UnitRows(network, rows), new UnitRows(network, rows), new UnitRows(network, rows));
        (Has, Strengths, OfLoss) = (new AlignedNumbers(back.Stride), new AlignedNumbers(back.Stride), new AlignedNumbers(back.Stride));
    }

    /// <summary>Numbers that it takes.</summary>
    public static long LengthOf(Network network, int rows) => 3 * UnitRows.LengthOf(network, rows);

    /// <summary><c>[row]</c>, 1 where there is a penalty, else 0.</summary>
    public AlignedNumbers Has { get; }

    /// <summary><c>[row]</c>, of the penalty.</summary>
    public AlignedNumbers Strengths { get; }

    /// <summary><c>[row]</c>, e.</summary>
    public AlignedNumbers OfLoss { get; }

    /// <summary>u, from a unit on; of the inputs it is g.</summary>
    public Span<float> Sums(int unit) => back.Units(unit);

    /// <summary>d.</summary>
    public Span<float> Slopes(int unit) => back.Deltas(unit);

    /// <summary>r.</summary>
    public Span<float> Pretangents(int unit) => along.Units(unit);

    /// <summary>t; of the inputs it is v.</summary>
    public Span<float> Tangents(int unit) => along.Deltas(unit);

    /// <summary>m.</summary>
    public Span<float> Bent(int unit) => again.Deltas(unit);
}
