namespace BcnnSim.Hardware.Compute;

/// <summary>One word (Pi taps) of the weights of Po output channels: channel o is word Offset + o of <paramref name="Words"/>.</summary>
public readonly record struct WeightBeat(QuadrantBlock Words, int Offset);
