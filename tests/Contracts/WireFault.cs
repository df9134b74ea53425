namespace BcnnSim.Tests.Contracts;

/// <summary>What a <see cref="FaultyWire"/> does.</summary>
internal enum WireFault
{
    /// <summary>Nothing wrong.</summary>
    None,

    /// <summary>One beat is lost.</summary>
    DroppedBeat,

    /// <summary>Two beats change places.</summary>
    SwappedBeats,

    /// <summary>One beat comes twice.</summary>
    DoubledBeat,

    /// <summary>One bit of one beat is inverted.</summary>
    FlippedBit,
}
