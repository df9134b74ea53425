namespace BcnnSim.Trainer.Data.Captures;

/// <summary>
/// Which part a burst belongs to: 70 % training, 15 % validation, 15 % test, whatever the seed. Whole recordings of a class that can
/// have one in every part: neighbouring bursts share emitter, channel and receiver, and a network that was trained on one is not tested
/// by the other. The bursts of any other class in a recording are cut in the order of time, and one burst at each cut is in no part;
/// where it shares a recording with a class of whole recordings, the two can be in different parts.
/// </summary>
internal sealed class CaptureSplit
{
    /// <summary>Bursts of a class in one recording from which on every part has one of them.</summary>
    public const int EveryPart = 11;

    private const int Train = 70;
    private const int Validation = 15;
    private const int None = -1;
    private static readonly DataSplit[] Parts = Enum.GetValues<DataSplit>();

    private readonly int[] parts;
    private readonly bool[] whole;

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

        (whole, int[] assigned) = WholeRecordings(counts);
        int[] segments = Segments(bursts, counts);
        parts = [.. bursts.Select((burst, i) => whole[burst.Label] ? assigned[burst.Recording] : segments[i])];
    }

    /// <summary>No recording has bursts of this class in two parts.</summary>
    public bool Whole(int label) => whole[label];

    /// <summary>Part of a burst; null = in none.</summary>
    public DataSplit? Of(int burst) => parts[burst] == None ? null : Parts[parts[burst]];

    // A class that lacks a part leaves, the one in the fewest recordings first, and the others are shared out again without it.
    private static (bool[] Whole, int[] Assigned) WholeRecordings(int[,] counts)
    {
        (int recordings, int classes) = (counts.GetLength(0), counts.GetLength(1));
        int Holders(int k) => Enumerable.Range(0, recordings).Count(r => counts[r, k] > 0);
        bool[] whole = [.. Enumerable.Range(0, classes).Select(k => Holders(k) >= Parts.Length)];
        while (true)
        {
            (int[] assigned, double[,] got) = ShareOut(counts, whole);
            int[] lacking = [.. Enumerable.Range(0, classes).Where(k => whole[k] && Parts.Any(part => got[(int)part, k] == 0))];
            if (lacking.Length == 0)
            {
                return (whole, assigned);
            }

            whole[lacking.MinBy(Holders)] = false;
        }
    }

    // The rarest class first (Sechidis, Tsoumakas, Vlahavas, ECML PKDD 2011); a part without the class before one that wants more of it.
    private static (int[] Assigned, double[,] Got) ShareOut(int[,] counts, bool[] whole)
    {
        (int recordings, int classes) = (counts.GetLength(0), counts.GetLength(1));
        int[] order = [.. Enumerable.Range(0, recordings)];
        StratifiedOrder.Shuffle(order, new BurstRandom(0, "capture split", DataSplit.Train, 0));
        int[] assigned = [.. Enumerable.Repeat(None, recordings)];
        var got = new double[Parts.Length, classes];
        while (true)
        {
            int[] open = [.. order.Where(r => assigned[r] == None)];
            int rarest = Enumerable.Range(0, classes).Where(k => whole[k] && open.Any(r => counts[r, k] > 0)).OrderBy(k => open.Count(r => counts[r, k] > 0)).FirstOrDefault(None);
            if (rarest == None)
            {
                return (assigned, got);
            }

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
            parts[i] = Segment(rank[recording, label]++, counts[recording, label]);
        }

        return parts;
    }

    /// <summary>Part of burst <paramref name="at"/> of <paramref name="count"/> in the order of time.</summary>
    internal static int Segment(int at, int count)
    {
        long first = (long)count * Train / 100, second = (long)count * (Train + Validation) / 100;
        return at < first ? 0 : at == first ? None : at < second ? 1 : at == second ? None : 2;
    }
}
