namespace BcnnSim.Trainer.Pruning.Structures;

/// <summary>What goes as one (network.md section 4). T = Kh*Kw*Cin taps, tap t = (ky*Kw + kx)*Cin + c.</summary>
public enum PruningStructure
{
    /// <summary>One output channel; the first, so that it is the default.</summary>
    Filter,

    /// <summary>Single weights; real and imaginary part together.</summary>
    Unstructured,

    /// <summary>One tap in every filter of a layer (shape-wise pruning).</summary>
    Column,

    /// <summary>One input channel in every reader of a map; the channel leaves the layer that makes it.</summary>
    Channel,

    /// <summary>The Kh x Kw window of one (output channel, input channel).</summary>
    Kernel,

    /// <summary>Output group x word of a named design: Po filters x Pi taps.</summary>
    Block,
}
