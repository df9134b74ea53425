namespace BcnnSim.Trainer.Configuration;

/// <summary>What stands between a convolution and its activation.</summary>
public enum NormKind
{
    /// <summary>Batch norm; CGBN of complex networks.</summary>
    Batch,

    /// <summary>A bias per channel, of real networks only.</summary>
    Bias,
}
