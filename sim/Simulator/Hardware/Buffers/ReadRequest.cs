namespace BcnnSim.Hardware.Buffers;

/// <summary>
/// One tap group of Pp pixel lanes: word <paramref name="Word"/> of <paramref name="Run"/> neighbouring kernel columns.
/// </summary>
/// <param name="Pixels">Raster index of column r for lane p at r * Pp + p; -1 where the tap lies in the padding or beyond the last pixel.</param>
/// <param name="Run">Kernel columns.</param>
/// <param name="Plane">Bit plane; 0 in the activation buffer.</param>
/// <param name="Word">Channel word.</param>
/// <param name="Region">Half of the activation buffer, or slot of the frame buffer.</param>
public readonly record struct ReadRequest(int[] Pixels, int Run, int Plane, int Word, int Region);
