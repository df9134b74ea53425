namespace BcnnSim.Trainer.Layers.Real;

/// <summary>How a real network computes.</summary>
/// <param name="WeightBits">0: weights by value; 1: by sign; 2..8: rounded to 2^(b-1) - 1 steps on either side of 0, the largest of a layer at the end.</param>
/// <param name="Activation">Of every layer; layers with values keep them linear and show readers the activated value.</param>
/// <param name="BatchNorm">False leaves a bias per channel, and a head without norm.</param>
public readonly record struct RealForm(int WeightBits, ActivationKind Activation, bool BatchNorm = true);
