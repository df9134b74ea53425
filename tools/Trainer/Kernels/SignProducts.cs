using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// The products of a window over maps where weights and maps are +1 or -1: of n products those that are -1 are the set bits of an
/// exclusive or, so a sum is n - 2 popcount. Sums are whole numbers below 2^24, so they have the bits of <see cref="Gemm"/>, in a
/// fraction of its time. A tap outside the map is left out.
/// </summary>
internal sealed unsafe class SignProducts(WindowShape window, int columns) : IDisposable
{
    // Two vectors of eight sums: a word of the map is read once for both.
    private const int ColumnBlock = 16;

    // A byte counts at most eight of each word: 31 words fill it.
    private const int WordsPerCount = 31;

    private readonly int words = SignWords.Count(window.Lanes);
    private readonly AlignedBuffer<ulong> weights = new(Blocks(columns) * (long)ColumnBlock * window.KernelHeight * window.KernelWidth * SignWords.Count(window.Lanes));
    private bool signs;

    /// <summary>Whether the processor counts bits in 512-bit vectors; otherwise products are refused.</summary>
    public static bool IsSupported => Avx512BW.IsSupported && Avx512DQ.IsSupported;

    private int Taps => window.KernelHeight * window.KernelWidth;

    // Of one column.
    private int Depth => Taps * words;

    /// <summary>Takes weights [columns, row length]; where not all are +1 or -1, products are refused until the next.</summary>
    public void Load(float* transposed, WorkSplit work)
    {
        signs = IsSupported && SignWords.TryPack(transposed, 1, weights.Data); // weights by value show themselves at once, mostly
        if (!signs)
        {
            return;
        }

        int others = 0;
        work.RunParts(Blocks(columns), (block, _) =>
        {
            if (!TryLoadBlock(transposed, block))
            {
                Interlocked.Increment(ref others);
            }
        });
        signs = others == 0;
    }

    /// <summary>Sums [pixels, columns] of images that lie one behind the other; false where a number is not +1 or -1. Takes slot 0 of <paramref name="scratch"/>.</summary>
    public bool TryForward(float* maps, float* sums, int images, Scratch scratch)
    {
        if (!signs)
        {
            return false;
        }

        int pixels = window.Height * window.Width;
        ulong* map = scratch.Take<ulong>(0, (long)images * pixels * words);
        if (!TryPack(maps, map, images * pixels))
        {
            return false;
        }

        for (int i = 0; i < images; i++, map += (long)pixels * words, sums += (long)window.OutPixels * columns)
        {
            for (int first = 0; first < columns; first += ColumnBlock)
            {
                Columns(map, weights.Data + ((long)first * Depth), sums + first, Math.Min(ColumnBlock, columns - first));
            }
        }

        return true;
    }

    public void Dispose() => weights.Dispose();

    private static int Blocks(int columns) => WorkSplit.Pieces(columns, ColumnBlock);

    // Words of a block: the columns of one word side by side.
    private bool TryLoadBlock(float* transposed, int block)
    {
        ulong* target = weights.Data + ((long)block * ColumnBlock * Depth);
        for (int column = block * ColumnBlock; column < Math.Min((block + 1) * ColumnBlock, columns); column++, target++)
        {
            float* taps = transposed + ((long)column * window.RowLength);
            for (int tap = 0; tap < Taps; tap++, taps += window.Lanes)
            {
                if (!SignWords.TryPack(taps, window.Lanes, target + ((long)tap * words * ColumnBlock), ColumnBlock))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool TryPack(float* maps, ulong* map, int pixels)
    {
        for (int pixel = 0; pixel < pixels; pixel++, maps += window.Lanes, map += words)
        {
            if (!SignWords.TryPack(maps, window.Lanes, map))
            {
                return false;
            }
        }

        return true;
    }

    // One block of columns at every output pixel of an image.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Columns(ulong* map, ulong* taps, float* sums, int count)
    {
        float* edge = stackalloc float[ColumnBlock];
        for (int oy = 0; oy < window.OutHeight; oy++)
        {
            int top = (oy * window.StrideY) - window.PaddingY;
            int firstRow = Math.Max(0, -top), lastRow = Math.Min(window.KernelHeight, window.Height - top);
            for (int ox = 0; ox < window.OutWidth; ox++, sums += columns)
            {
                (int left, int first, int last) = window.Columns(ox);
                Vector512<ulong> minus0 = default, minus1 = default;
                for (int ky = firstRow; ky < lastRow; ky++)
                {
                    ulong* x = map + ((((long)(top + ky) * window.Width) + left + first) * words);
                    ulong* w = taps + ((((long)ky * window.KernelWidth) + first) * words * ColumnBlock);
                    for (int rest = (last - first) * words; rest > 0; rest -= WordsPerCount)
                    {
                        Count(ref x, ref w, Math.Min(rest, WordsPerCount), ref minus0, ref minus1);
                    }
                }

                long products = (long)Math.Max(0, lastRow - firstRow) * (last - first) * window.Lanes;
                float* target = count == ColumnBlock ? sums : edge;
                Sum(products, minus0).Store(target);
                Sum(products, minus1).Store(target + Vector256<float>.Count);
                if (count < ColumnBlock)
                {
                    new ReadOnlySpan<float>(edge, count).CopyTo(new Span<float>(sums, count));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count(ref ulong* x, ref ulong* w, int length, ref Vector512<ulong> minus0, ref Vector512<ulong> minus1)
    {
        Vector512<byte> bytes0 = default, bytes1 = default;
        for (ulong* end = x + length; x < end; x++, w += ColumnBlock)
        {
            Vector512<ulong> word = Vector512.Create(*x);
            bytes0 += SetBits(word ^ Vector512.LoadAligned(w));
            bytes1 += SetBits(word ^ Vector512.LoadAligned(w + Vector512<ulong>.Count));
        }

        minus0 += Avx512BW.SumAbsoluteDifferences(bytes0, Vector512<byte>.Zero).AsUInt64();
        minus1 += Avx512BW.SumAbsoluteDifferences(bytes1, Vector512<byte>.Zero).AsUInt64();
    }

    // Of every byte, by two tables of its halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> SetBits(Vector512<ulong> word)
    {
        // Written out: put together from quarters it is put together for every word.
        Vector512<byte> table = Vector512.Create(
            (byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
            0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
            0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
            0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        Vector512<byte> half = Vector512.Create((byte)15);
        return Avx512BW.Shuffle(table, word.AsByte() & half) + Avx512BW.Shuffle(table, (word >> 4).AsByte() & half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sum(long products, Vector512<ulong> minus) =>
        Avx512DQ.ConvertToVector256Single(Vector512.Create(products) - (minus + minus).AsInt64());
}
