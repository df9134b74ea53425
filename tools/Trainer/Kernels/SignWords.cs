using System.Runtime.Intrinsics;

namespace BcnnSim.Trainer.Kernels;

/// <summary>Numbers that are all +1 or -1 as words of 64 bits, set where a number is -1; bits beyond the last number are 0.</summary>
internal static unsafe class SignWords
{
    public const int Bits = 64;

    /// <summary>Words of <paramref name="numbers"/> numbers.</summary>
    public static int Count(int numbers) => WorkSplit.Pieces(numbers, Bits);

    /// <summary>False at the first number that is not +1 or -1; words then stay undefined.</summary>
    /// <param name="numbers">What to pack.</param>
    /// <param name="length">How many.</param>
    /// <param name="words">Where to.</param>
    /// <param name="stride">From one word to the next.</param>
    public static bool TryPack(float* numbers, int length, ulong* words, int stride = 1)
    {
        for (int first = 0; first < length; first += Bits, words += stride)
        {
            if (!TryWord(numbers, first, Math.Min(Bits, length - first), words))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryWord(float* numbers, int first, int length, ulong* target)
    {
        ulong word = 0;
        int width = Vector512<float>.Count, end = first + length;
        for (int i = 0; i < length; i += width)
        {
            int place = first + i, less = Math.Max(0, place + width - end);
            if (less > place)
            {
                return TryShort(numbers, length, target);
            }

            // The last vector reaches back over numbers already taken.
            Vector512<float> some = Vector512.Load(numbers + place - less);
            if (Vector512.Abs(some) != Vector512<float>.One)
            {
                return false;
            }

            word |= some.ExtractMostSignificantBits() >> less << i;
        }

        *target = word;
        return true;
    }

    // Fewer numbers than a vector has.
    private static bool TryShort(float* numbers, int length, ulong* target)
    {
        ulong word = 0;
        for (int i = 0; i < length; i++)
        {
            if (MathF.Abs(numbers[i]) != 1)
            {
                return false;
            }

            word |= numbers[i] < 0 ? 1UL << i : 0;
        }

        *target = word;
        return true;
    }
}
