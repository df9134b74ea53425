namespace BcnnSim.Trainer.Pruning.Structures;

/// <summary>Share of one layer in a set of groups.</summary>
/// <param name="Layer">Index of the layer.</param>
/// <param name="Group">For each weight [Cout, T] the group it belongs to.</param>
public sealed record GroupMember(int Layer, int[] Group);
