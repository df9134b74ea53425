using BcnnSim.Networks;

namespace BcnnSim.Trainer.Export;

/// <summary>Components of one layer with values that 16 bits did not hold.</summary>
/// <param name="Layer">Name.</param>
/// <param name="Norm">Saturated behind the norm.</param>
/// <param name="Residual">Saturated by the add.</param>
/// <param name="Total">Components computed.</param>
public sealed record SaturationCount(string Layer, long Norm, long Residual, long Total)
{
    /// <summary>0.01 %.</summary>
    public const double UsualLimit = 1e-4;

    public double Share => Total == 0 ? 0 : (double)(Norm + Residual) / Total;

    /// <summary>Refuses every layer whose share is above <paramref name="limit"/>.</summary>
    public static void Check(Network network, IEnumerable<SaturationCount> counts, double limit)
    {
        Violation[] found = [.. counts.Where(count => count.Share > limit).Select(count => new Violation(
            network.Name, count.Layer, FormattableString.Invariant($"{count.Norm} + {count.Residual} of {count.Total}"),
            FormattableString.Invariant($"at most {limit:P3} of the values may saturate (norm + residual add)"), "Allow more with --saturation, or train with smaller values"))];
        if (found.Length > 0)
        {
            throw new InputException(found);
        }
    }
}
