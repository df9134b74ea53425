using System.Security.Cryptography;
using System.Text;
using BcnnSim.Design;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>Runs what is not yet finished of a comparison, row by row, and writes its tables and pictures from everything that is.</summary>
internal sealed class ComparisonRun(ComparisonSettings settings, ComparisonTrainings trainings, ComparisonFolder folder, AcceleratorDesign? design, ProgressLine progress)
{
    /// <param name="part">This process takes the rows at places part, part + parts, ... of the list.</param>
    /// <param name="parts">Processes that share the folder.</param>
    /// <param name="stop">The row that runs is given up and begins again next time.</param>
    /// <returns>False when stopped.</returns>
    public bool Execute(int part, int parts, CancellationToken stop)
    {
        ComparisonKey[] missing = Missing(part, parts);
        if (missing.Length > 0)
        {
            Dictionary<int, ComparisonData> loaded = [];
            foreach (ComparisonKey key in missing)
            {
                DataSettings wanted = trainings.Of(key.Label).Data;
                if (!loaded.TryGetValue(wanted.InputBits, out ComparisonData? data))
                {
                    loaded.Add(wanted.InputBits, data = ComparisonData.Load(trainings.Of(key.Label), stop));
                }

                using var row = new RowTraining(settings, trainings, data, folder, key, design, progress);
                if (row.Run(Fingerprint(key), stop) is not { } finished)
                {
                    return false;
                }

                folder.Finish(finished);
                progress.Line(FormattableString.Invariant($"{key.Name}: hard prune {finished.HardPrune:P2}, retrained {finished.Best:P2}, {(finished.Test is null ? "validation" : "test")} {finished.Final:P2}, {finished.CpuSeconds:F0} s"));
                Report();
            }
        }

        Report();
        return true;
    }

    /// <summary>Says what <see cref="Execute"/> would do and how long it may take, which it returns in CPU time; trains nothing.</summary>
    public TimeSpan Estimate(int part, int parts, TextWriter output)
    {
        ComparisonKey[] missing = Missing(part, parts);
        string[] untrained = [.. missing.Select(key => (Owner: trainings.Owner(settings, key.Label), key.Seed, key.Label)).DistinctBy(dense => (dense.Owner, dense.Seed))
            .Where(dense => !folder.HasDense(dense.Owner, dense.Seed)).Select(dense => dense.Label)];
        return new ComparisonEstimate(settings, trainings).Print(missing, untrained, output);
    }

    /// <summary>Tables and pictures of the finished rows.</summary>
    public void Report()
    {
        using FileStream held = folder.HoldTables(CancellationToken.None);
        ComparisonRow[] rows = [.. settings.Keys().Select(key => folder.Finished(key, Fingerprint(key))).OfType<ComparisonRow>()];
        IReadOnlyList<ComparisonLine> lines = ComparisonLine.Of(rows, settings.Reference);
        ComparisonTables.Write(folder, rows, lines);
        ComparisonMarkdown.Write(folder, settings, lines);
        ComparisonPictures.Write(folder, settings.Name, lines);
    }

    private ComparisonKey[] Missing(int part, int parts)
    {
        ComparisonKey[] keys = [.. settings.Keys()];
        ComparisonKey[] missing = [.. keys.Where((key, i) => i % parts == part && folder.Finished(key, Fingerprint(key)) is null)];
        progress.Line(FormattableString.Invariant($"{keys.Length} rows, {missing.Length} to run here"));
        return missing;
    }

    // Everything a row depends on; more seeds, rates, structures or contenders leave finished rows valid.
    private string Fingerprint(ComparisonKey key)
    {
        ComparisonSettings part = settings with
        {
            Name = string.Empty,
            Training = string.Empty,
            Reference = string.Empty,
            Contenders = [settings.Contender(key.Label) with { Structures = null, Rates = null, Training = null }],
            Structures = [key.Structure],
            Block = key.Structure == PruningStructure.Block ? settings.Block : null,
            Rates = [key.Rate],
            Seeds = [key.Seed],
        };
        string training = ConfigurationFile.Fingerprint(trainings.Of(key.Label) with { Seed = key.Seed, Name = string.Empty }, "dense", string.Empty);
        byte[] text = Encoding.UTF8.GetBytes(ConfigurationFile.Text(part) + training);
        return Convert.ToHexStringLower(SHA256.HashData(text))[..16];
    }
}
