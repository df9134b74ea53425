namespace BcnnSim.Networks;

/// <summary>Shape of a feature map: rows, columns, complex channels.</summary>
public readonly record struct MapShape(int Height, int Width, int Channels)
{
    /// <summary>Height x Width.</summary>
    public int Pixels => Height * Width;

    /// <summary>Shape after k x k pooling with an incomplete border dropped.</summary>
    public MapShape Pooled(int k) => new(Height / k, Width / k, Channels);

    public override string ToString() => $"{Height}x{Width}x{Channels}";
}
