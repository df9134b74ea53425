namespace BcnnSim.Trainer.Data.Captures;

/// <summary>Consecutive samples of one kind, cut into bursts from its start; what is left at its end is no burst.</summary>
/// <param name="Start">First sample.</param>
/// <param name="Count">Samples.</param>
/// <param name="Label">Class, null where nothing says it.</param>
/// <param name="Place">What a refusal names.</param>
public sealed record SampleRun(long Start, long Count, string? Label, string Place)
{
    /// <summary>The run, in pieces where a segment of the recording begins within it.</summary>
    /// <param name="segments">First samples, rising.</param>
    internal IEnumerable<SampleRun> CutAt(List<long> segments)
    {
        long from = Start, end = Start + Count;
        int next = segments.BinarySearch(Start);
        for (next = next < 0 ? ~next : next + 1; next < segments.Count && segments[next] < end; next++)
        {
            yield return this with { Start = from, Count = segments[next] - from };
            from = segments[next];
        }

        yield return this with { Start = from, Count = end - from };
    }
}
