namespace BcnnSim.Trainer.Data.Captures;

/// <summary>One file of the user's: what lies in it was recorded together and belongs into one part of a split.</summary>
/// <param name="Name">Relative to the folder of the set, with / between the parts.</param>
/// <param name="Source">File that a refusal names.</param>
/// <param name="Samples">Its samples.</param>
/// <param name="Rate">Samples per second, null where unknown.</param>
/// <param name="Runs">Labelled stretches, or the whole file, row by row; in rising order, not overlapping.</param>
public sealed record Recording(string Name, string Source, SampleFile Samples, double? Rate, IReadOnlyList<SampleRun> Runs)
{
    /// <summary>First samples of the stretches between which the receiver was set anew, rising; no burst lies across one.</summary>
    internal List<long> Segments { get; init; } = [];

    /// <summary>The longest run of every place that holds no whole burst. A place that a segment cuts may leave a short rest beside a burst.</summary>
    internal IEnumerable<SampleRun> WithoutBurst(int samples) =>
        Runs.GroupBy(run => run.Place).Select(runs => runs.MaxBy(run => run.Count)!).Where(run => run.Count < samples);
}
