namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>
/// One operation of a step on a GAN's memory, cut into items that threads take in any order: no item reads what another of the same
/// operation writes. Places are offsets in the memory.
/// </summary>
internal readonly record struct Operation
{
    /// <summary>What it does.</summary>
    public OperationKind Kind { get; init; }

    /// <summary>The number of the first operation behind its phase: those of a phase need not wait for each other.</summary>
    public int PhaseEnd { get; init; }

    /// <summary>Its rows, in batches.</summary>
    public int Groups { get; init; }

    /// <summary>Units of a row that it writes; inputs of a layer where it makes gradients.</summary>
    public int Width { get; init; }

    /// <summary>Units that a sum of a product runs over; outputs of a layer where it makes gradients.</summary>
    public int Depth { get; init; }

    /// <summary>The matrix <c>[depth, width]</c> of a product; the parameters of the layer that an optimiser moves.</summary>
    public int Weights { get; init; }

    /// <summary>Where the sums of a product begin, <c>[width]</c>.</summary>
    public int Biases { get; init; }

    /// <summary>1 where there are biases, else 0.</summary>
    public int HasBiases { get; init; }

    /// <summary>What is read: activations, deltas, drawn numbers.</summary>
    public Matrix Source { get; init; }

    /// <summary>What is written.</summary>
    public Matrix Target { get; init; }

    /// <summary>Activations whose derivatives are taken; inputs of a layer where gradients are made.</summary>
    public Matrix Values { get; init; }

    /// <summary>What is added to the rows that the discriminator sees, or the share of the real row in those between.</summary>
    public Matrix Added { get; init; }

    /// <summary>Derivatives of the logit with respect to activations.</summary>
    public Matrix Sums { get; init; }

    /// <summary>Derivatives of the logit with respect to pre-activations.</summary>
    public Matrix Slopes { get; init; }

    /// <summary>Derivatives of activations along v.</summary>
    public Matrix Tangents { get; init; }

    /// <summary>Logits, or the loss's derivatives there.</summary>
    public Matrix Logits { get; init; }

    /// <summary>The activation's coefficient, or the loss's weight.</summary>
    public float Coefficient { get; init; }

    /// <summary>1 where noise is added to rows, else 0.</summary>
    public int IsNoisy { get; init; }

    /// <summary>1 where real and fake rows are added in turn, else 0.</summary>
    public int IsInTurn { get; init; }

    /// <summary>1 where the activation is piecewise linear, else 0.</summary>
    public int IsStraight { get; init; }

    /// <summary>1 where labels are smoothed, else 0.</summary>
    public int IsSmoothed { get; init; }

    /// <summary>1 where parameters are clamped, else 0.</summary>
    public int IsClipped { get; init; }

    /// <summary>1 where parameters are averaged, else 0.</summary>
    public int IsAveraged { get; init; }

    /// <summary>Which groups have a penalty: 1 the real rows, 2 the fake ones, 4 those between, added up.</summary>
    public int Penalized { get; init; }

    /// <summary>Which update of the step, from 0; the discriminator's is the first.</summary>
    public int Update { get; init; }

    /// <summary>The gradients of the layer.</summary>
    public int Gradients { get; init; }

    /// <summary>The weights of the layer again, <c>[in, out]</c>, so that neighbouring units are neighbours in both directions.</summary>
    public int Transposed { get; init; }

    /// <summary>What the optimiser keeps of the layer's parameters: the first word.</summary>
    public int State { get; init; }

    /// <summary>How many words it keeps.</summary>
    public int Words { get; init; }

    /// <summary>From word to word of a parameter.</summary>
    public int WordStride { get; init; }

    /// <summary>The averages of the layer's parameters.</summary>
    public int Averages { get; init; }

    /// <summary>How many items it has.</summary>
    /// <param name="batch">Rows of the batch.</param>
    public int Items(int batch) => Items(Kind, Groups * batch, Width, Depth, HasBiases);

    private static int Items(OperationKind kind, int rows, int width, int depth, int biases) => kind switch
    {
        OperationKind.DrawLatent or OperationKind.DrawInputNoise or OperationKind.DrawMix => Quads.Items(rows * width),
        OperationKind.Product => Quads.Items(rows) * Quads.Items(width),
        OperationKind.WeightGradient or OperationKind.PenalizedGradient => Quads.Items(depth) * Quads.Items(width),
        OperationKind.BiasGradient => depth,
        OperationKind.MoveDiscriminator or OperationKind.MoveGenerator => (width + biases) * depth,
        OperationKind.ActivateGenerator or OperationKind.ActivateOutput or OperationKind.ActivateDiscriminator
            or OperationKind.BendGenerator or OperationKind.BendOutput or OperationKind.BendDiscriminator
            or OperationKind.BendAgain or OperationKind.StraightAgain => rows * width,
        OperationKind.LossSums => 1,
        _ => rows,
    };
}
