namespace BcnnSim.Hardware.Compute;

/// <summary>Where a finished Po x Pp tile belongs: only its existing pixels and channels are drained.</summary>
internal readonly record struct TilePosition(int FirstPixel, int Pixels, int FirstChannel, int Channels);
