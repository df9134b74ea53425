namespace BcnnSim.Trainer.Configuration;

/// <summary>Numbers a network computes with.</summary>
public enum ArithmeticKind
{
    /// <summary>complex-binary: sign weights, the machine's network.</summary>
    ComplexBinary,

    /// <summary>complex-float.</summary>
    ComplexFloat,

    /// <summary>real-binary: sign weights and activations, real input.</summary>
    RealBinary,

    /// <summary>real-float.</summary>
    RealFloat,
}
