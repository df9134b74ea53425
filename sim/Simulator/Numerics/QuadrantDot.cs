using System.Numerics;

namespace BcnnSim.Numerics;

/// <summary>
/// Dot products of quadrant words, w = a + ib and v = x + iy per lane, all four +-1, masked lanes adding 0. A lane's product is 2*i^k: one
/// component is zero, the other +-2. Three circuits give the same sum from N = pc(mask):
/// <para>four: re = sum ax - by, im = sum ay + bx, each sum of +-1 products by an XNOR popcount.</para>
/// <para>three: with quadrant indices q (phase 45 + 90q degrees) the product lies on axis k = (qa + qb + 1) mod 4. Products with a real value are
/// those with ax != by; R counts them, n0 those at +2, n1 the imaginary ones at +2i: re = 2(2 n0 - R), im = 2(2 n1 - (N - R)).</para>
/// <para>two: r = product * (1 + i)/2 turns 2*i^k by 45 degrees and shrinks it by sqrt 2, so r is a quadrant number again and has two sign bits:
/// Re r = (a(x - y) - b(x + y))/2 and Im r = (a(x + y) + b(x - y))/2. Where x = y: Re r = -bx, Im r = ax; where x = -y: Re r = ax, Im r = bx.
/// With P1 = pc(Re r > 0), P2 = pc(Im r > 0): sum r = (2 P1 - N) + i(2 P2 - N), and product = r(1 - i), so
/// re = sum Re r + sum Im r = 2(P1 + P2 - N), im = sum Im r - sum Re r = 2(P2 - P1). One dual-output 6-LUT per lane, two popcounts.</para>
/// </summary>
public static partial class QuadrantDot
{
    /// <summary>One word by the circuit <paramref name="kind"/>; all kinds agree bit for bit.</summary>
    public static ComplexSum Word(PeKind kind, in QuadrantWord w, in QuadrantWord v) => kind switch
    {
        PeKind.Four => Four(w, v),
        PeKind.Three => Three(w, v),
        _ => Two(w, v),
    };

    /// <summary>Four XNOR popcounts.</summary>
    public static ComplexSum Four(in QuadrantWord w, in QuadrantWord v)
    {
        ulong mask = w.Mask & v.Mask;
        int ax = BitOperations.PopCount(~(w.Re ^ v.Re) & mask);
        int by = BitOperations.PopCount(~(w.Im ^ v.Im) & mask);
        int ay = BitOperations.PopCount(~(w.Re ^ v.Im) & mask);
        int minusBx = BitOperations.PopCount((w.Im ^ v.Re) & mask);
        return new(2 * (ax - by), 2 * (ay - minusBx));
    }

    /// <summary>Three counts: real lanes, lanes at +2, lanes at +2i.</summary>
    public static ComplexSum Three(in QuadrantWord w, in QuadrantWord v)
    {
        ulong mask = w.Mask & v.Mask;
        int lanes = BitOperations.PopCount(mask);
        int real = BitOperations.PopCount(IsReal(w.Re, w.Im, v.Re, v.Im) & mask);
        int n0 = BitOperations.PopCount(IsPlusReal(w.Re, w.Im, v.Re, v.Im) & mask);
        int n1 = BitOperations.PopCount(IsPlusImaginary(w.Re, w.Im, v.Re, v.Im) & mask);
        return new(2 * ((2 * n0) - real), 2 * ((2 * n1) - (lanes - real)));
    }

    /// <summary>Two sign bits per lane, two popcounts.</summary>
    public static ComplexSum Two(in QuadrantWord w, in QuadrantWord v)
    {
        ulong mask = w.Mask & v.Mask;
        int lanes = BitOperations.PopCount(mask);
        int p1 = BitOperations.PopCount(TurnedReBit(w.Re, w.Im, v.Re, v.Im) & mask);
        int p2 = BitOperations.PopCount(TurnedImBit(w.Re, w.Im, v.Re, v.Im) & mask);
        return new(2 * (p1 + p2 - lanes), 2 * (p2 - p1));
    }

    /// <summary>Sign of Re(product * (1 + i)) per lane: x = y: b xor x; else: a xnor x. As one expression of the four bits: (x xor y ? a : not b) xnor x.</summary>
    public static ulong TurnedReBit(ulong a, ulong b, ulong x, ulong y)
    {
        ulong differ = x ^ y;
        return ~(((differ & a) | (~differ & ~b)) ^ x);
    }

    /// <summary>Sign of Im(product * (1 + i)) per lane: x = y: a xnor x; else: b xnor x. As one expression of the four bits: (x xor y ? b : a) xnor x.</summary>
    public static ulong TurnedImBit(ulong a, ulong b, ulong x, ulong y)
    {
        ulong differ = x ^ y;
        return ~(((differ & b) | (~differ & a)) ^ x);
    }

    /// <summary>Lanes whose product is real: ax and -by have the same sign, that is an odd number of the four bits is set.</summary>
    public static ulong IsReal(ulong a, ulong b, ulong x, ulong y) => a ^ b ^ x ^ y;

    /// <summary>Lanes whose product is +2.</summary>
    public static ulong IsPlusReal(ulong a, ulong b, ulong x, ulong y) => ~(a ^ x) & (b ^ y);

    /// <summary>Lanes whose product is +2i.</summary>
    public static ulong IsPlusImaginary(ulong a, ulong b, ulong x, ulong y) => ~(a ^ y) & ~(b ^ x);
}
