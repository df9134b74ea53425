namespace BcnnSim.Trainer.Layers;

/// <summary>What stands after the norm.</summary>
public enum ActivationKind
{
    /// <summary>Hardtanh(+-1.3), then sign; sign(0) = +1. Straight-through gradient.</summary>
    Sign,

    /// <summary>Hardtanh(+-1.3) only: the float twin, and the form finite differences can test.</summary>
    Hardtanh,

    /// <summary>max(0, x) of each component.</summary>
    Relu,

    /// <summary>Nothing: the value itself, for layers whose values are added or read by the head.</summary>
    Linear,
}
