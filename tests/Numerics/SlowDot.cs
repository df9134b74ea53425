using BcnnSim.Numerics;

namespace BcnnSim.Tests.Numerics;

/// <summary>The definition: integers +-1, lane by lane.</summary>
internal static class SlowDot
{
    public static ComplexSum Word(QuadrantWord w, QuadrantWord v)
    {
        long re = 0;
        long im = 0;
        for (int lane = 0; lane < 64; lane++)
        {
            if (((w.Mask & v.Mask) >> lane & 1) == 1)
            {
                (long r, long i) = Lane(w.Re >> lane, w.Im >> lane, v.Re >> lane, v.Im >> lane);
                re += r;
                im += i;
            }
        }

        return new ComplexSum((int)re, (int)im);
    }

    /// <summary>(a + ib)(x + iy) of the lowest bits.</summary>
    public static (long Re, long Im) Lane(ulong a, ulong b, ulong x, ulong y)
        => ((Sign(a) * Sign(x)) - (Sign(b) * Sign(y)), (Sign(a) * Sign(y)) + (Sign(b) * Sign(x)));

    private static long Sign(ulong bit) => (bit & 1) == 1 ? 1 : -1;
}
