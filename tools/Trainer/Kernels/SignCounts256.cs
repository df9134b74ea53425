using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BcnnSim.Trainer.Kernels;

/// <summary>Four vectors of four counts: for processors without AVX-512.</summary>
internal unsafe struct SignCounts256 : ISignCounts
{
    private Vector256<ulong> minus0, minus1, minus2, minus3;

    public static bool IsSupported => Avx2.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong* x, ulong* w, int length)
    {
        int width = Vector256<ulong>.Count;
        Vector256<byte> bytes0 = default, bytes1 = default, bytes2 = default, bytes3 = default;
        for (ulong* end = x + length; x < end; x++, w += SignProducts.ColumnBlock)
        {
            Vector256<ulong> word = Vector256.Create(*x);
            bytes0 += SetBits(word ^ Vector256.LoadAligned(w));
            bytes1 += SetBits(word ^ Vector256.LoadAligned(w + width));
            bytes2 += SetBits(word ^ Vector256.LoadAligned(w + (2 * width)));
            bytes3 += SetBits(word ^ Vector256.LoadAligned(w + (3 * width)));
        }

        minus0 += Avx2.SumAbsoluteDifferences(bytes0, Vector256<byte>.Zero).AsUInt64();
        minus1 += Avx2.SumAbsoluteDifferences(bytes1, Vector256<byte>.Zero).AsUInt64();
        minus2 += Avx2.SumAbsoluteDifferences(bytes2, Vector256<byte>.Zero).AsUInt64();
        minus3 += Avx2.SumAbsoluteDifferences(bytes3, Vector256<byte>.Zero).AsUInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(long products, float* target)
    {
        Sum(products, minus0, minus1).Store(target);
        Sum(products, minus2, minus3).Store(target + Vector256<float>.Count);
    }

    // Of every byte, by two tables of its halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> SetBits(Vector256<ulong> word)
    {
        Vector256<byte> table = Vector256.Create(
            (byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
            0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        Vector256<byte> half = Vector256.Create((byte)15);
        return Avx2.Shuffle(table, word.AsByte() & half) + Avx2.Shuffle(table, (word >> 4).AsByte() & half);
    }

    // A sum fits 32 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sum(long products, Vector256<ulong> first, Vector256<ulong> second)
    {
        Vector256<long> all = Vector256.Create(products);
        return Vector256.ConvertToSingle(Vector256.Narrow(all - (first + first).AsInt64(), all - (second + second).AsInt64()));
    }
}
