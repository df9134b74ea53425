namespace BcnnSim.Hardware.Compute;

/// <summary>Po x Pp complex partial sums of one word; entry (o, p) at o * PixelStride + p, PixelStride = Pp rounded up to 8.</summary>
/// <param name="Re">Real parts, |re| &lt;= 2 Pi.</param>
/// <param name="Im">Imaginary parts.</param>
/// <param name="Plane">Bit plane: weight 2^Plane.</param>
/// <param name="Last">Last word of the output group.</param>
public readonly record struct PartialSumBeat(int[] Re, int[] Im, byte Plane, bool Last);
