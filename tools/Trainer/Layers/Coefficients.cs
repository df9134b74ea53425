namespace BcnnSim.Trainer.Layers;

/// <summary>A batch norm with its statistics as x*Scale + Shift per channel.</summary>
internal readonly record struct Coefficients<T>(T[] Scale, T[] Shift)
    where T : unmanaged;
