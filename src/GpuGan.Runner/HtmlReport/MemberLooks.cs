using System.Globalization;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Engines;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Files;
using GpuGan.Runner.Report;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.HtmlReport;

/// <summary>Trains some members of a sweep again, to show how their losses went and what their generators make.</summary>
internal sealed class MemberLooks(Device device, SweepResult result, MemberData data, Standardization standardization, bool fastMath, Frame frame)
{
    private const int Points = 40;
    private const int CountedRows = 400;
    private const int MostEpochs = 40;
    private const int Chunk = 1024;

    // A kernel takes some 0.2 s to compile, a training by another engine as long or longer.
    private const int MostGroups = 64;
    private const int MostAlone = 16;

    private readonly Dictionary<long, JsonObject> looks = [];

    /// <summary>Members that came out differently than the folder says.</summary>
    public int Different { get; private set; }

    /// <summary>How many were trained.</summary>
    public int Count => looks.Count;

    /// <summary>What a member showed; null where it was not trained.</summary>
    public JsonObject? this[long member] => looks.GetValueOrDefault(member);

    /// <summary>Trains members, those that a kernel can train together at once; of many kernels, or of networks that no kernel takes, some.</summary>
    /// <param name="rows">The members.</param>
    /// <param name="error">Takes the progress.</param>
    /// <param name="quiet">Whether to show none.</param>
    public void Train(IEnumerable<SweepRow> rows, TextWriter error, bool quiet)
    {
        (MemberSettings Kernel, SweepRow[] Members)[] groups =
        [
            .. from row in rows
               group row by KernelOf(row) into kernel
               select (kernel.Key, CompiledKernels.Fits(kernel.Key.Training) ? kernel.ToArray() : kernel.Take(MostAlone).ToArray()),
        ];
        groups = groups[..Math.Min(groups.Length, MostGroups)];
        long steps = groups.Sum(group => group.Members.Length * group.Kernel.Steps);
        if (steps > 0)
        {
            PopulationProgress.Show(error, quiet, before: 0, steps, show => Train(groups, show));
        }
    }

    private void Train((MemberSettings Kernel, SweepRow[] Members)[] groups, Action<long> show)
    {
        Dictionary<object, CompiledKernels> compiled = [];
        foreach ((MemberSettings settings, SweepRow[] members) in groups)
        {
            TrainingSettings kernel = settings.Training;
            MemberData own = data with { Rows = settings.Rows, Distribution = settings.Distribution };
            long steps = settings.Steps;
            if (!CompiledKernels.Fits(kernel))
            {
                foreach (SweepRow row in members)
                {
                    TrainAlone(row, own);
                    show(steps);
                }

                continue;
            }

            CompiledKernels? known = compiled.GetValueOrDefault(settings.Code);
            DataSet? shared = own.IsShared ? own.Draw(result.BaseSettings.Seed).Rows : null;
            CompiledKernels kernels = compiled[settings.Code] = shared is not null
                ? known?.For(kernel, shared) ?? new CompiledKernels(device, kernel, shared, fastMath: fastMath)
                : known?.For(kernel, own.Rows) ?? new CompiledKernels(device, kernel, own.Distribution, own.Rows, fastMath: fastMath);
            foreach (SweepRow[] chunk in members.Chunk(Chunk))
            {
                Train(kernels, chunk, kernel.Epochs, own);
                show(steps * chunk.Length);
            }
        }
    }

    // What a kernel has for all of its members: all but what each has of its own.
    private MemberSettings KernelOf(SweepRow row)
    {
        MemberSettings member = result.MemberOf(row);
        return member with { Training = SettingTable.Shared(member.Training), Rows = data.File is null ? member.Rows : data.Rows };
    }

    private void Train(CompiledKernels kernels, SweepRow[] rows, int epochs, MemberData own)
    {
        using CompiledTrainer trainer = new(kernels, [.. rows.Select(row => result.SettingsOf(row))]);
        if (own.Initial is InitialNetworks initial)
        {
            trainer.WriteStates([.. trainer.ReadStates().Select(state => state.StartingFrom(initial.Start))]);
        }

        List<EpochLosses[]> losses = [];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            trainer.Train(trainer.StepsPerEpoch, withLosses: true);
            losses.Add(trainer.ReadLosses());
        }

        GanParameters[] parameters = trainer.ReadJudged();
        for (int i = 0; i < rows.Length; i++)
        {
            Keep(rows[i], [.. losses.Select(epoch => epoch[i])], parameters[i], own);
        }
    }

    private void TrainAlone(SweepRow row, MemberData own)
    {
        TrainingSettings settings = result.SettingsOf(row);
        using ITrainer training = Trainers.Begin(Engine.Auto, fastMath: false, device, settings, own.Draw(settings.Seed).Rows);
        own.Initial?.Start(training);
        List<EpochLosses> losses = [];
        while (losses.Count < settings.Epochs && training.DivergedAt is null)
        {
            losses.Add(training.TrainEpoch());
        }

        Keep(row, losses, training.ReadJudged(), own);
    }

    private void Keep(SweepRow row, IReadOnlyList<EpochLosses> losses, GanParameters parameters, MemberData own)
    {
        Different += row.LossD is double lossD && losses[^1].LossD != (float)lossD ? 1 : 0;
        looks[row.Member] = Look(row, losses, parameters, own);
    }

    private JsonObject Look(SweepRow row, IReadOnlyList<EpochLosses> losses, GanParameters parameters, MemberData own)
    {
        TrainingSettings settings = result.SettingsOf(row);
        return new JsonObject
        {
            ["member"] = row.Member,
            ["seed"] = row.Seed.ToString(CultureInfo.InvariantCulture),
            ["command"] = TrainingOptions.Command(settings, own, fastMath),
            ["converged"] = row.Converged == true,
            ["looks"] = row.LooksConverged,
            ["runaway"] = row.Runaway == true,
            ["score"] = Rounded.Number(Ranking.Score(row, result.Limits)),
            ["kl_divergence"] = row.KlDivergence is double divergence ? Rounded.Number(divergence) : null,
            ["nearest_neighbor_accuracy"] = row.NearestNeighborAccuracy is double neighbors ? Rounded.Number(neighbors) : null,
            ["diverged_at"] = row.DivergedAt,
            ["epochs"] = settings.Epochs,
            ["trained"] = losses.Count,
            ["loss_d"] = Rounded.Thinned([.. losses.Select(loss => (double)loss.LossD)], MostEpochs),
            ["loss_g"] = Rounded.Thinned([.. losses.Select(loss => (double)loss.LossG)], MostEpochs),
            ["made"] = row.DivergedAt is null ? Made(parameters, settings) : [],
        };
    }

    private JsonArray Made(GanParameters parameters, TrainingSettings settings)
    {
        bool isLine = settings.Generator.Outputs == 1;
        Table rows = standardization.Undo(GeneratedSamples.Draw(parameters, settings.Seed, isLine ? CountedRows : Points));
        return isLine ? frame.Histogram(rows) : frame.Points(rows, Points);
    }
}
