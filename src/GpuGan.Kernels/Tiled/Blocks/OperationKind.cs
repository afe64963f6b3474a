namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>What an <see cref="Operation"/> does, and what one item of it is.</summary>
internal enum OperationKind
{
    /// <summary>Draws the latent rows; four numbers.</summary>
    DrawLatent,

    /// <summary>Draws what is added to the discriminator's rows; four numbers.</summary>
    DrawInputNoise,

    /// <summary>Draws where the gradient penalty is taken; four numbers.</summary>
    DrawMix,

    /// <summary>Gives the discriminator real rows; a row.</summary>
    RealRows,

    /// <summary>Gives the discriminator what the generator made; a row.</summary>
    FakeRows,

    /// <summary>Gives the discriminator rows between both; a row.</summary>
    MixedRows,

    /// <summary>Rows times a matrix; four rows by four units.</summary>
    Product,

    /// <summary>Makes activations of the generator's pre-activations; a unit of a row.</summary>
    ActivateGenerator,

    /// <summary>Makes activations behind the generator's last layer; a unit of a row.</summary>
    ActivateOutput,

    /// <summary>Makes activations of the discriminator's pre-activations; a unit of a row.</summary>
    ActivateDiscriminator,

    /// <summary>Multiplies by the derivative of the generator's activation; a unit of a row.</summary>
    BendGenerator,

    /// <summary>Multiplies by the derivative of that behind the generator's last layer; a unit of a row.</summary>
    BendOutput,

    /// <summary>Multiplies by the derivative of the discriminator's activation; a unit of a row.</summary>
    BendDiscriminator,

    /// <summary>The derivative of the discriminator's loss at the logits; a row.</summary>
    LossDerivative,

    /// <summary>The derivative of the generator's loss at the logits; a row.</summary>
    GeneratorDerivative,

    /// <summary>Begins the passes of a penalty at the logits; a row.</summary>
    BeginPenalty,

    /// <summary>Makes v, along which the tangents go, of the gradient at a row; a row.</summary>
    PenaltyDirection,

    /// <summary>The deltas of a penalty where the activation is bent; a unit of a row.</summary>
    BendAgain,

    /// <summary>The deltas of a penalty where the activation is piecewise linear; a unit of a row.</summary>
    StraightAgain,

    /// <summary>Gradients of weights; four outputs by four inputs.</summary>
    WeightGradient,

    /// <summary>Gradients of weights with terms of a penalty; four outputs by four inputs.</summary>
    PenalizedGradient,

    /// <summary>Gradients of biases; a bias.</summary>
    BiasGradient,

    /// <summary>The discriminator's optimiser; a parameter.</summary>
    MoveDiscriminator,

    /// <summary>The generator's optimiser; a parameter.</summary>
    MoveGenerator,

    /// <summary>The losses of rows; a row.</summary>
    LossValues,

    /// <summary>The losses of the step; all rows in order.</summary>
    LossSums,
}
