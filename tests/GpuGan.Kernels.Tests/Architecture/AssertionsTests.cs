using System.Text.RegularExpressions;

namespace GpuGan.Kernels.Tests.Architecture;

/// <summary>No test is written with what passes where it should fail: in NUnit 5.0.0 and FsCheck 3.6.0.</summary>
public sealed partial class AssertionsTests
{
    private static readonly float[] Nans = [float.NaN, -float.NaN];

    private static IEnumerable<string> Sources =>
        Directory.EnumerateFiles(Path.Join(Repository.Folder, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [Test]
    public void No_bound_accepts_NaN() => Assert.That(Found(UpperBound()), Is.Empty, "NUnit takes NaN for the least number; write Is.InRange");

    [Test]
    public void No_tolerance_wraps_around() =>
        Assert.That(Found(WholeTolerance()), Is.Empty, "of whole numbers the distance may overflow, and infinity is one unit from the greatest float; write Is.InRange, or a tolerance such as 2.0");

    [Test]
    public void Properties_draw_from_generators_of_their_own() =>
        Assert.That(Found(OwnGenerators()), Is.Empty, "FsCheck's draw no ulong above 100; write Prop.ForAll with a generator that says its range");

    [Test]
    public void The_rules_find_what_they_are_for()
    {
        Assert.Multiple(() =>
        {
            foreach (string bound in (string[])["LessThan(2)", "AtMost(2)", "LessThanOrEqualTo(x)", "Negative", "Not.GreaterThan(2)", "Not.InRange(1, 2)"])
            {
                Assert.That(UpperBound().IsMatch($"Is.{bound})"), bound);
            }

            foreach (string tolerance in (string[])["3)", "3).Ulps"])
            {
                Assert.That(WholeTolerance().IsMatch($"Within({tolerance}"), tolerance);
            }

            Assert.That(WholeTolerance().IsMatch("Within(8).Percent"), Is.False);
            Assert.That(OwnGenerators().IsMatch($"[{nameof(FsCheck.NUnit.PropertyAttribute)[..8]}(MaxTest = 5)]\n    public bool Holds(ulong seed)"));
        });
    }

    [TestCaseSource(nameof(Nans))]
    public void Ranges_do_not_accept_NaN(float nan)
    {
        Assert.Multiple(() =>
        {
            foreach (object number in (object[])[nan, (double)nan])
            {
                foreach (NUnit.Framework.Constraints.IResolveConstraint range in (NUnit.Framework.Constraints.IResolveConstraint[])
                    [Is.InRange(0, 2), Is.InRange(0, 2.0), Is.InRange(0f, 2f), Is.InRange(float.NegativeInfinity, float.PositiveInfinity), Is.GreaterThan(-1), Is.AtLeast(-1.0), Is.Positive, Is.EqualTo(0).Within(1e9)])
                {
                    Assert.That(range.Resolve().ApplyTo(number).IsSuccess, Is.False, $"{range}");
                }
            }
        });
    }

    private static IEnumerable<string> Found(Regex rule) =>
        from file in Sources
        from Match match in rule.Matches(File.ReadAllText(file))
        select $"{Path.GetFileName(file)}: {match.Value}";

    // Only of constraints: a method of its own may be named so.
    [GeneratedRegex(@"\b(Is|Has|Does|All|And|Or|Not|Length|Count|Positive)\.(LessThan|LessThanOrEqualTo|AtMost|Negative)\b|\.Not\.(GreaterThan|GreaterThanOrEqualTo|AtLeast|Positive|InRange)\b")]
    private static partial Regex UpperBound();

    [GeneratedRegex(@"\bWithin\(\d+\)(?!\.Percent)|\bWithin\([^)]*\)\.Ulps\b")]
    private static partial Regex WholeTolerance();

    [GeneratedRegex(@"\[(FsCheck\.NUnit\.)?Property(\([^\]]*\))?\]\s+public \w+ \w+\([^)]|\bArbMap\b")]
    private static partial Regex OwnGenerators();
}
