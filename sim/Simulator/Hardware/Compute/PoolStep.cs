namespace BcnnSim.Hardware.Compute;

/// <summary>What one incoming pixel means for its pooled pixel.</summary>
/// <param name="First">First of the k x k pixels: starts the state.</param>
/// <param name="Last">Last of them: the result leaves.</param>
/// <param name="Column">Pooled column: the state's address.</param>
/// <param name="PooledPixel">Raster index in the pooled map.</param>
internal readonly record struct PoolStep(bool First, bool Last, int Column, int PooledPixel);
