namespace BcnnSim.Design;

/// <summary>Where weights live while frames run.</summary>
public enum WeightResidency
{
    /// <summary>All layers on chip, loaded once before the first frame.</summary>
    OnChip,

    /// <summary>Streamed from memory within every frame, ahead of the layer that computes.</summary>
    Stream,
}
