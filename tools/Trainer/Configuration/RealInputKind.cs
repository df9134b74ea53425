namespace BcnnSim.Trainer.Configuration;

/// <summary>What a real network reads of complex frames.</summary>
public enum RealInputKind
{
    /// <summary>The C real parts.</summary>
    Real,

    /// <summary>Both parts, as 2C channels.</summary>
    Both,
}
