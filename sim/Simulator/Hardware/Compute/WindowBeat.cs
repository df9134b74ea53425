namespace BcnnSim.Hardware.Compute;

/// <summary>One word (Pi taps) of the windows of Pp pixels: pixel p is word Offset + p of <paramref name="Words"/>.</summary>
/// <param name="Words">Window memory.</param>
/// <param name="Offset">First of Pp words.</param>
/// <param name="Plane">Bit plane: the partial sums count 2^Plane.</param>
/// <param name="Last">Last word of the output group.</param>
public readonly record struct WindowBeat(QuadrantBlock Words, int Offset, byte Plane, bool Last);
