namespace BcnnSim.Trainer.Configuration;

/// <summary>What stands between a convolution and its activation, as configured; what the machine makes of it is <see cref="Numerics.NormKind"/>.</summary>
public enum TrainedNorm
{
    /// <summary>Batch norm; CGBN of complex networks.</summary>
    Batch,

    /// <summary>A bias per channel, of real networks only.</summary>
    Bias,

    /// <summary>CGBN with g_i = 0, of complex networks only: each component by itself, one product of the machine's norm lane instead of two in use.</summary>
    Diagonal,

    /// <summary>As <see cref="Diagonal"/>, of complex-binary networks only; layers of bits are exported as thresholds, layers of values stay diagonal.</summary>
    Threshold,
}
