namespace BcnnSim.Hardware.Traffic;

/// <summary>How the addresses of a pattern follow each other.</summary>
public enum PatternKind
{
    /// <summary>One access behind the other.</summary>
    Sequential,

    /// <summary>At a distance of its own.</summary>
    Stride,

    /// <summary>Uniform over the working set, at multiples of the access size.</summary>
    Random,
}
