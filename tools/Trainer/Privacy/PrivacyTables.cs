using System.Globalization;
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
        IReadOnlyList<PrivacyCurve> curves = PrivacyCurve.Of(lines);
        WriteRows(folder.File("rows.csv"), rows);
        PhaseTable.Write(folder.File("privacy.csv"), ["label", "defence", "seeds", "rate", "train", "validation", "hardPrune", "epsilon", "attack", "attackLow", "attackHigh", "againstReference"], lines.Select(Fields));
        PhaseTable.Write(folder.File("game.csv"), ["label", "seed", "phase", "epoch", "gain", "ownAccuracy", "heldOutAccuracy"], rows.SelectMany(Games));
        if (lines.FirstOrDefault(line => line.Contender.IsUndefended) is { } undefended)
        {
            PhaseTable.Write(folder.File("curves.csv"), ["defence", "pointsBelowUndefended", "validation", "attack"], curves.SelectMany(curve => Interpolated(curve, undefended.Validation)));
        }

        Draw(folder.File("attack-by-accuracy.svg"), settings.Name, curves);
    }

    private static void WriteRows(string path, IReadOnlyList<PrivacyRow> rows)
    {
        string[] attacks = [.. rows.SelectMany(row => row.Attacks.Select(attack => attack.Name)).Distinct()];
        string[] header = ["label", "seed", "rate", "train", "validation", "hardPrune", "epsilon", "strongest", "attackChoice", "attack", "attackLow", "attackHigh", "againstReference", .. attacks, "cpuSeconds"];
        PhaseTable.Write(path, header, rows.Select(row => Fields(row, attacks)));
    }

    private static string[] Fields(PrivacyRow row, string[] attacks)
    {
        AttackResult strongest = AttackSuite.Strongest(row.Attacks);
        return
        [
            row.Label, Whole(row.Seed), Number(row.Rate), Number(row.Train), Number(row.Validation), Number(row.HardPrune), Number(row.Epsilon), strongest.Name, Number(strongest.Choice), Number(strongest.Test),
            Number(strongest.Low), Number(strongest.High), Number(row.AgainstReference.Test), .. attacks.Select(name => Number(row.Attacks.FirstOrDefault(attack => attack.Name == name)?.Test)), Number(row.CpuSeconds),
        ];
    }

    private static string[] Fields(PrivacyLine line) =>
    [
        line.Contender.Label, line.Contender.Defence, Whole((ulong)line.Rows.Count), Number(line.Rows.Average(row => row.Rate)), Number(line.Rows.Average(row => row.Train)), Number(line.Validation),
        Number(line.Rows.Average(row => row.HardPrune)), Number(line.Rows.Average(row => row.Epsilon)), Number(line.Attack.Mean), Number(line.Attack.Low), Number(line.Attack.High), Number(line.Rows.Average(row => row.AgainstReference.Test)),
    ];

    private static IEnumerable<string[]> Games(PrivacyRow row) => row.Game.Select(epoch => (string[])
        [row.Label, Whole(row.Seed), epoch.Phase, Whole((ulong)epoch.Epoch), Number(epoch.Gain), Number(epoch.OwnAccuracy), Number(epoch.HeldOutAccuracy)]);

    private static IEnumerable<string[]> Interpolated(PrivacyCurve curve, double undefended) => Levels.Select(level => (string[])
        [curve.Defence, Number(100 * level), Number(undefended - level), Number(curve.At(undefended - level))]);

    private static void Draw(string path, string name, IReadOnlyList<PrivacyCurve> curves)
    {
        var picture = new AccuracyPicture($"{name}: strongest attack by validation accuracy", "validation accuracy");
        foreach ((int colour, PrivacyCurve curve) in curves.Index())
        {
            picture.Add(curve.Defence, curve.Points, 2, colour: colour);
        }

        picture.Write(path);
    }

    private static string Whole(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double? value) => value is { } number ? PhaseTable.Number(number) : string.Empty;
}
