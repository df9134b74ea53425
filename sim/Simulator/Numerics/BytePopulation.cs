using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BcnnSim.Numerics;

/// <summary>
/// Bits per byte by two 16-entry table shuffles (the runtime has no vector popcount class), and byte sums per 64-bit lane by the
/// sum of absolute differences with 0.
/// </summary>
internal static class BytePopulation
{
    /// <summary>512-bit shuffle and sum of absolute differences.</summary>
    public static bool IsWide => Avx512BW.IsSupported;

    /// <summary>256-bit shuffle and sum of absolute differences.</summary>
    public static bool IsHalf => Avx2.IsSupported;

    private static Vector128<byte> Nibbles => Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Count(Vector512<ulong> bits)
    {
        Vector512<byte> table = Vector512.Create(Nibbles);
        Vector512<byte> low = Vector512.Create((byte)0x0F);
        Vector512<byte> bytes = bits.AsByte();
        Vector512<byte> high = (bits >>> 4).AsByte() & low;
        return Avx512BW.Shuffle(table, bytes & low) + Avx512BW.Shuffle(table, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Count(Vector256<ulong> bits)
    {
        Vector256<byte> table = Vector256.Create(Nibbles);
        Vector256<byte> low = Vector256.Create((byte)0x0F);
        Vector256<byte> bytes = bits.AsByte();
        Vector256<byte> high = (bits >>> 4).AsByte() & low;
        return Avx2.Shuffle(table, bytes & low) + Avx2.Shuffle(table, high);
    }

    /// <summary>Sum of the eight bytes of each 64-bit lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Sum(Vector512<byte> bytes)
        => Avx512BW.SumAbsoluteDifferences(bytes, Vector512<byte>.Zero).AsUInt64();

    /// <summary>Sum of the eight bytes of each 64-bit lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Sum(Vector256<byte> bytes)
        => Avx2.SumAbsoluteDifferences(bytes, Vector256<byte>.Zero).AsUInt64();
}
