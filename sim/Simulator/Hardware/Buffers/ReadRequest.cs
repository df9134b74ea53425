namespace BcnnSim.Hardware.Buffers;

/// <summary>One tap group of Pp pixels: word <paramref name="Word"/> of each pixel, plane and half (or frame slot).</summary>
/// <param name="Pixels">Raster index per pixel lane, -1 where the tap lies in the padding or beyond the last pixel.</param>
/// <param name="Plane">Bit plane; 0 in the activation buffer.</param>
/// <param name="Word">Channel word.</param>
/// <param name="Region">Half of the activation buffer, or slot of the frame buffer.</param>
public readonly record struct ReadRequest(int[] Pixels, int Plane, int Word, int Region);
