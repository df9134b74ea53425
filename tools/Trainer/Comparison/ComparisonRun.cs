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
                using FileStream? held = folder.TryHoldRow(key);
                if (held is null || Finished(key) is not null)
                {
                    continue; // another process is at it, or has been
                }

                DataSettings wanted = trainings.Of(key.Label).Data;
                if (!loaded.TryGetValue(wanted.InputBits, out ComparisonData? data))
                {
                    loaded.Add(wanted.InputBits, data = ComparisonData.Load(trainings.Of(key.Label), stop));
                    RefuseOtherData(wanted, data.Loaded.Description);
                }

                using var row = new RowTraining(settings, trainings, data, folder, key, design, progress);
                if (row.Run(Fingerprint(key), stop) is not { } finished)
                {
                    return false;
                }

                folder.Finish(finished);
                progress.Line(FormattableString.Invariant($"{key.Name}: hard prune {finished.Pruned:P2}, retrained {finished.Best:P2}, {(finished.Test is null ? "validation" : "test")} {finished.Final:P2}, {finished.CpuSeconds:F0} s"));
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

    /// <summary>Tables and pictures of the finished rows; false, and nothing written, where there is none.</summary>
    public bool Report()
    {
        using FileStream held = folder.HoldTables(CancellationToken.None);
        ComparisonRow[] rows = [.. settings.Keys().Select(Finished).OfType<ComparisonRow>()];
        if (rows.Length == 0)
        {
            return false;
        }

        RefuseMixedRules(rows.Select(row => (row.Key, row.Rules)));
        IReadOnlyList<ComparisonLine> lines = ComparisonLine.Of(rows, settings.Reference, [.. settings.Contenders.Where(contender => contender.StartsAnew).Select(contender => contender.Label)]);
        ComparisonTables.Write(folder, settings, rows, lines);
        ComparisonMarkdown.Write(folder, settings, lines, [.. rows.Where(row => row.Rules != TrainingRules.Of(settings, trainings, row.Key)).Select(row => row.Key.Label).Distinct()]);
        ComparisonPictures.Write(folder, settings, lines);
        return true;
    }

    private ComparisonKey[] Missing(int part, int parts)
    {
        ComparisonKey[] keys = [.. settings.Keys()];
        ComparisonKey[] missing = [.. keys.Where((key, i) => i % parts == part && Finished(key) is null)];
        RefuseMixedRules(keys.Select(key => (key, Finished(key) is { } row ? row.Rules : TrainingRules.Of(settings, trainings, key))));
        progress.Line(FormattableString.Invariant($"{keys.Length} rows, {missing.Length} to run here"));
        return missing;
    }

    private ComparisonRow? Finished(ComparisonKey key) => folder.Finished(key, Fingerprint(key));

    private void RefuseMixedRules(IEnumerable<(ComparisonKey Key, string? Rules)> rows)
    {
        foreach (var line in rows.GroupBy(row => row.Key with { Seed = 0 }))
        {
            if (line.Select(row => row.Rules).Distinct().Count() > 1)
            {
                ComparisonKey old = line.First(row => row.Rules != TrainingRules.Of(settings, trainings, row.Key)).Key;
                throw new InputException(folder.Row(old), "rules", "of an older program", $"must be those of the other seeds: {TrainingRules.Of(settings, trainings, old)}", "Delete the folder of the row: it is run again; or give another folder");
            }
        }
    }

    // Files may change under the same configuration: their contents are known once they are read.
    private void RefuseOtherData(DataSettings data, string description)
    {
        foreach (ComparisonKey key in settings.Keys().Where(key => trainings.Of(key.Label).Data.InputBits == data.InputBits))
        {
            if (Finished(key)?.Data is { } made && made != description)
            {
                throw new InputException(folder.Row(key), "data", made, $"must be those of the other rows, which are now {description}", "Restore the data, or give another folder");
            }
        }
    }

    // Everything a row depends on; more seeds, rates, structures or contenders leave finished rows valid.
    private string Fingerprint(ComparisonKey key)
    {
        ComparisonSettings part = settings with
        {
            Name = string.Empty,
            Training = string.Empty,
            Reference = string.Empty,
            Design = design is null ? null : DesignFile.ToJson(design),
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
