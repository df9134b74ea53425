using System.Globalization;

namespace BcnnSim.Trainer.Data;

/// <summary>What decides every burst of a set, apart from its split and index.</summary>
public sealed record BurstSetDesign
{
    /// <summary>Version of the generator: raised when the same design would give other samples.</summary>
    public const int GeneratorVersion = 1;

    /// <summary>Name of the set; part of every stream's key.</summary>
    public string Set { get; init; } = "iq-11";

    /// <summary>Seed; part of every stream's key.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Channel.</summary>
    public ChannelPreset Channel { get; init; } = ChannelPresets.Like2016;

    /// <summary>Samples per burst: 128, 256, 512 or 1,024.</summary>
    public int Samples { get; init; } = 1024;

    /// <summary>Classes in label order.</summary>
    public IReadOnlyList<Modulation> Modulations { get; init; } = ModulationNames.All;

    /// <summary>SNR values in dB.</summary>
    public IReadOnlyList<double> SnrsDb { get; init; } = [.. Enumerable.Range(0, 20).Select(k => -20.0 + (2 * k))];

    /// <summary>Bursts of the training part.</summary>
    public int TrainCount { get; init; } = 44_000;

    /// <summary>Bursts of the validation part.</summary>
    public int ValidationCount { get; init; } = 11_000;

    /// <summary>Bursts of the test part.</summary>
    public int TestCount { get; init; } = 22_000;

    /// <summary>Bursts of one part.</summary>
    public int Count(DataSplit split) => split switch
    {
        DataSplit.Train => TrainCount,
        DataSplit.Validation => ValidationCount,
        _ => TestCount,
    };

    /// <summary>
    /// Class and SNR of a burst: classes run fastest, then SNRs, so every run of classes*SNRs bursts from a multiple of it
    /// holds each pair exactly once.
    /// </summary>
    public (int Label, double SnrDb) Cell(int index) =>
        (index % Modulations.Count, SnrsDb[index / Modulations.Count % SnrsDb.Count]);

    /// <summary>One canonical line; equal lines mean equal bursts.</summary>
    public string Canonical() => string.Create(
        CultureInfo.InvariantCulture,
        $"generator {GeneratorVersion} set {Set} seed {Seed} samples {Samples} channel {Channel.Canonical()} modulations {string.Join(',', Modulations)} snr {string.Join(',', SnrsDb.Select(s => s.ToString("R", CultureInfo.InvariantCulture)))}");

    /// <summary>Throws with every parameter out of its range.</summary>
    public void Check()
    {
        var found = new List<Violation>(Channel.Violations());
        void Refuse(string place, string value, string rule, string remedy) =>
            found.Add(new Violation($"burst set '{Set}'", place, value, rule, remedy));

        if (Samples is not (128 or 256 or 512 or 1024))
        {
            Refuse("samples", $"{Samples}", "must be 128, 256, 512 or 1024", "choose one of them");
        }

        if (Set.Length == 0)
        {
            Refuse("set", "''", "must not be empty", "give a name");
        }

        if (Modulations.Count == 0 || Modulations.Distinct().Count() != Modulations.Count || !Modulations.All(Enum.IsDefined))
        {
            Refuse("modulations", string.Join(',', Modulations), "must be different known modulations", "name each one once");
        }

        if (SnrsDb.Count == 0 || !SnrsDb.All(s => Math.Abs(s) <= 100) || SnrsDb.Distinct().Count() != SnrsDb.Count)
        {
            Refuse("snrsDb", string.Join(',', SnrsDb), "must be different values in -100..100 dB", "name each one once");
        }

        int cells = Math.Max(1, Modulations.Count * SnrsDb.Count);
        foreach (DataSplit split in Enum.GetValues<DataSplit>())
        {
            if (Count(split) < 0 || Count(split) % cells != 0)
            {
                Refuse(
                    $"count of {split}",
                    $"{Count(split)}",
                    $"must be a multiple of classes x SNRs = {cells}",
                    "choose a multiple, so that labels and SNRs stay balanced");
            }
        }

        if (found.Count > 0)
        {
            throw new InputException(found);
        }
    }
}
