using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BcnnSim.Numerics;

/// <content>One cycle of a PE array: Po weight words meet Pp window words.</content>
public static partial class QuadrantDot
{
    /// <summary>
    /// All Po x Pp dot products of one word of <paramref name="lanes"/> taps. Pp (the length of the value vectors) is a multiple of 8, padded with words whose
    /// mask is 0; Po is the length of the weight vectors. Result (o, p) goes to index o*Pp + p. Lanes at and beyond <paramref name="lanes"/> are masked in
    /// weights or values. The same integers on every processor; vectorised where AVX-512 BW exists, eight lanes and fewer one word per byte.
    /// </summary>
    public static void Tile(
        int lanes,
        ReadOnlySpan<ulong> weightRe,
        ReadOnlySpan<ulong> weightIm,
        ReadOnlySpan<ulong> weightMask,
        ReadOnlySpan<ulong> valueRe,
        ReadOnlySpan<ulong> valueIm,
        ReadOnlySpan<ulong> valueMask,
        Span<int> re,
        Span<int> im)
    {
        int outputs = weightMask.Length;
        int pixels = valueMask.Length;
        if (weightRe.Length != outputs || weightIm.Length != outputs || valueRe.Length != pixels || valueIm.Length != pixels
            || pixels % 8 != 0 || re.Length < outputs * pixels || im.Length < outputs * pixels)
        {
            throw new ArgumentException("vectors of one length per side, pixels a multiple of 8 and room for outputs x pixels expected", nameof(re));
        }

        QuadrantSpans w = new(weightRe, weightIm, weightMask);
        QuadrantSpans v = new(valueRe, valueIm, valueMask);
        if (!BytePopulation.IsWide || !Avx512F.VL.IsSupported)
        {
            TileScalar(w, v, re, im);
        }
        else if (lanes <= 8 && pixels is 8 or 16 or 32 or 64)
        {
            TileBytes(w, v, re, im);
        }
        else
        {
            TileWide(w, v, re, im);
        }
    }

    internal static void TileScalar(in QuadrantSpans w, in QuadrantSpans v, Span<int> re, Span<int> im)
    {
        int pixels = v.Mask.Length;
        for (int o = 0; o < w.Mask.Length; o++)
        {
            QuadrantWord weight = new(w.Re[o], w.Im[o], w.Mask[o]);
            for (int p = 0; p < pixels; p++)
            {
                ComplexSum sum = Two(weight, new QuadrantWord(v.Re[p], v.Im[p], v.Mask[p]));
                re[(o * pixels) + p] = sum.Re;
                im[(o * pixels) + p] = sum.Im;
            }
        }
    }

    /// <summary>Eight pixels per 512-bit vector, one 64-bit word each.</summary>
    internal static void TileWide(in QuadrantSpans w, in QuadrantSpans v, Span<int> re, Span<int> im)
    {
        int pixels = v.Mask.Length;
        ref ulong valueRe = ref MemoryMarshal.GetReference(v.Re);
        ref ulong valueIm = ref MemoryMarshal.GetReference(v.Im);
        ref ulong valueMask = ref MemoryMarshal.GetReference(v.Mask);
        ref int sumRe = ref MemoryMarshal.GetReference(re);
        ref int sumIm = ref MemoryMarshal.GetReference(im);
        Vector512<byte> eight = Vector512.Create((byte)8);
        Vector256<int> bias = Vector256.Create(64);
        for (int p = 0; p < pixels; p += 8)
        {
            Vector512<ulong> x = Vector512.LoadUnsafe(ref valueRe, (nuint)p);
            Vector512<ulong> differ = x ^ Vector512.LoadUnsafe(ref valueIm, (nuint)p);
            Vector512<ulong> inside = Vector512.LoadUnsafe(ref valueMask, (nuint)p);
            for (int o = 0; o < w.Mask.Length; o++)
            {
                Vector512<ulong> a = Vector512.Create(w.Re[o]);
                Vector512<ulong> b = Vector512.Create(w.Im[o]);
                Vector512<ulong> m = inside & Vector512.Create(w.Mask[o]);
                Vector512<byte> p1 = BytePopulation.Count(Vector512.AndNot(m, Vector512.ConditionalSelect(differ, a, ~b) ^ x));
                Vector512<byte> p2 = BytePopulation.Count(Vector512.AndNot(m, Vector512.ConditionalSelect(differ, b, a) ^ x));
                Vector512<ulong> r = BytePopulation.Sum(p1 + p2 + (eight - BytePopulation.Count(m)));
                Vector512<ulong> i = BytePopulation.Sum(p2 + (eight - p1));
                nuint at = (nuint)((o * pixels) + p);
                ((Avx512F.ConvertToVector256Int32(r) - bias) << 1).StoreUnsafe(ref sumRe, at);
                ((Avx512F.ConvertToVector256Int32(i) - bias) << 1).StoreUnsafe(ref sumIm, at);
            }
        }
    }

    /// <summary>Three parallel views of quadrant words.</summary>
    internal readonly ref struct QuadrantSpans(ReadOnlySpan<ulong> re, ReadOnlySpan<ulong> im, ReadOnlySpan<ulong> mask)
    {
        public readonly ReadOnlySpan<ulong> Re = re;
        public readonly ReadOnlySpan<ulong> Im = im;
        public readonly ReadOnlySpan<ulong> Mask = mask;
    }
}
