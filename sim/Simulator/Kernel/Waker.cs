using System.Runtime.CompilerServices;

namespace BcnnSim.Kernel;

/// <summary>The bit of one component in the wake set of its domain; the default wakes nobody. Held by channels, which wake at every commit.</summary>
internal readonly struct Waker
{
    private readonly ulong[]? words;
    private readonly int word;
    private readonly ulong bit;

    public Waker(WakeSet set, int index)
    {
        words = set.Words;
        word = index >> 6;
        bit = 1UL << index;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Wake()
    {
        if (words is not null)
        {
            // Most are awake already: wakes of one edge would otherwise wait for each other's store.
            ref ulong awake = ref words[word];
            if ((awake & bit) == 0)
            {
                awake |= bit;
            }
        }
    }
}
