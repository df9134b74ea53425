namespace BcnnSim.Trainer.Layers;

/// <summary>A trained array and its gradient. <paramref name="Latent"/>: a latent binary weight, clamped to +-1.3 after each step.</summary>
public sealed record Parameter<T>(string Name, T[] Value, T[] Gradient, bool Latent)
    where T : unmanaged;
