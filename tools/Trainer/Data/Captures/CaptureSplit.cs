namespace BcnnSim.Trainer.Data.Captures;

/// <summary>
/// Which part a burst belongs to: 70 % training, 15 % validation, 15 % test, whatever the seed. Whole recordings where every class can
/// have one in every part: neighbouring bursts share emitter, channel and receiver, and a network that was trained on one is not tested
/// by the other. Otherwise the bursts of a class in a recording are cut in the order of time, and one burst at each cut is in no part.
/// </summary>
internal sealed class CaptureSplit
{
    private const int Train = 70;
    private const int Validation = 15;
    private const int None = -1;
    private static readonly DataSplit[] Parts = Enum.GetValues<DataSplit>();

    private readonly int[] parts;

    /// <param name="bursts">In the order of recordings and of time.</param>
    /// <param name="recordings">Their number.</param>
    /// <param name="classes">Their number.</param>
    public CaptureSplit(IReadOnlyList<CaptureBurst> bursts, int recordings, int classes)
    {
        var counts = new int[recordings, classes];
        foreach (CaptureBurst burst in bursts)
        {
            counts[burst.Recording, burst.Label]++;
        }

        int[]? whole = Recordings(counts);
        WholeRecordings = whole is not null;
        parts = whole is null ? Segments(bursts, counts) : [.. bursts.Select(burst => whole[burst.Recording])];
    }

    /// <summary>No recording has bursts in two parts.</summary>
    public bool WholeRecordings { get; }

    public string Name => WholeRecordings ? "whole recordings" : "segments of recordings";

    /// <summary>Part of a burst; null = in none.</summary>
    public DataSplit? Of(int burst) => parts[burst] == None ? null : Parts[parts[burst]];

    // The rarest class first (Sechidis, Tsoumakas, Vlahavas, ECML PKDD 2011); a part without the class before one that wants more of it.
    private static int[]? Recordings(int[,] counts)
    {
        (int recordings, int classes) = (counts.GetLength(0), counts.GetLength(1));
        int[] order = [.. Enumerable.Range(0, recordings)];
        StratifiedOrder.Shuffle(order, new BurstRandom(0, "capture split", DataSplit.Train, 0));
        int[] assigned = [.. Enumerable.Repeat(None, recordings)];
        var got = new double[Parts.Length, classes];
        while (assigned.Contains(None))
        {
            int[] open = [.. order.Where(r => assigned[r] == None)];
            int rarest = Enumerable.Range(0, classes).Where(k => open.Any(r => counts[r, k] > 0)).OrderBy(k => open.Count(r => counts[r, k] > 0)).First();
            foreach (int recording in open.Where(r => counts[r, rarest] > 0))
            {
                int part = Neediest(counts, got, rarest);
                assigned[recording] = part;
                for (int k = 0; k < classes; k++)
                {
                    got[part, k] += counts[recording, k];
                }
            }
        }

        return Parts.All(part => Enumerable.Range(0, classes).All(k => got[(int)part, k] > 0)) ? assigned : null;
    }

    private static int Neediest(int[,] counts, double[,] got, int label)
    {
        double total = Enumerable.Range(0, counts.GetLength(0)).Sum(r => (double)counts[r, label]);
        double Need(int part) => got[part, label] == 0 ? double.PositiveInfinity : (Share(part) * total / 100) - got[part, label];
        return Enumerable.Range(0, Parts.Length).MaxBy(Need);
    }

    private static int Share(int part) => part switch { 0 => Train, 1 => Validation, _ => 100 - Train - Validation };

    private static int[] Segments(IReadOnlyList<CaptureBurst> bursts, int[,] counts)
    {
        var rank = new int[counts.GetLength(0), counts.GetLength(1)];
        var parts = new int[bursts.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            (int recording, int label) = (bursts[i].Recording, bursts[i].Label);
            int at = rank[recording, label]++, count = counts[recording, label];
            int first = count * Train / 100, second = count * (Train + Validation) / 100;
            parts[i] = at < first ? 0 : at == first ? None : at < second ? 1 : at == second ? None : 2;
        }

        return parts;
    }
}
