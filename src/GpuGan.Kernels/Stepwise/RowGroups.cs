namespace GpuGan.Kernels.Stepwise;

/// <summary>
/// The groups of rows that the discriminator holds in a step, each as many as the batch: the real ones, the fake ones, those between them
/// where there is a gradient penalty, the fake ones again as it sees them in the generator's phase, and the real ones again where the loss
/// compares the two. So the losses of both phases can be computed at the end of the step.
/// </summary>
/// <param name="batch">Number of rows of this batch.</param>
/// <param name="between">1 where there are rows between real and fake ones, else 0.</param>
/// <param name="paired">1 where the loss compares rows, else 0.</param>
/// <param name="inTurn">1 where real and fake rows are added in turn, else 0.</param>
internal readonly struct RowGroups(int batch, int between, int paired, int inTurn)
{
    public readonly int Batch = batch;
    private readonly int between = between;
    private readonly int paired = paired;
    private readonly int inTurn = inTurn;

    /// <summary>The first fake row.</summary>
    public int Fake => Batch;

    /// <summary>The first row between a real and a fake one.</summary>
    public int Between => 2 * Batch;

    /// <summary>The first fake row of the generator's phase; as many rows make the discriminator's gradient.</summary>
    public int Generated => (2 + between) * Batch;

    /// <summary>The first real row of the generator's phase.</summary>
    public int RealAgain => (3 + between) * Batch;

    /// <summary>Rows that the generator's phase judges.</summary>
    public int Judged => (1 + paired) * Batch;

    /// <summary>All rows.</summary>
    public int Count => (3 + between + paired) * Batch;

    /// <summary>
    /// The rows of the discriminator's gradient in the order in which they are added: the real ones, then the fake ones; or in turn, so that
    /// what cancels in exact arithmetic - the derivative of the last bias - cancels here too.
    /// </summary>
    /// <param name="place">From 0.</param>
    public int Ordered(int place) => inTurn == 0 || place >= Between ? place : (place & 1) == 0 ? place >> 1 : Fake + (place >> 1);

    /// <summary>The row that a fake one of the generator's phase is compared with; any other where none is.</summary>
    public int Partner(int row) => paired == 1 ? RealAgain + row : row;
}
