namespace BcnnSim.Networks;

/// <summary>What pruning removed. Rate = dense / kept complex weights of all binary convolutions.</summary>
/// <param name="Structure">"none", "filter", "channel", "column", "kernel", "block" or "unstructured".</param>
/// <param name="DenseWeights">Complex weights of all binary convolutions before pruning.</param>
/// <param name="KeptWeights">Complex weights kept.</param>
public sealed record PruningRecord(string Structure, long DenseWeights, long KeptWeights)
{
    /// <summary>Po and Pi of the blocks whole weights were removed in; stated for structure "block", null where no block was meant.</summary>
    public (int Output, int Input)? BlockLanes { get; init; }

    /// <summary>Dense over kept.</summary>
    public double Rate => KeptWeights == 0 ? 0 : (double)DenseWeights / KeptWeights;
}
