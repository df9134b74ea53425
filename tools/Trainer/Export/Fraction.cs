namespace BcnnSim.Trainer.Export;

/// <summary>A fraction in 0..1, in lowest terms.</summary>
internal readonly record struct Fraction(int Numerator, int Denominator)
{
    /// <summary>
    /// The fraction nearest to <paramref name="value"/> in 0..1 among those with a denominator up to <paramref name="limit"/>, by
    /// continued fractions: the last convergent that fits, or the largest intermediate fraction behind it if that is nearer.
    /// </summary>
    public static Fraction Nearest(double value, int limit)
    {
        (long n0, long d0, long n1, long d1) = (0, 1, 1, 0);
        for (double rest = value; ;)
        {
            double whole = Math.Floor(rest);
            double next = (whole * d1) + d0;
            if (next > limit)
            {
                long steps = (limit - d0) / d1;
                Fraction convergent = new((int)n1, (int)d1), between = new((int)((steps * n1) + n0), (int)((steps * d1) + d0));
                return Error(between, value) < Error(convergent, value) ? between : convergent;
            }

            (n0, d0, n1, d1) = (n1, d1, ((long)whole * n1) + n0, (long)next);
            if (rest == whole)
            {
                return new((int)n1, (int)d1);
            }

            rest = 1 / (rest - whole);
        }
    }

    private static double Error(Fraction fraction, double value) => Math.Abs(((double)fraction.Numerator / fraction.Denominator) - value);
}
