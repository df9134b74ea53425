using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BcnnSim.Numerics;

/// <content>The tile kernel for words of at most eight lanes: one byte per dot product.</content>
public static partial class QuadrantDot
{
    private const ulong EveryByte = 0x0101_0101_0101_0101;

    /// <summary>At most eight lanes: 64 dot products per 512-bit vector, one byte each, 64/Pp output channels by Pp pixels (8, 16, 32 or 64).</summary>
    internal static void TileBytes(in QuadrantSpans w, in QuadrantSpans v, Span<int> re, Span<int> im)
    {
        int pixels = v.Mask.Length;
        int shift = BitOperations.Log2((uint)pixels);
        int rows = 64 >> shift;
        Vector512<byte> spread = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(SpreadPatterns), (nuint)(8 * (shift - 3))).AsByte();
        Vector512<ulong> x = PixelBytes(v.Re);
        Vector512<ulong> differ = x ^ PixelBytes(v.Im);
        Vector512<ulong> inside = PixelBytes(v.Mask);
        for (int o = 0; o < w.Mask.Length; o += rows)
        {
            int count = Math.Min(rows, w.Mask.Length - o);
            Vector512<ulong> a = RowBytes(w.Re.Slice(o, count), spread);
            Vector512<ulong> b = RowBytes(w.Im.Slice(o, count), spread);
            Vector512<ulong> m = inside & RowBytes(w.Mask.Slice(o, count), spread);
            Vector512<byte> p1 = BytePopulation.Count(Vector512.AndNot(m, Vector512.ConditionalSelect(differ, a, ~b) ^ x));
            Vector512<byte> p2 = BytePopulation.Count(Vector512.AndNot(m, Vector512.ConditionalSelect(differ, b, a) ^ x));
            Vector512<byte> r = p1 + p2 - BytePopulation.Count(m);
            Vector512<byte> i = p2 - p1;
            StoreBytes((r + r).AsSByte(), re.Slice(o * pixels, count * pixels));
            StoreBytes((i + i).AsSByte(), im.Slice(o * pixels, count * pixels));
        }
    }

    /// <summary>For Pp = 8, 16, 32, 64 eight words whose byte i is i/Pp: which of the 64/Pp weights byte i of the vector multiplies.</summary>
    private static ReadOnlySpan<ulong> SpreadPatterns =>
    [
        0, 1 * EveryByte, 2 * EveryByte, 3 * EveryByte, 4 * EveryByte, 5 * EveryByte, 6 * EveryByte, 7 * EveryByte,
        0, 0, 1 * EveryByte, 1 * EveryByte, 2 * EveryByte, 2 * EveryByte, 3 * EveryByte, 3 * EveryByte,
        0, 0, 0, 0, 1 * EveryByte, 1 * EveryByte, 1 * EveryByte, 1 * EveryByte,
        0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Low bytes of Pp words, repeated over the vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> PixelBytes(ReadOnlySpan<ulong> words)
    {
        ref ulong first = ref MemoryMarshal.GetReference(words);
        switch (words.Length)
        {
            case 8:
                return Vector512.Create(EightBytes(ref first, 0));
            case 16:
                return Vector512.Create(Vector128.Create(EightBytes(ref first, 0), EightBytes(ref first, 8)));
            case 32:
                Vector256<ulong> four = Vector256.Create(
                    EightBytes(ref first, 0), EightBytes(ref first, 8), EightBytes(ref first, 16), EightBytes(ref first, 24));
                return Vector512.Create(four, four);
            default:
                return Vector512.Create(
                    EightBytes(ref first, 0), EightBytes(ref first, 8), EightBytes(ref first, 16), EightBytes(ref first, 24),
                    EightBytes(ref first, 32), EightBytes(ref first, 40), EightBytes(ref first, 48), EightBytes(ref first, 56));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong EightBytes(ref ulong words, int from)
        => Avx512F.ConvertToVector128Byte(Vector512.LoadUnsafe(ref words, (nuint)from)).AsUInt64().ToScalar();

    /// <summary>Low bytes of at most 8 weights, each over the Pp bytes of its row; rows without weight are 0, so their mask is too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> RowBytes(ReadOnlySpan<ulong> words, Vector512<byte> spread)
    {
        ulong bytes = 0;
        if (words.Length == 8)
        {
            bytes = EightBytes(ref MemoryMarshal.GetReference(words), 0);
        }
        else if (words.Length == 4)
        {
            bytes = Avx512F.VL.ConvertToVector128Byte(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(words))).AsUInt64().ToScalar();
        }
        else
        {
            for (int i = words.Length - 1; i >= 0; i--)
            {
                bytes = (bytes << 8) | (byte)words[i];
            }
        }

        return Avx512BW.Shuffle(Vector512.Create(bytes).AsByte(), spread).AsUInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreBytes(Vector512<sbyte> values, Span<int> target)
    {
        ref int first = ref MemoryMarshal.GetReference(target);
        if (target.Length == 64)
        {
            Avx512F.ConvertToVector512Int32(values.GetLower().GetLower()).StoreUnsafe(ref first);
            Avx512F.ConvertToVector512Int32(values.GetLower().GetUpper()).StoreUnsafe(ref first, 16);
            Avx512F.ConvertToVector512Int32(values.GetUpper().GetLower()).StoreUnsafe(ref first, 32);
            Avx512F.ConvertToVector512Int32(values.GetUpper().GetUpper()).StoreUnsafe(ref first, 48);
            return;
        }

        for (int i = 0; i + 16 <= target.Length; i += 16)
        {
            Avx512F.ConvertToVector512Int32(Quarter(values, i)).StoreUnsafe(ref first, (nuint)i);
        }

        if (target.Length % 16 != 0)
        {
            int rest = target.Length - 8;
            Avx512F.ConvertToVector512Int32(Quarter(values, rest & ~15)).GetLower().StoreUnsafe(ref first, (nuint)rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Quarter(Vector512<sbyte> values, int from) => from switch
    {
        0 => values.GetLower().GetLower(),
        16 => values.GetLower().GetUpper(),
        32 => values.GetUpper().GetLower(),
        _ => values.GetUpper().GetUpper(),
    };
}
