namespace BcnnSim.Hardware.Hbm;

/// <summary>AXI bursts in the controller, cut into 32-byte column accesses in order of arrival.</summary>
internal sealed class BurstQueue(AddressMap map, int maxBursts, int inboundCycles)
{
    private readonly PendingBurst[] ring = new PendingBurst[maxBursts * 16];
    private int head;
    private int bursts;

    /// <summary>Column accesses waiting.</summary>
    public int Count { get; private set; }

    public bool HasRoom => bursts < maxBursts;

    public ref PendingBurst this[int i] => ref ring[(head + i) % ring.Length];

    public void Add(int id, long address, int beats, bool isWrite, long cycle)
    {
        bursts++;
        for (int i = 0; i < beats; i++)
        {
            long at = address + (32L * i);
            this[Count] = new PendingBurst
            {
                Address = at,
                Place = map.Decode(at),
                IsWrite = isWrite,
                Last = i == beats - 1,
                Id = id,
                ReadyCycle = cycle + inboundCycles,
            };
            Count++;
        }
    }

    public void Remove()
    {
        bursts -= this[0].Last ? 1 : 0;
        head = (head + 1) % ring.Length;
        Count--;
    }
}
