namespace BcnnSim.Hardware.Control;

/// <summary>A unit tells the sequencer that one piece of work is done.</summary>
public readonly record struct Completion(int Tag);
