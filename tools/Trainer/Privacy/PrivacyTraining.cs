using System.Diagnostics;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Privacy.Attacks;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>One row: a defended network, an attacker's models where they are asked for, and every attack.</summary>
internal sealed class PrivacyTraining(
    PrivacySettings settings, TrainerConfiguration training, PrivacyData data, PrivacyFolder folder, PrivacyContender contender, ulong seed, ProgressLine progress)
{
    private static TimeSpan Spent => Process.GetCurrentProcess().TotalProcessorTime;

    /// <summary>Null when stopped; the row then begins again, behind the attacker's models that are whole.</summary>
    public PrivacyRow? Run(string fingerprint, CancellationToken stop)
    {
        using var model = new DefendedTraining(settings, training, data.Own, contender, seed, progress);
        if (!model.Dense(folder.Dense(seed), stop))
        {
            return null;
        }

        TimeSpan before = Spent;
        try
        {
            if (!model.Defend(folder.Begin(contender.Label, seed), stop))
            {
                return null;
            }
        }
        catch (DivergenceException diverged)
        {
            // Numbers under which training blows up are a result of the defence, not of the study: they count as guessing.
            progress.Line(diverged.Message);
            return PrivacyRow.Guessing(contender.Label, seed, fingerprint, 1.0 / data.NonMembers.Classes) with { Epsilon = model.Epsilon };
        }

        return Attacked(model, fingerprint, Spent - before, stop);
    }

    private PrivacyRow? Attacked(DefendedTraining model, string fingerprint, TimeSpan cpu, CancellationToken stop)
    {
        var references = new ReferenceModels(settings, training, data, folder, contender, seed, fingerprint, progress);
        if (references.Compared(model.Answers(data.Own.Members), model.Answers(data.NonMembers), stop) is not { } compared || references.Shadows(stop) is not { Finished: true } shadows)
        {
            return null;
        }

        TimeSpan before = Spent;
        IReadOnlyList<AttackResult> attacks = AttackSuite.Run(compared.Members, compared.Others, seed, shadows.Answers);
        string strongest = AttackSuite.Strongest([.. attacks.Where(attack => attack.Name != AttackSuite.LikelihoodRatioName)]).Name; // no model of LiRA learned a frame of D'
        return new()
        {
            Label = contender.Label,
            Seed = seed,
            Fingerprint = fingerprint,
            Processor = ProcessorFeatures.Describe(),
            Rate = model.Rate,
            Train = compared.Members.Accuracy,
            Validation = model.Answers(data.Own.Validation).Accuracy,
            HardPrune = model.HardPruneAccuracy,
            Epsilon = model.Epsilon,
            Violation = model.Violation,
            Diverged = false,
            Attacks = attacks,
            AgainstReference = AttackSuite.Run(strongest, compared.Members, model.Answers(data.Own.Reference), seed, shadows.Answers),
            AttackerModels = references.Count,
            Game = model.Game,
            CpuSeconds = Math.Round((cpu + Spent - before).TotalSeconds, 1),
        };
    }
}
