namespace BcnnSim.Reporting;

/// <summary>Components of a layer's 16-bit values that did not fit, over every frame of the run (frames begun, if it was interrupted).</summary>
/// <param name="Norm">Saturated by the norm.</param>
/// <param name="Residual">Saturated by the residual add.</param>
/// <param name="Components">All components, two per value.</param>
public sealed record SaturationReport(long Norm, long Residual, long Components);
