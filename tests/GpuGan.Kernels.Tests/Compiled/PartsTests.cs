using GpuGan.Kernels.Compiled.Analysis;
using GpuGan.Kernels.Compiled.Recordings;

namespace GpuGan.Kernels.Tests.Compiled;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class PartsTests
{
    private readonly Recording recording = new();

    private RecordingOperations O => recording.Operations;

    [Test]
    public void Loops_and_sections_inside_the_outermost_loop_are_parts_with_the_loops_that_they_contain()
    {
        List<Symbol> symbols = [Value()];
        recording.Loop(recording.Parameter(0), _ =>
        {
            symbols.Add(Value());
            recording.Loop(recording.Parameter(0), _ =>
            {
                symbols.Add(Value());
                recording.Loop(recording.Parameter(0), _ => symbols.Add(Value()));
            });
            symbols.Add(Value());
            recording.Section(() => symbols.Add(Value()));
        });
        symbols.Add(Value());
        Parts parts = Parts.OfSections(recording), one = Parts.One(recording);
        Assert.That(symbols.Select(symbol => parts.PartOf(symbol.Id)), Is.EqualTo(new[] { 0, 0, 1, 1, 0, 2, 0 }));
        Assert.That(symbols.Select(symbol => one.PartOf(symbol.Id)), Is.All.Zero);
    }

    [Test]
    public void Sections_are_parts_however_deep_they_are()
    {
        List<Symbol> symbols = [];
        recording.Section(() => symbols.Add(Value()));
        recording.Loop(recording.Parameter(0), _ =>
        {
            symbols.Add(Value());
            recording.Loop(recording.Parameter(0), _ =>
            {
                symbols.Add(Value());
                recording.Section(() => recording.Loop(recording.Parameter(0), _ => symbols.Add(Value())));
                symbols.Add(Value());
            });
        });
        Parts parts = Parts.OfSections(recording);
        Assert.That(symbols.Select(symbol => parts.PartOf(symbol.Id)), Is.EqualTo(new[] { 1, 0, 2, 3, 2 }));
        Assert.That(recording.Instructions[parts.EndOf(3)].Operation, Is.EqualTo(Operation.EndSection));
        Assert.That(recording.Instructions[parts.EndOf(2)].Operation, Is.EqualTo(Operation.EndLoop));
    }

    [Test]
    public void What_another_part_needs_has_a_slot_of_its_own_and_nothing_else_has()
    {
        Symbol outside = Value(), constant = O.Constant(3), unshared = Value(), inside = default, outerPass = default;
        recording.Loop(recording.Parameter(0), pass =>
        {
            outerPass = pass;
            recording.Section(() => inside = O.Fma(outside, constant, O.ToNumber(recording.Word(pass))));
            recording.StoreState(0, O.Add(inside, unshared));
        });
        Parts parts = Parts.OfSections(recording);
        Assert.That(new[] { outside, outerPass, inside }.Select(symbol => parts.Slot(symbol.Id)), Is.Unique.And.None.Null);
        Assert.That(new[] { constant, unshared }.Select(symbol => parts.Slot(symbol.Id)), Is.All.Null);
        Assert.That(parts.SlotCount, Is.EqualTo(3));
        Assert.That(Parts.One(recording).SlotCount, Is.Zero);
    }

    [Test]
    public void What_a_part_without_others_changes_in_loops_may_stay_in_registers_and_what_it_reads_there_if_all_are_few()
    {
        Variable[] variables = [.. Enumerable.Range(0, 5).Select(_ => recording.NewVariable(SymbolKind.Number))];
        recording.Loop(recording.Parameter(0), _ =>
        {
            recording.Set(variables[0], Value());
            recording.Section(() =>
            {
                recording.Set(variables[1], Value());
                recording.Loop(recording.Parameter(0), _ =>
                {
                    recording.Set(variables[2], recording.Get(variables[3]));
                    recording.Set(variables[2], recording.Get(variables[2]));
                });
            });
            recording.Section(() => recording.Loop(recording.Parameter(0), _ =>
            {
                recording.Set(variables[4], Value());
                recording.Section(() => Value());
            }));
        });
        Parts parts = Parts.OfSections(recording);
        Assert.That(Kept(most: 1), Is.EqualTo(new (int, bool)[][] { [], [(2, true)], [], [] }));
        Assert.That(Kept(most: 2), Is.EqualTo(new (int, bool)[][] { [], [(2, true), (3, false)], [], [] }));

        IEnumerable<(int, bool)[]> Kept(int most) => Enumerable.Range(0, 4).Select(part => parts.KeptBy(part, most).Order().ToArray());
    }

    private Symbol Value() => recording.LoadState(SymbolKind.Number, 0);
}
