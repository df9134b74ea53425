namespace BcnnSim.Hardware.Traffic;

/// <summary>Requests of one port by a pattern, round robin over its pseudo-channels, each offered as soon as the port has room.</summary>
public sealed class PatternSource : IRequestSource
{
    private readonly RequestPattern pattern;
    private readonly long[] starts;
    private readonly int first;
    private readonly long places;
    private RequestRandom addresses;
    private RequestRandom kinds;
    private long left;
    private long offset;
    private int turn;

    /// <param name="pattern">Checked pattern.</param>
    /// <param name="port">Names the random streams.</param>
    /// <param name="pseudoChannels">Pseudo-channels it goes round.</param>
    /// <param name="first">Position in that list of its first request.</param>
    /// <param name="requests">How many it offers.</param>
    public PatternSource(RequestPattern pattern, int port, IReadOnlyList<int> pseudoChannels, int first, long requests)
    {
        this.pattern = pattern;
        this.first = first;
        starts = [.. pseudoChannels.Select(p => p * RequestPattern.PseudoChannelBytes)];
        places = pattern.WorkingSet / pattern.BytesPerRequest;
        addresses = new RequestRandom(pattern.Seed, port, 0);
        kinds = new RequestRandom(pattern.Seed, port, 1);
        left = requests;
        turn = first;
    }

    public bool Timed => false;

    public bool TryNext(out MemoryRequest request)
    {
        if (left == 0)
        {
            request = default;
            return false;
        }

        left--;
        long place = pattern.Kind == PatternKind.Random ? addresses.Below(places) * pattern.BytesPerRequest : offset;
        bool write = pattern.WriteShare > 0 && kinds.NextUnit() < pattern.WriteShare;
        request = new MemoryRequest(0, starts[turn] + place, pattern.BytesPerRequest, write);
        Advance();
        return true;
    }

    /// <summary>To the next pseudo-channel; the address moves when all had their turn.</summary>
    private void Advance()
    {
        turn = turn + 1 == starts.Length ? 0 : turn + 1;
        if (turn == first)
        {
            offset += pattern.Stride;
            offset = offset >= pattern.WorkingSet ? offset - pattern.WorkingSet : offset;
        }
    }
}
