using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Training;

[TestFixture]
public class TrainingSettingsTests
{
    private static readonly TrainingSettings Usual = new();

    private static readonly TestCaseData[] Wrong =
    [
        new(Usual with { Generator = new Network(2, 3) }, "Generator"),
        new(Usual with { Discriminator = new Network(3, 1) }, "Discriminator"),
        new(Usual with { Discriminator = new Network(2, 2) }, "Discriminator"),
        new(Usual with { BatchSize = 0 }, "BatchSize"),
        new(Usual with { Epochs = 0 }, "Epochs"),
        new(Usual with { InitStd = -1 }, "InitStd"),
        new(Usual with { LrD = double.NaN }, "LrD"),
        new(Usual with { LrG = 1e39 }, "LrG"),
        new(Usual with { LrDecay = double.PositiveInfinity }, "LrDecay"),
        new(Usual with { Beta1 = 1 }, "Beta1"),
        new(Usual with { Beta2 = 0.99999999 }, "Beta2"),
        new(Usual with { Epsilon = -1e-8 }, "Epsilon"),
        new(Usual with { Epsilon = 1e31 }, "Epsilon"),
    ];

    [TestCaseSource(nameof(Wrong))]
    public void What_is_out_of_range_is_refused_by_name(TrainingSettings settings, string setting) =>
        Assert.That(
            () => settings.Validate(columns: 2),
            Throws.InstanceOf<InvalidSettingException>().With.Property(nameof(InvalidSettingException.Setting)).EqualTo(setting));

    [Test]
    public void The_defaults_fit_two_columns() => Assert.That(() => Usual.Validate(columns: 2), Throws.Nothing);
}
