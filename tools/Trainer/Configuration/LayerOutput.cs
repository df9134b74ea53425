namespace BcnnSim.Trainer.Configuration;

/// <summary>What a layer leaves.</summary>
public enum LayerOutput
{
    /// <summary>Signs only.</summary>
    Bits,

    /// <summary>The norm's values and their signs: what residual adds and, at the end, the head work on.</summary>
    Values,
}
