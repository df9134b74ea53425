using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;

namespace BcnnSim.Tests.Timing;

/// <summary>Drives an AXI port with a list of bursts, reads before writes of the same cycle, and keeps what comes back.</summary>
internal sealed class MemoryMaster : Component
{
    private readonly AxiPort port;
    private readonly Queue<MasterBurst> reads;
    private readonly Queue<MasterBurst> writes;
    private readonly Queue<WriteDataBeat> data = new();
    private readonly Func<long, bool> mayTake;
    private int beatsExpected;
    private int responsesExpected;

    public MemoryMaster(string name, ClockDomain clock, AxiPort port, IEnumerable<MasterBurst> requests, Func<long, bool>? mayTake = null)
        : base(name, clock)
    {
        this.port = port;
        this.mayTake = mayTake ?? (static _ => true);
        List<MasterBurst> all = [.. requests];
        reads = new Queue<MasterBurst>(all.Where(r => r.Data is null));
        writes = new Queue<MasterBurst>(all.Where(r => r.Data is not null));
        port.ReadAddress.ConnectProducer(this);
        port.WriteAddress.ConnectProducer(this);
        port.WriteData.ConnectProducer(this);
        port.ReadData.ConnectConsumer(this);
        port.WriteResponse.ConnectConsumer(this);
    }

    public List<(Beat256 Data, bool Last)> Read { get; } = [];

    public int Responses { get; private set; }

    public override bool HoldsWork => reads.Count + writes.Count + data.Count + beatsExpected + responsesExpected > 0;

    public override bool Tick(long cycle)
    {
        Take(cycle);
        Address(cycle);
        if (data.Count > 0 && port.WriteData.CanPush)
        {
            port.WriteData.Push(data.Dequeue());
        }

        return HoldsWork;
    }

    private void Take(long cycle)
    {
        if (port.ReadData.CanPop && mayTake(cycle))
        {
            ReadDataBeat beat = port.ReadData.Pop();
            Read.Add((beat.Data, beat.Last));
            beatsExpected--;
        }

        if (port.WriteResponse.CanPop)
        {
            port.WriteResponse.Pop();
            Responses++;
            responsesExpected--;
        }
    }

    private void Address(long cycle)
    {
        if (reads.Count > 0 && reads.Peek().NotBefore <= cycle && port.ReadAddress.CanPush)
        {
            MasterBurst read = reads.Dequeue();
            port.ReadAddress.Push(new ReadAddressBeat(0, read.Address, read.Beats));
            beatsExpected += read.Beats;
        }

        if (writes.Count > 0 && writes.Peek().NotBefore <= cycle && port.WriteAddress.CanPush)
        {
            MasterBurst write = writes.Dequeue();
            port.WriteAddress.Push(new WriteAddressBeat(0, write.Address, write.Beats));
            responsesExpected++;
            for (int i = 0; i < write.Beats; i++)
            {
                data.Enqueue(new WriteDataBeat(write.Data![i], uint.MaxValue, i == write.Beats - 1));
            }
        }
    }
}
