namespace BcnnSim.Trainer.Data.Captures;

/// <summary>Consecutive samples of one kind, cut into bursts from its start; what is left at its end is no burst.</summary>
/// <param name="Start">First sample.</param>
/// <param name="Count">Samples.</param>
/// <param name="Label">Class, null where nothing says it.</param>
/// <param name="Place">What a refusal names.</param>
public sealed record SampleRun(long Start, long Count, string? Label, string Place);
