namespace BcnnSim.Trainer.Data.Captures;

/// <summary>One file of the user's: what lies in it was recorded together and belongs into one part of a split.</summary>
/// <param name="Name">Relative to the folder of the set, with / between the parts.</param>
/// <param name="Source">File that a refusal names.</param>
/// <param name="Samples">Its samples.</param>
/// <param name="Rate">Samples per second, null where unknown.</param>
/// <param name="Runs">Labelled stretches, or the whole file, row by row; in rising order, not overlapping.</param>
public sealed record Recording(string Name, string Source, SampleFile Samples, double? Rate, IReadOnlyList<SampleRun> Runs);
