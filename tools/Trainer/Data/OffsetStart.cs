namespace BcnnSim.Trainer.Data;

/// <summary>Law of an oscillator offset at the first sample of a burst.</summary>
public enum OffsetStart
{
    /// <summary>Uniform over +-maximum: the stationary law of a walk that is reflected there.</summary>
    Stationary,

    /// <summary>Normal with the standard deviation named in the preset, limited to +-maximum.</summary>
    Normal,
}
