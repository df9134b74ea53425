using System.Runtime.CompilerServices;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// The products of a window over maps where weights and maps are +1 or -1: of n products those that are -1 are the set bits of an
/// exclusive or, so a sum is n - 2 popcount. Sums are whole numbers below 2^24, so they have the bits of <see cref="Gemm"/>, in a
/// fraction of its time. A tap outside the map is left out.
/// </summary>
/// <param name="window">Map and window.</param>
/// <param name="columns">Sums per output pixel.</param>
/// <param name="widest">False counts in 256 bits also where the processor counts in 512: for tests, the sums are the same.</param>
internal sealed unsafe class SignProducts(WindowShape window, int columns, bool widest = true) : IDisposable
{
    /// <summary>Columns counted together: a word of the map is read once for all of them.</summary>
    public const int ColumnBlock = 16;

    // A byte counts at most eight of each word: 31 words fill it.
    private const int WordsPerCount = 31;

    private readonly int words = SignWords.Count(window.Lanes);
    private readonly AlignedBuffer<ulong> weights = new(Blocks(columns) * (long)ColumnBlock * window.KernelHeight * window.KernelWidth * SignWords.Count(window.Lanes));
    private bool signs;

    /// <summary>Whether the processor counts bits in vectors; otherwise products are refused.</summary>
    public static bool IsSupported => SignCounts512.IsSupported || SignCounts256.IsSupported;

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
        bool wide = widest && SignCounts512.IsSupported;
        ulong* map = scratch.Take<ulong>(0, (long)images * pixels * words);
        if (!TryPack(maps, map, images * pixels))
        {
            return false;
        }

        for (int i = 0; i < images; i++, map += (long)pixels * words, sums += (long)window.OutPixels * columns)
        {
            for (int first = 0; first < columns; first += ColumnBlock)
            {
                ulong* taps = weights.Data + ((long)first * Depth);
                int count = Math.Min(ColumnBlock, columns - first);
                if (wide)
                {
                    Columns<SignCounts512>(map, taps, sums + first, count);
                }
                else
                {
                    Columns<SignCounts256>(map, taps, sums + first, count);
                }
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
    private void Columns<T>(ulong* map, ulong* taps, float* sums, int count)
        where T : struct, ISignCounts
    {
        float* edge = stackalloc float[ColumnBlock];
        for (int oy = 0; oy < window.OutHeight; oy++)
        {
            int top = (oy * window.StrideY) - window.PaddingY;
            int firstRow = Math.Max(0, -top), lastRow = Math.Min(window.KernelHeight, window.Height - top);
            for (int ox = 0; ox < window.OutWidth; ox++, sums += columns)
            {
                (int left, int first, int last) = window.Columns(ox);
                T minus = default;
                for (int ky = firstRow; ky < lastRow; ky++)
                {
                    ulong* x = map + ((((long)(top + ky) * window.Width) + left + first) * words);
                    ulong* w = taps + ((((long)ky * window.KernelWidth) + first) * words * ColumnBlock);
                    for (int rest = (last - first) * words; rest > 0; rest -= WordsPerCount)
                    {
                        int length = Math.Min(rest, WordsPerCount);
                        minus.Add(x, w, length);
                        x += length;
                        w += length * ColumnBlock;
                    }
                }

                long products = (long)Math.Max(0, lastRow - firstRow) * (last - first) * window.Lanes;
                float* target = count == ColumnBlock ? sums : edge;
                minus.Store(products, target);
                if (count < ColumnBlock)
                {
                    new ReadOnlySpan<float>(edge, count).CopyTo(new Span<float>(sums, count));
                }
            }
        }
    }
}
