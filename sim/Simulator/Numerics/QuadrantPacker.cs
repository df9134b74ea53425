using System.Buffers.Binary;

namespace BcnnSim.Numerics;

/// <summary>
/// The only packer. File rows and pixels (bytes, LSB first) become bit vectors of 64-bit words, and a bit vector of T taps becomes
/// ceil(T/Pi) machine words: word w holds taps w*Pi .. w*Pi+Pi-1, tap w*Pi in bit 0; the lanes beyond T of the last word are 0 in every part,
/// so their mask is 0. Real part, imaginary part and mask are separate vectors and are packed one by one.
/// Used for weights, windows of activations and RTL vectors alike.
/// </summary>
public static class QuadrantPacker
{
    /// <summary>ceil(taps/lanes): machine words of one window.</summary>
    public static int WordCount(int taps, int lanes) => (taps + lanes - 1) / lanes;

    /// <summary>Lanes of word <paramref name="word"/> that carry taps: all Pi but in a last, partial word.</summary>
    public static ulong TailMask(int taps, int lanes, int word) => QuadrantWord.LaneMask(Math.Min(lanes, taps - (word * lanes)));

    /// <summary>Bytes, LSB first, to a dense bit vector: bit i of byte i/8 becomes bit i of word i/64. Bits beyond the bytes are 0.</summary>
    public static void FromBytes(ReadOnlySpan<byte> bytes, Span<ulong> bits)
    {
        bits.Clear();
        int whole = bytes.Length / 8;
        for (int i = 0; i < whole; i++)
        {
            bits[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]);
        }

        for (int i = 8 * whole; i < bytes.Length; i++)
        {
            bits[i >> 3] |= (ulong)bytes[i] << (8 * (i & 7));
        }
    }

    /// <summary>Dense bit vector to bytes, LSB first; the inverse of <see cref="FromBytes"/>.</summary>
    public static void ToBytes(ReadOnlySpan<ulong> bits, Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(bits[i >> 3] >> (8 * (i & 7)));
        }
    }

    /// <summary>Cuts a dense bit vector of <paramref name="taps"/> bits into words of <paramref name="lanes"/> (1..64) taps.</summary>
    public static void Cut(ReadOnlySpan<ulong> bits, int taps, int lanes, Span<ulong> words)
    {
        for (int w = 0; w < WordCount(taps, lanes); w++)
        {
            words[w] = Read(bits, w * lanes, Math.Min(lanes, taps - (w * lanes)));
        }
    }

    /// <summary>One file row (bytes) straight to machine words.</summary>
    public static void Pack(ReadOnlySpan<byte> row, int taps, int lanes, Span<ulong> words)
    {
        for (int w = 0; w < WordCount(taps, lanes); w++)
        {
            words[w] = Read(row, w * lanes, Math.Min(lanes, taps - (w * lanes)));
        }
    }

    /// <summary>Mask words of one row: the file's mask, or all taps when <paramref name="row"/> is empty; lanes beyond the taps are 0.</summary>
    public static void PackMask(ReadOnlySpan<byte> row, int taps, int lanes, Span<ulong> words)
    {
        if (!row.IsEmpty)
        {
            Pack(row, taps, lanes, words);
            return;
        }

        for (int w = 0; w < WordCount(taps, lanes); w++)
        {
            words[w] = TailMask(taps, lanes, w);
        }
    }

    /// <summary><paramref name="count"/> (0..64) bits of a dense vector from bit <paramref name="from"/>, in the low end of the result.</summary>
    public static ulong Read(ReadOnlySpan<ulong> bits, int from, int count)
    {
        if (count == 0)
        {
            return 0;
        }

        int word = from >> 6;
        int shift = from & 63;
        ulong value = bits[word] >> shift;
        if (shift + count > 64)
        {
            value |= bits[word + 1] << (64 - shift);
        }

        return value & QuadrantWord.LaneMask(count);
    }

    /// <summary>The same on bytes.</summary>
    public static ulong Read(ReadOnlySpan<byte> bytes, int from, int count)
    {
        ulong value = 0;
        int first = from >> 3;
        int shift = from & 7;
        for (int i = 0; (8 * i) < shift + count; i++)
        {
            ulong next = bytes[first + i];
            int place = (8 * i) - shift;
            value |= place < 0 ? next >> -place : next << place;
        }

        return value & QuadrantWord.LaneMask(count);
    }

    /// <summary>Writes <paramref name="count"/> (0..64) low bits of <paramref name="value"/> into a dense vector at bit <paramref name="to"/>.</summary>
    public static void Write(Span<ulong> bits, int to, int count, ulong value)
    {
        if (count == 0)
        {
            return;
        }

        ulong mask = QuadrantWord.LaneMask(count);
        value &= mask;
        int word = to >> 6;
        int shift = to & 63;
        bits[word] = (bits[word] & ~(mask << shift)) | (value << shift);
        if (shift + count > 64)
        {
            bits[word + 1] = (bits[word + 1] & ~(mask >> (64 - shift))) | (value >> (64 - shift));
        }
    }

    /// <summary>Copies <paramref name="count"/> bits between dense vectors: how a window is flattened, pixel by pixel.</summary>
    public static void Copy(ReadOnlySpan<ulong> source, int from, Span<ulong> target, int to, int count)
    {
        for (int done = 0; done < count; done += 64)
        {
            int part = Math.Min(64, count - done);
            Write(target, to + done, part, Read(source, from + done, part));
        }
    }

    /// <summary>Sets <paramref name="count"/> bits of a dense vector.</summary>
    public static void Fill(Span<ulong> target, int to, int count)
    {
        for (int done = 0; done < count; done += 64)
        {
            Write(target, to + done, Math.Min(64, count - done), ulong.MaxValue);
        }
    }
}
