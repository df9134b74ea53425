namespace BcnnSim.Observation.Statistics;

/// <summary>One executed layer.</summary>
/// <param name="Start">Array cycle in which its command was pushed.</param>
/// <param name="End">Array cycle in which its completion was pushed.</param>
/// <param name="ArrayActivity">Cycles of the PE array by activity code in [Start, End).</param>
public sealed record LayerSpan(long Start, long End, long[] ArrayActivity)
{
    public long Cycles => End - Start;
}
