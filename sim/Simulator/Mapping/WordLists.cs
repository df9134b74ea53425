using BcnnSim.Networks;

namespace BcnnSim.Mapping;

/// <summary>
/// Block list of one layer: for each output group the rising window words that are sent to the array. A word is left out where every
/// weight of its (output group x word) block is masked; one word per group is always sent, so that a tile's sums exist.
/// </summary>
public sealed class WordLists
{
    private readonly int[][] words;
    private readonly int[] bases;

    private WordLists(int[][] words, int wordsOfWindow)
    {
        this.words = words;
        bases = new int[words.Length];
        Fewest = words[0].Length;
        for (int group = 0; group < words.Length; group++)
        {
            bases[group] = Total;
            Total += words[group].Length;
            Fewest = Math.Min(Fewest, words[group].Length);
            Most = Math.Max(Most, words[group].Length);
        }

        Skipped = ((long)words.Length * wordsOfWindow) - Total;
    }

    /// <summary>Words sent over all groups: weight words of the layer.</summary>
    public int Total { get; }

    /// <summary>Words of the group with the fewest.</summary>
    public int Fewest { get; }

    /// <summary>Words of the group with the most.</summary>
    public int Most { get; }

    /// <summary>Empty blocks that are not sent.</summary>
    public long Skipped { get; }

    public static WordLists Of(QuadrantTensor weights, int groups, int windowWords, int outputLanes, int inputLanes)
    {
        int[] all = [.. Enumerable.Range(0, windowWords)];
        int[][] lists = new int[groups][];
        for (int group = 0; group < groups; group++)
        {
            lists[group] = weights.Mask is null ? all : Sent(weights, group, windowWords, outputLanes, inputLanes);
        }

        return new WordLists(lists, windowWords);
    }

    /// <summary>Window words of an output group, rising.</summary>
    public int[] Of(int group) => words[group];

    /// <summary>Place of a group's first weight word among those of the layer.</summary>
    public int BaseOf(int group) => bases[group];

    private static int[] Sent(QuadrantTensor weights, int group, int windowWords, int outputLanes, int inputLanes)
    {
        List<int> sent = [];
        for (int word = 0; word < windowWords; word++)
        {
            if (Holds(weights, group * outputLanes, outputLanes, word * inputLanes, inputLanes))
            {
                sent.Add(word);
            }
        }

        return sent.Count == 0 ? [0] : [.. sent];
    }

    private static bool Holds(QuadrantTensor weights, int firstRow, int rows, int firstTap, int taps)
    {
        for (int row = firstRow; row < Math.Min(firstRow + rows, weights.Rows); row++)
        {
            for (int tap = firstTap; tap < Math.Min(firstTap + taps, weights.Taps); tap++)
            {
                if (weights.Kept(row, tap))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
