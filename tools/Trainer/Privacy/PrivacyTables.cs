using System.Globalization;
using BcnnSim.Trainer.Comparison;
using BcnnSim.Trainer.Privacy.Attacks;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>rows.csv: every seed and attack; privacy.csv: means over seeds; curves.csv: defences at equal accuracy; game.csv: games by epoch; a picture.</summary>
internal static class PrivacyTables
{
    // Below the undefended network (training.md section 6).
    private static readonly double[] Levels = [0.01, 0.02, 0.05];

    public static void Write(PrivacyFolder folder, PrivacySettings settings, IReadOnlyList<PrivacyRow> rows)
    {
        IReadOnlyList<PrivacyLine> lines = PrivacyLine.Of(settings, rows);
        IReadOnlyList<PrivacyCurve> curves = PrivacyCurve.Of(settings, rows);
        WriteRows(folder.File("rows.csv"), rows);
        PhaseTable.Write(folder.File("privacy.csv"), ["label", "defence", "seeds", "rate", "train", "validation", "hardPrune", "epsilon", "converged", "attack", "attackLow", "attackHigh", "againstReference", "truePositives", "truePositivesLow", "truePositivesHigh"], lines.Select(Fields));
        PhaseTable.Write(folder.File("game.csv"), ["label", "seed", "phase", "epoch", "gain", "ownAccuracy", "heldOutAccuracy"], rows.SelectMany(Games));
        string? early = settings.Contenders.FirstOrDefault(contender => contender.Epochs is not null)?.Defence;
        PhaseTable.Write(
            folder.File("curves.csv"), ["defence", "pointsBelowUndefended", "seeds", "ownPoints", "attack", "attackLow", "attackHigh", "pairs", "againstEarlyStopping", "low", "high"],
            curves.GroupBy(curve => curve.Defence).SelectMany(defence => Interpolated([.. defence], [.. curves.Where(curve => curve.Defence == early)])));
        Draw(folder.File("attack-by-accuracy.svg"), settings.Name, lines);
    }

    private static void WriteRows(string path, IReadOnlyList<PrivacyRow> rows)
    {
        string[] attacks = [.. rows.SelectMany(row => row.Attacks.Select(attack => attack.Name)).Distinct()];
        string[] header = ["label", "seed", "rate", "train", "validation", "hardPrune", "epsilon", "violation", "diverged", "strongest", "attackChoice", "attack", "attackLow", "attackHigh", "againstReference", "surest", "truePositives", .. attacks, "cpuSeconds"];
        PhaseTable.Write(path, header, rows.Select(row => Fields(row, attacks)));
    }

    private static string[] Fields(PrivacyRow row, string[] attacks)
    {
        AttackResult strongest = AttackSuite.Strongest(row.Attacks);
        AttackResult? surest = AttackSuite.Surest(row.Attacks);
        return
        [
            row.Label, Whole(row.Seed), Number(row.Rate), Number(row.Train), Number(row.Validation), Number(row.HardPrune), Number(row.Epsilon), Number(row.Violation), row.Diverged ? "yes" : "no", strongest.Name, Number(strongest.Choice), Number(strongest.Test),
            Number(strongest.Low), Number(strongest.High), Number(row.AgainstReference.Test), surest?.Name ?? string.Empty, Number(surest?.TruePositives!.Test), .. attacks.Select(name => Number(row.Attacks.FirstOrDefault(attack => attack.Name == name)?.Test)), Number(row.CpuSeconds),
        ];
    }

    private static string[] Fields(PrivacyLine line) =>
    [
        line.Contender.Label, line.Contender.Defence, Whole((ulong)line.Rows.Count), Number(line.Rows.Average(row => row.Rate)), Number(line.Rows.Average(row => row.Train)), Number(line.Validation),
        Number(line.Rows.Average(row => row.HardPrune)), Number(line.Rows.Average(row => row.Epsilon)), Converged(line), Number(line.Attack.Mean), .. Interval(line.Attack), Number(line.Rows.Average(row => row.AgainstReference.Test)),
        .. Estimate([.. line.Rows.Select(row => AttackSuite.Surest(row.Attacks)?.TruePositives!.Test).OfType<double>()]),
    ];

    private static IEnumerable<string[]> Games(PrivacyRow row) => row.Game.Select(epoch => (string[])
        [row.Label, Whole(row.Seed), epoch.Phase, Whole((ulong)epoch.Epoch), Number(epoch.Gain), Number(epoch.OwnAccuracy), Number(epoch.HeldOutAccuracy)]);

    // At equal accuracy, seed by seed; early stopping is what a defence must beat.
    private static IEnumerable<string[]> Interpolated(PrivacyCurve[] defence, PrivacyCurve[] early) => Levels.Select(level =>
    {
        (double Attack, bool Own)[] found = [.. defence.Select(curve => curve.Below(level)).OfType<(double, bool)>()];
        double[] paired =
        [
            .. from curve in defence
               from other in early.Where(other => other.Seed == curve.Seed)
               let difference = curve.Below(level)?.Attack - other.Below(level)?.Attack
               where difference is not null
               select difference.Value,
        ];
        return (string[])
        [
            defence[0].Defence, Number(100 * level), Whole((ulong)found.Length), Whole((ulong)found.Count(value => value.Own)), .. Estimate([.. found.Select(value => value.Attack)]),
            Whole((ulong)paired.Length), .. Estimate(paired),
        ];
    });

    private static string Converged(PrivacyLine line) => line.Violation is { } violation ? violation > ComparisonLine.ViolationLimit ? "no" : "yes" : string.Empty;

    // Mean and interval, or nothing.
    private static string[] Estimate(double[] values) => values.Length == 0 ? [string.Empty, string.Empty, string.Empty] : [Number(values.Average()), .. Interval(PairedDifference.Of(values))];

    // Means over seeds; the undefended network begins every line.
    private static void Draw(string path, string name, IReadOnlyList<PrivacyLine> lines)
    {
        var picture = new AccuracyPicture($"{name}: strongest attack by validation accuracy", "validation accuracy", ownRange: true);
        IEnumerable<PrivacyLine> undefended = lines.Where(line => line.Contender.IsUndefended);
        foreach ((int colour, IGrouping<string, PrivacyLine> defence) in lines.Where(line => !line.Contender.IsUndefended).GroupBy(line => line.Contender.Defence).Index())
        {
            picture.Add(defence.Key, undefended.Concat(defence).Select(line => (line.Validation, line.Attack.Mean)).OrderBy(point => point.Validation), 2, colour: colour);
        }

        picture.Write(path);
    }

    // One seed has none.
    private static string[] Interval(PairedDifference difference) => difference.Pairs < 2 ? [string.Empty, string.Empty] : [Number(difference.Low), Number(difference.High)];

    private static string Whole(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double? value) => value is { } number ? PhaseTable.Number(number) : string.Empty;
}
