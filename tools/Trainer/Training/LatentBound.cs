using System.Numerics;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>Range of latent weights behind every step.</summary>
internal static class LatentBound
{
    public const float Value = (float)NormActivation<float>.Bound;

    /// <summary>As <see cref="Math.Clamp(float, float, float)"/> of -bound and bound: what is not a number stays so.</summary>
    public static Vector<float> Clamp(Vector<float> value, float bound)
    {
        Vector<float> upper = new(bound), lower = new(-bound);
        Vector<float> above = Vector.ConditionalSelect(Vector.LessThan(value, lower), lower, value);
        return Vector.ConditionalSelect(Vector.GreaterThan(value, upper), upper, above);
    }
}
