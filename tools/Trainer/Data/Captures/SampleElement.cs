namespace BcnnSim.Trainer.Data.Captures;

/// <summary>What one component, real or imaginary, of a sample is in its file; little endian.</summary>
public enum SampleElement
{
    Float32,
    Int16,
    Int8,

    /// <summary>Offset binary: the middle, 127.5, stands for 0.</summary>
    UInt8,
}
