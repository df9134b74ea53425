using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BcnnSim.Trainer.Kernels;

/// <summary>Two vectors of eight counts.</summary>
internal unsafe struct SignCounts512 : ISignCounts
{
    private Vector512<ulong> minus0, minus1;

    public static bool IsSupported => Avx512BW.IsSupported && Avx512DQ.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong* x, ulong* w, int length)
    {
        Vector512<byte> bytes0 = default, bytes1 = default;
        for (ulong* end = x + length; x < end; x++, w += SignProducts.ColumnBlock)
        {
            Vector512<ulong> word = Vector512.Create(*x);
            bytes0 += SetBits(word ^ Vector512.LoadAligned(w));
            bytes1 += SetBits(word ^ Vector512.LoadAligned(w + Vector512<ulong>.Count));
        }

        minus0 += Avx512BW.SumAbsoluteDifferences(bytes0, Vector512<byte>.Zero).AsUInt64();
        minus1 += Avx512BW.SumAbsoluteDifferences(bytes1, Vector512<byte>.Zero).AsUInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(long products, float* target)
    {
        Sum(products, minus0).Store(target);
        Sum(products, minus1).Store(target + Vector512<ulong>.Count);
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
