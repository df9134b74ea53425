namespace BcnnSim.Numerics;

/// <summary>The three hardware forms of a folded batch norm followed by the sign.</summary>
public enum NormKind
{
    /// <summary>2x2 matrix and constant per channel: bit = (A acc + C >= 0).</summary>
    Complex,

    /// <summary>Diagonal matrix and constant per channel.</summary>
    Diagonal,

    /// <summary>One comparison per component: bit = (acc >= T) xor d.</summary>
    Threshold,
}
