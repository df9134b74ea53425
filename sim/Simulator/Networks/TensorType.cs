namespace BcnnSim.Networks;

/// <summary>Element types of weights.safetensors; the names are those of the format.</summary>
public enum TensorType
{
    /// <summary>Unsigned byte: packed quadrant bits, inversions.</summary>
    U8,

    /// <summary>Signed byte: classifier weights.</summary>
    I8,

    /// <summary>Little-endian int16: norm coefficients.</summary>
    I16,

    /// <summary>Little-endian int32: kept taps.</summary>
    I32,

    /// <summary>Little-endian int64: norm constants, thresholds, biases.</summary>
    I64,
}
