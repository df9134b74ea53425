using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Buffers;

/// <summary>
/// Read side of a banked memory: each cycle a bank serves one address; a request takes as many cycles as its fullest bank has
/// different addresses, then the fixed read latency. Part of its buffer, not a component.
/// </summary>
internal sealed class BankedReader
{
    private readonly Channel<ReadRequest> requests;
    private readonly Channel<ReadReply> replies;
    private readonly DelayLine<ReadReply> latency;
    private readonly ReadReply[] pool;
    private readonly int[] bankLoad;
    private readonly int[] lastRequest;
    private readonly int pixelLanes;
    private readonly int banks;
    private int next;
    private int requestNumber;
    private int conflictCycles;
    private ReadReply current;

    public BankedReader(Channel<ReadRequest> requests, Channel<ReadReply> replies, int banks, int readLatency, int pixelLanes, int pixels)
    {
        this.requests = requests;
        this.replies = replies;
        this.banks = banks;
        this.pixelLanes = pixelLanes;
        bankLoad = new int[banks];
        lastRequest = new int[pixels];

        // Entered at n, a reply is pushed at n + latency; the extra entry is the one waiting at a full reply channel.
        latency = new DelayLine<ReadReply>(readLatency, readLatency + 1);
        pool = new ReadReply[readLatency + 2 + replies.Depth + 2];
        for (int i = 0; i < pool.Length; i++)
        {
            pool[i] = new ReadReply(new ulong[pixelLanes * MaxRun], new ulong[pixelLanes * MaxRun], [], 0);
        }
    }

    /// <summary>Most kernel columns of one request: 64 taps of one channel.</summary>
    public const int MaxRun = 64;

    public bool HoldsWork => latency.Count > 0 || conflictCycles > 0;

    /// <summary>Must run at the next edge.</summary>
    public bool Awake => HoldsWork || requests.HasBeatNext;

    public bool InConflict => conflictCycles > 0;

    public bool ReplyBlocked(long cycle) => latency.NextDue <= cycle && replies.Count == replies.Depth;

    /// <summary>Drains the latency line, then finishes a conflict. Returns true if a new request may start this cycle.</summary>
    public bool Advance(long cycle)
    {
        if (latency.NextDue <= cycle && replies.CanPush)
        {
            replies.Push(latency.Leave());
        }

        if (conflictCycles == 0)
        {
            return latency.Count <= latency.Latency && requests.CanPop;
        }

        if (latency.Count <= latency.Latency && --conflictCycles == 0)
        {
            latency.Enter(current, cycle);
        }

        return false;
    }

    /// <summary>Takes the next request; its owner fills the returned words.</summary>
    public ReadReply Start(out ReadRequest request)
    {
        request = requests.Pop();
        ReadReply words = pool[next];
        next = next + 1 == pool.Length ? 0 : next + 1;
        current = new ReadReply(words.Re, words.Im, request.Pixels, request.Run);
        return current;
    }

    /// <summary>Accounts the banks of the request just taken.</summary>
    public void Finish(in ReadRequest request, long cycle)
    {
        int cycles = Conflicts(request.Pixels.AsSpan(0, request.Run * pixelLanes));
        if (cycles <= 1)
        {
            latency.Enter(current, cycle);
        }
        else
        {
            conflictCycles = cycles - 1;
        }
    }

    /// <summary>Different pixels in the fullest bank: neighbouring windows share columns, a pixel is read once for all of them.</summary>
    private int Conflicts(ReadOnlySpan<int> pixels)
    {
        Array.Clear(bankLoad);
        requestNumber++;
        int fullest = 0;
        foreach (int pixel in pixels)
        {
            if (pixel >= 0 && lastRequest[pixel] != requestNumber)
            {
                lastRequest[pixel] = requestNumber;
                fullest = Math.Max(fullest, ++bankLoad[pixel % banks]);
            }
        }

        return fullest;
    }
}
