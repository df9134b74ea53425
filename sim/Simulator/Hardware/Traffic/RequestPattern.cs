namespace BcnnSim.Hardware.Traffic;

/// <summary>
/// Addresses and kinds of made-up requests. Access i of a pseudo-channel is at i * stride mod working set from its start, or, at random, at
/// a multiple of <see cref="BytesPerRequest"/>.
/// </summary>
public sealed record RequestPattern
{
    /// <summary>Bytes of a pseudo-channel (AMD PG276): the largest working set.</summary>
    public const long PseudoChannelBytes = 1L << 28;

    public required PatternKind Kind { get; init; }

    /// <summary>Bytes from one access to the next, 1..working set; not used by random ones.</summary>
    public required long Stride { get; init; }

    /// <summary>Bytes of each pseudo-channel, from its start, that the addresses lie in.</summary>
    public required long WorkingSet { get; init; }

    /// <summary>1 or more, at most the working set.</summary>
    public required int BytesPerRequest { get; init; }

    /// <summary>Probability, 0..1, with which a request is a write.</summary>
    public required double WriteShare { get; init; }

    /// <summary>Of all streams; every port draws from its own.</summary>
    public required long Seed { get; init; }

    /// <summary>
    /// First byte behind the last access, from the start of the pseudo-channel: beyond the working set where the accesses do not divide it.
    /// </summary>
    public long End => Kind == PatternKind.Random
        ? WorkingSet / BytesPerRequest * BytesPerRequest
        : WorkingSet - GreatestCommonDivisor(Stride, WorkingSet) + BytesPerRequest;

    /// <summary>Whether every access begins at a beat.</summary>
    public bool Aligned => BytesPerRequest % Beat == 0 && (Kind == PatternKind.Random || (Stride % Beat == 0 && WorkingSet % Beat == 0));

    /// <summary>Beats of the longest burst an access is cut into.</summary>
    public int LongestBurst => Math.Min(MaxBurstBeats, (BytesPerRequest + (Aligned ? Beat - 1 : (2 * Beat) - 2)) / Beat);

    private const int Beat = 32;
    private const int MaxBurstBeats = 16;

    private static long GreatestCommonDivisor(long a, long b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
