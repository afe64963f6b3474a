using GpuGan.Kernels.Compiled.Analysis;
using GpuGan.Kernels.Compiled.Recordings;

namespace GpuGan.Kernels.Tests.Compiled;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class LivenessTests
{
    private readonly Recording recording = new();

    private RecordingOperations O => recording.Operations;

    [Test]
    public void A_value_that_is_used_once_and_soon_is_computed_in_place()
    {
        Symbol once = O.Negate(State(0)), twice = O.Abs(State(1));
        recording.StoreState(2, O.Fma(once, twice, twice));
        Assert.That(InPlace(once, twice), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void A_value_that_waits_long_is_not()
    {
        Symbol waiting = O.Negate(State(0)), sum = State(1);
        for (int i = 0; i < 20; i++)
        {
            sum = O.Add(sum, sum);
        }

        recording.StoreState(2, O.Add(waiting, sum));
        Assert.That(InPlace(waiting), Is.EqualTo(new[] { false }));
    }

    /// <summary>Nor is what is computed of it: both would read what the store has left.</summary>
    [TestCase("variable")]
    [TestCase("scratch")]
    [TestCase("state")]
    public void A_value_that_was_read_before_memory_changes_is_not_read_after(string memory)
    {
        Variable variable = recording.Kept(SymbolKind.Number, 0);
        Symbol place = recording.Scratch(1);
        recording.StoreScratch(place, O.Constant(1));
        Symbol read = memory switch { "variable" => recording.Get(variable), "scratch" => recording.LoadScratch(place), _ => State(0) };
        Symbol negated = O.Negate(read);
        switch (memory)
        {
            case "variable":
                recording.Set(variable, O.Constant(2));
                break;
            case "scratch":
                recording.StoreScratch(place, O.Constant(2));
                break;
            default:
                recording.StoreState(0, O.Constant(2));
                break;
        }

        recording.StoreState(1, O.Abs(negated));
        Assert.That(InPlace(read, negated), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void A_value_is_not_computed_in_place_inside_a_loop_or_a_section()
    {
        Symbol outside = O.Negate(State(0)), beside = O.Negate(State(1));
        recording.Loop(recording.Parameter(0), _ => recording.StoreState(1, O.Abs(outside)));
        recording.Section(() => recording.StoreState(2, O.Abs(beside)));
        Assert.That(InPlace(outside, beside), Is.EqualTo(new[] { false, false }));
    }

    [Test]
    public void A_value_from_outside_a_loop_is_needed_until_the_loop_ends()
    {
        Symbol outside = O.Negate(State(0));
        recording.Loop(recording.Parameter(0), _ =>
        {
            recording.StoreState(1, O.Add(outside, outside));
            recording.StoreState(2, O.Constant(1));
        });
        recording.StoreState(3, O.Constant(1));
        int end = recording.Instructions.ToList().FindIndex(line => line.Operation == Operation.EndLoop);
        Assert.That(new Liveness(recording).LastUse[outside.Id], Is.EqualTo(end));
    }

    [Test]
    public void An_operand_in_place_is_needed_where_its_user_is_computed()
    {
        Symbol shared = O.Abs(State(0)), inPlace = O.Negate(shared), late = O.Subtract(State(1), State(2));
        recording.StoreState(3, shared);
        Symbol user = O.Multiply(inPlace, late);
        recording.StoreState(4, user);
        Liveness liveness = new(recording);
        Assert.That(liveness.InPlace[inPlace.Id], Is.False, "not across the store");
        Assert.That(liveness.InPlace[user.Id], Is.True);
        Assert.That(liveness.LastUse[inPlace.Id], Is.EqualTo(recording.Instructions.Count - 1), "where its user is stored");
    }

    private Symbol State(int word) => recording.LoadState(SymbolKind.Number, word);

    private bool[] InPlace(params Symbol[] symbols)
    {
        Liveness liveness = new(recording);
        return [.. symbols.Select(symbol => liveness.InPlace[symbol.Id])];
    }
}
