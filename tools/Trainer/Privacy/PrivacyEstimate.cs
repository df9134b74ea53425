using System.Diagnostics;
using System.Globalization;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Privacy.Attacks;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>CPU time that rows of a study are expected to take, from a few steps of its networks and of the attacker's on random values.</summary>
internal sealed class PrivacyEstimate(PrivacySettings settings, TrainerConfiguration training)
{
    // A forward pass is a third of a step.
    private const double ForwardShare = 1.0 / 3;

    private readonly NetShape dense = training.Shape(DataSplits.Shape(training).Input, DataSplits.Shape(training).Classes);
    private readonly Dictionary<string, double> speeds = [];

    /// <summary>One line per contender, and the sum.</summary>
    /// <param name="missing">Rows to run.</param>
    /// <param name="untrained">Dense networks that are not there yet, of seeds and of an attacker's models.</param>
    /// <param name="output">Takes the lines.</param>
    public TimeSpan Print(IReadOnlyList<PrivacyMissing> missing, (int Seeds, int Models) untrained, TextWriter output)
    {
        double whole = (untrained.Seeds + untrained.Models) * Phase(training.Dense.Epochs, dense);
        output.WriteLine($"network: {dense.ComplexWeights} weights, {dense.MultiplyAccumulates} products per frame");
        output.WriteLine($"dense networks: {untrained.Seeds} of seeds and {untrained.Models} of attackers to train, {Duration(whole)} of CPU time");
        foreach (IGrouping<PrivacyContender, PrivacyMissing> rows in missing.GroupBy(row => row.Contender))
        {
            double all = rows.Sum(row => ((1 + row.Models) * Defence(row.Contender)) + Attacks());
            whole += all;
            output.WriteLine($"{rows.Key.Label}: {rows.Count()} rows, {Duration(all / rows.Count())} each, {rows.Sum(row => row.Models)} models of an attacker in them");
        }

        output.WriteLine($"whole: {Duration(whole)} of CPU time");
        return TimeSpan.FromSeconds(whole);
    }

    private static string Duration(double seconds) => DurationText.Of(TimeSpan.FromSeconds(seconds));

    // Seconds of one defence behind its dense network.
    private double Defence(PrivacyContender contender)
    {
        if (contender.Sigma is not null)
        {
            return settings.Dp!.Epochs * settings.Members / Speed(dense, 1); // frame by frame
        }

        if (!contender.IsPruned)
        {
            return contender.IsUndefended ? 0 : Phase(contender.Epochs ?? training.Dense.Epochs, dense);
        }

        var plan = new PruningPlan(settings.Pruning(contender), dense, training.LeastChannels);
        NetShape kept = plan.Form.LeavesShapes ? plan.Shape(plan.Counts(null)) : dense;
        if (contender.Scratch)
        {
            return Phase(training.Dense.Epochs + settings.Prune.Epochs + settings.Retrain.Epochs, kept);
        }

        double objective = ForwardShare * settings.Prune.Epochs * PruningTarget.ObjectiveFrames / Speed(dense, training.Batch);
        return Phase(settings.Prune.Epochs, dense) + objective + Phase(settings.Retrain.Epochs, kept) + (contender.Lambda > 0 ? Game() : 0);
    }

    // D' forward, and back where both terms are asked for; h on both sides, and through it on the members'.
    private double Game()
    {
        int played = settings.Prune.Epochs + settings.Retrain.Epochs;
        double network = (played * (settings.Game.BothTerms ? 1 + ForwardShare : ForwardShare)) + (2 * ForwardShare * settings.Game.WarmUpEpochs);
        double attacker = (played * ((2 * settings.Game.AttackSteps) + (settings.Game.BothTerms ? 2 : 1))) + (2 * settings.Game.WarmUpEpochs);
        return settings.Members * ((network / Speed(dense, training.Batch)) + (attacker / AttackerSpeed()));
    }

    // The network's answers on every set, h trained anew on attack-train and on all that shadow models answered.
    private double Attacks()
    {
        double answers = ForwardShare * ((3 * settings.Members) + settings.Validation) / Speed(dense, training.Batch);
        int shadows = settings.References?.Shadow ?? 0;
        return answers + (NetworkAttack.Epochs * settings.Members * (0.8 + (2 * shadows)) / AttackerSpeed());
    }

    private double Phase(int epochs, NetShape shape)
    {
        double evaluated = ForwardShare * (settings.Validation + Math.Min(training.CalibrationFrames, settings.Members));
        return epochs * (settings.Members + evaluated) / Speed(shape, training.Batch);
    }

    // Images per CPU second of a step.
    private double Speed(NetShape shape, int batch) => Measured(
        string.Create(CultureInfo.InvariantCulture, $"{batch} {string.Join('/', shape.Layers.Select(layer => layer.OutputChannels))}"),
        () => StepMeasurement.Of(training with { Batch = batch }, shape, 1).Timing.ImagesPerCpuSecond);

    private double AttackerSpeed() => Measured("attacker", () =>
    {
        const int Steps = 10;
        var answers = new ModelAnswers(new float[NetworkAttack.Batch * dense.Classes], new int[NetworkAttack.Batch], dense.Classes);
        var attack = new NetworkAttack(dense.Classes, 1);
        attack.Learn(answers, 1);
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        attack.Learn(answers, Steps);
        return Steps * NetworkAttack.Batch / (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
    });

    private double Measured(string key, Func<double> speed)
    {
        if (!speeds.TryGetValue(key, out double found))
        {
            speeds.Add(key, found = speed());
        }

        return found;
    }
}
