namespace BcnnSim.Trainer.Pruning;

/// <summary>How binary weights and pruning meet (training.md section 3). With sign(W) in the forward pass the loss does not see magnitudes.</summary>
public enum BinarizationRoute
{
    /// <summary>The weights stay real; no binarization.</summary>
    None,

    /// <summary>Route (a): real weights, binary activations while dense and while pruned; signs from the hard prune on.</summary>
    After,

    /// <summary>Route (b): sign(W) times a gate that falls to 0 with the norm of its group; 0 or 1 from the hard prune on.</summary>
    Gated,

    /// <summary>Negative control: sign(W) throughout; a penalty moves latents that the loss does not see.</summary>
    Signs,
}
