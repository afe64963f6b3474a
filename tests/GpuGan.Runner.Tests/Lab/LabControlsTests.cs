using System.Text.Json.Nodes;
using GpuGan.Kernels.Distributions;
using GpuGan.Runner.Lab;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Tests.Lab;

internal sealed class LabControlsTests
{
    private static JsonObject[] Controls => [.. LabControls.ToJson().SelectMany(group => group!["controls"]!.AsArray()).Select(control => control!.AsObject())];

    [Test]
    public void Every_setting_has_one_control_in_a_group_of_its_own_kind()
    {
        string[] names = [.. Controls.Select(control => control["name"]!.GetValue<string>())];
        Assert.Multiple(() =>
        {
            Assert.That(names, Is.Unique.And.SupersetOf(SweepSetting.All.Select(setting => setting.Name)));
            Assert.That(LabControls.ToJson().Select(group => group!["name"]!.GetValue<string>()), Has.None.EqualTo("More"), "a new setting is given its group");
        });
    }

    [Test]
    public void Every_word_and_every_default_is_one_that_a_request_takes() => Assert.Multiple(() =>
    {
        foreach (JsonObject control in Controls.Where(control => control["kind"]!.GetValue<string>() != "widths"))
        {
            string name = control["name"]!.GetValue<string>();
            IEnumerable<string> words = (control["words"]?.AsArray() ?? []).Select(word => word!["text"]!.GetValue<string>());
            foreach (string text in words.Append(control["default"]!.GetValue<string>()))
            {
                Assert.That(() => LabRequest.Parse($"{name}={text}").Read(), Throws.Nothing, $"{name}={text}");
            }
        }
    });

    [Test]
    public void All_distributions_are_there() => Assert.That(
        Controls[0]["words"]!.AsArray().Select(word => word!["word"]!.GetValue<string>()), Is.EqualTo(DistributionTable.All.Keys));
}
