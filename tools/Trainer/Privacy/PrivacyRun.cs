using System.Security.Cryptography;
using System.Text;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Privacy.Attacks;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>Runs what is not yet finished of a study, row by row, and writes its tables and picture from everything that is.</summary>
internal sealed class PrivacyRun(PrivacySettings settings, TrainerConfiguration training, PrivacyFolder folder, ProgressLine progress)
{
    // Of attacks and games: counts up when a constant in them changes what a row holds.
    private const int Version = 1;

    /// <returns>False when stopped; the row that ran begins again next time.</returns>
    public bool Execute(CancellationToken stop)
    {
        Report(); // refuses foreign rows before any work
        foreach (ulong seed in settings.Seeds)
        {
            PrivacyContender[] missing = [.. settings.Contenders.Where(contender => Finished(contender, seed) is null)];
            if (missing.Length == 0)
            {
                continue;
            }

            PrivacyData data = PrivacyData.Load(settings, training, seed, stop);
            foreach (PrivacyContender contender in missing)
            {
                var row = new PrivacyTraining(settings, training, data, folder, contender, seed, progress);
                if (row.Run(Fingerprint(contender, seed), stop) is not { } finished)
                {
                    return false;
                }

                folder.Finish(finished);
                AttackResult strongest = AttackSuite.Strongest(finished.Attacks);
                progress.Line(FormattableString.Invariant(
                    $"{contender.Label}, seed {seed}: members {finished.Train:P2}, validation {finished.Validation:P2}, strongest attack {strongest.Name} {strongest.Test:P1} ({strongest.Low:P1} to {strongest.High:P1}), {finished.CpuSeconds:F0} s"));
                Report();
            }
        }

        Report();
        return true;
    }

    /// <summary>Prints the rows to run and the CPU time that they may take, and returns it.</summary>
    public TimeSpan Estimate(TextWriter output)
    {
        PrivacyMissing[] missing =
        [
            .. from seed in settings.Seeds
               from contender in settings.Contenders
               where Finished(contender, seed) is null
               select new PrivacyMissing(contender, seed, (settings.References?.Models.Count ?? 0) - folder.Answered(contender.Label, seed, Fingerprint(contender, seed))),
        ];
        output.WriteLine($"{settings.Seeds.Count * settings.Contenders.Count} rows, {missing.Length} to run here");
        ulong[] fromDense = [.. missing.Where(row => row.Contender.StartsFromDense && row.Models > 0).Select(row => row.Seed).Distinct()];
        int ofAttackers = fromDense.Sum(seed => settings.References!.Models.Count(model => !folder.HasDense(seed, "-" + model)));
        return new PrivacyEstimate(settings, training).Print(missing, (missing.Select(row => row.Seed).Distinct().Count(seed => !folder.HasDense(seed)), ofAttackers), output);
    }

    /// <summary>Tables and picture of the finished rows.</summary>
    public void Report()
    {
        PrivacyRow[] rows =
        [
            .. from contender in settings.Contenders
               from seed in settings.Seeds
               select Finished(contender, seed) into row
               where row is not null
               select row,
        ];
        PrivacyTables.Write(folder, settings, rows);
    }

    private PrivacyRow? Finished(PrivacyContender contender, ulong seed) => folder.Finished(contender.Label, seed, Fingerprint(contender, seed));

    // Everything a row depends on and nothing else: more seeds or contenders, or numbers that it does not use, leave a finished row valid.
    private string Fingerprint(PrivacyContender contender, ulong seed)
    {
        string[] parts =
        [
            $"code {Version}", ConfigurationFile.Fingerprint(training with { Seed = seed, Name = string.Empty }, "dense", string.Empty), $"{settings.Members} {settings.Validation}",
            ConfigurationFile.Text(contender with { Defence = string.Empty, Label = string.Empty }),
            contender.IsPruned ? ConfigurationFile.Text(settings.Pruning(contender)) + ConfigurationFile.Text(settings.Prune) + ConfigurationFile.Text(settings.Retrain) : string.Empty,
            contender.Lambda > 0 ? ConfigurationFile.Text(settings.Game) : string.Empty,
            contender.Sigma is not null ? ConfigurationFile.Text(settings.Dp) : string.Empty,
            .. settings.References is { } references ? (string[])[FormattableString.Invariant($"{references.Lira} models of LiRA, {references.Shadow} shadow models")] : [],
            .. contender.Scratch ? (string[])["twins start from other weights than the dense network, as widely as their mask needs"] : [],
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..16];
    }
}
