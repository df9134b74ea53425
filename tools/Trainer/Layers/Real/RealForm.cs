namespace BcnnSim.Trainer.Layers.Real;

/// <summary>How a real network computes.</summary>
/// <param name="Binary">Weights by sign.</param>
/// <param name="Activation">Of every layer; layers with values keep them linear and show readers the activated value.</param>
/// <param name="BatchNorm">False leaves a bias per channel, and a head without norm.</param>
public readonly record struct RealForm(bool Binary, ActivationKind Activation, bool BatchNorm = true);
