using System.Numerics;
using System.Runtime.CompilerServices;

namespace BcnnSim.Kernel;

/// <summary>Set of component indices of one domain, a bit each, iterated in index order.</summary>
public sealed class WakeSet(int capacity)
{
    private readonly ulong[] words = new ulong[Math.Max(1, (capacity + 63) / 64)];

    /// <summary>64-bit words of the set.</summary>
    internal ulong[] Words => words;

    public bool IsEmpty
    {
        get
        {
            foreach (ulong word in words)
            {
                if (word != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }

    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int index) => words[index >> 6] |= 1UL << index;

    public bool Contains(int index) => (words[index >> 6] >> index & 1) != 0;

    /// <summary>Adds 0..count-1.</summary>
    public void AddAll(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Add(i);
        }
    }

    /// <summary>Returns word <paramref name="w"/> and clears it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong Take(int w)
    {
        ulong bits = words[w];
        words[w] = 0;
        return bits;
    }
}
