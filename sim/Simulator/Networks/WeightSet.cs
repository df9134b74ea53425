namespace BcnnSim.Networks;

/// <summary>Content of one weights file.</summary>
/// <param name="Tensors">In file order.</param>
/// <param name="Metadata">The optional string map of the header.</param>
/// <param name="Sha256">Of the whole file, lower-case hexadecimal.</param>
public sealed record WeightSet(IReadOnlyList<WeightTensor> Tensors, IReadOnlyDictionary<string, string> Metadata, string Sha256);
