namespace BcnnSim.Mapping;

/// <summary>Instructions of the sequencer.</summary>
public enum Opcode
{
    /// <summary>Loads weights, norm constants and classifier constants; waits until all are on chip.</summary>
    LoadParameters,

    /// <summary>Starts the transfer of the next frame; waits for a frame in flight to be allowed and for a free slot.</summary>
    LoadFrame,

    /// <summary>Starts a layer; the first layer waits until its frame is on chip.</summary>
    Compute,

    /// <summary>Waits until every layer started is complete.</summary>
    Barrier,

    /// <summary>Exchanges the halves of the activation buffer.</summary>
    Swap,

    /// <summary>Writes the frame's scores and class to memory when the classifier has them.</summary>
    Store,
}
