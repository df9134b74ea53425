namespace BcnnSim.Hardware.Hbm;

/// <summary>Which later commands a timing row delays.</summary>
public enum TimingScope
{
    /// <summary>Those to the same bank.</summary>
    Bank,

    /// <summary>Those to the same bank group.</summary>
    Group,

    /// <summary>Those to any bank of the pseudo-channel.</summary>
    PseudoChannel,

    /// <summary>The fourth next of its kind (tFAW).</summary>
    FourActivates,
}
