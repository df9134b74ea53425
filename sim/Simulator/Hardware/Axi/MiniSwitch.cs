using System.Numerics;
using System.Runtime.CompilerServices;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Axi;

/// <summary>
/// One of the eight 4 x 4 switches between ports and controllers: a full crossbar for its own ports and pseudo-channels, lateral links to
/// its neighbours (AMD PG276, "Lateral AXI Switch Access Throughput Loss"). Per cycle each interface takes and gives one beat of each
/// channel; round robin where several want one. Contention on the lateral links and their dead cycles follow from that.
/// </summary>
public sealed class MiniSwitch : Component
{
    private readonly int own;
    private readonly AxiLink?[] inputs;
    private readonly AxiLink?[] outputs;
    private readonly int[] inputsInUse;
    private readonly int[] outputsInUse;

    // Channels that beats come from, in the order of the interfaces in use: most cycles only ask whether one holds any.
    private readonly Channel<ReadAddressBeat>[] readsFrom;
    private readonly Channel<WriteAddressBeat>[] writesFrom;
    private readonly Channel<WriteDataBeat>[] dataFrom;
    private readonly Channel<ReadDataBeat>[] answersFrom;
    private readonly Channel<WriteResponseBeat>[] responsesFrom;

    // Channels that the two frequent kinds of beats go to.
    private readonly Channel<ReadAddressBeat>[] readsTo;
    private readonly Channel<ReadDataBeat>[] answersTo;
    private readonly IdOrder[] readOrder;
    private readonly IdOrder[] writeOrder;
    private readonly WriteRoute writes = new();
    private readonly uint[] wanted = new uint[SwitchPlace.Interfaces];
    private readonly RoundRobin[] readTurn = new RoundRobin[SwitchPlace.Interfaces];
    private readonly RoundRobin[] writeTurn = new RoundRobin[SwitchPlace.Interfaces];
    private readonly RoundRobin[] addressTurn = new RoundRobin[SwitchPlace.Interfaces];
    private readonly RoundRobin[] responseTurn = new RoundRobin[SwitchPlace.Interfaces];

    private bool moved;

    /// <param name="name">Dotted name.</param>
    /// <param name="clock">AXI clock.</param>
    /// <param name="index">0..7.</param>
    /// <param name="inputs">Links that ask: four ports, two from the left, two from the right; null where unused.</param>
    /// <param name="outputs">Links that answer: four pseudo-channels, two to the left, two to the right.</param>
    public MiniSwitch(string name, ClockDomain clock, int index, AxiLink?[] inputs, AxiLink?[] outputs)
        : base(name, clock)
    {
        own = index;
        this.inputs = inputs;
        this.outputs = outputs;
        inputsInUse = [.. Enumerable.Range(0, inputs.Length).Where(i => inputs[i] is not null)];
        outputsInUse = [.. Enumerable.Range(0, outputs.Length).Where(o => outputs[o] is not null)];
        readsFrom = [.. inputsInUse.Select(i => inputs[i]!.ReadAddress)];
        writesFrom = [.. inputsInUse.Select(i => inputs[i]!.WriteAddress)];
        dataFrom = [.. inputsInUse.Select(i => inputs[i]!.WriteData)];
        answersFrom = [.. outputsInUse.Select(o => outputs[o]!.ReadData)];
        responsesFrom = [.. outputsInUse.Select(o => outputs[o]!.WriteResponse)];
        readsTo = [.. outputsInUse.Select(o => outputs[o]!.ReadAddress)];
        answersTo = [.. inputsInUse.Select(i => inputs[i]!.ReadData)];
        readOrder = [.. Enumerable.Range(0, SwitchPlace.Width).Select(_ => new IdOrder())];
        writeOrder = [.. Enumerable.Range(0, SwitchPlace.Width).Select(_ => new IdOrder())];
        foreach (int i in inputsInUse)
        {
            inputs[i]!.ConnectSlave(this);
        }

        foreach (int o in outputsInUse)
        {
            outputs[o]!.ConnectMaster(this);
        }
    }

    public override bool WaitsOnlyForSpace => true;

    public override bool WaitsOnlyForHead => true;

    public override bool HoldsWork => writes.Bursts > 0;

    public override bool Tick(long cycle)
    {
        moved = false;

        // Most traffic is reads: what writes need is not even called then.
        bool writesWait = AnyNow(responsesFrom) || AnyNow(writesFrom) || AnyNow(dataFrom);
        ReturnData();
        ForwardReads();

        if (writesWait)
        {
            ReturnResponses();
            ForwardData();
            ForwardWrites();
        }

        // If nothing moved, whatever waits does so for a full or an empty channel, which wakes, or for an answer, which is a beat.
        return moved && (MoreReadsNext() || (writesWait && MoreWritesNext()));
    }

    public override Activity Classify(long cycle)
    {
        bool sees = HoldsWork;
        foreach (int i in inputsInUse)
        {
            AxiLink link = inputs[i]!;
            sees |= link.ReadAddress.Count > 0 || link.WriteAddress.Count > 0 || link.WriteData.Count > 0;
        }

        foreach (int o in outputsInUse)
        {
            sees |= outputs[o]!.ReadData.Count > 0 || outputs[o]!.WriteResponse.Count > 0;
        }

        return sees ? Activity.Busy : Activity.Starved(0);
    }

    /// <summary>Whether a beat of a read will wait after this edge even if none comes, and might then move even if no space is freed.</summary>
    private bool MoreReadsNext() => (AnyNext(answersFrom) && AnySpaceNext(answersTo)) || (AnyNext(readsFrom) && AnySpaceNext(readsTo));

    private bool MoreWritesNext() => AnyNext(responsesFrom) || AnyNext(writesFrom) || AnyNext(dataFrom);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AnyNow<T>(Channel<T>[] channels)
        where T : struct
    {
        foreach (Channel<T> channel in channels)
        {
            if (channel.CanPop)
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyNext<T>(Channel<T>[] channels)
        where T : struct
    {
        foreach (Channel<T> channel in channels)
        {
            if (channel.HasBeatNext)
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnySpaceNext<T>(Channel<T>[] channels)
        where T : struct
    {
        foreach (Channel<T> channel in channels)
        {
            if (channel.HasSpaceNext)
            {
                return true;
            }
        }

        return false;
    }

    private void ReturnData()
    {
        uint busy = 0;
        for (int k = 0; k < answersFrom.Length; k++)
        {
            Channel<ReadDataBeat> from = answersFrom[k];
            busy |= from.CanPop ? Want(SwitchPlace.Toward(own, from.Head.Port, from.Head.Port), outputsInUse[k]) : 0;
        }

        for (; busy != 0; busy &= busy - 1)
        {
            int input = BitOperations.TrailingZeroCount(busy);
            int output = Take(input, readTurn);
            if (inputs[input]!.ReadData.CanPush)
            {
                ref readonly ReadDataBeat beat = ref outputs[output]!.ReadData.Pop();
                inputs[input]!.ReadData.Push(in beat);
                readTurn[input].Served(output);
                moved = true;
                if (beat.Last && input < SwitchPlace.Width)
                {
                    readOrder[input].End(beat.Id);
                }
            }
        }
    }

    private void ReturnResponses()
    {
        uint busy = 0;
        for (int k = 0; k < responsesFrom.Length; k++)
        {
            Channel<WriteResponseBeat> from = responsesFrom[k];
            busy |= from.CanPop ? Want(SwitchPlace.Toward(own, from.Head.Port, from.Head.Port), outputsInUse[k]) : 0;
        }

        for (; busy != 0; busy &= busy - 1)
        {
            int input = BitOperations.TrailingZeroCount(busy);
            int output = Take(input, responseTurn);
            if (inputs[input]!.WriteResponse.CanPush)
            {
                WriteResponseBeat beat = outputs[output]!.WriteResponse.Pop();
                inputs[input]!.WriteResponse.Push(beat);
                responseTurn[input].Served(output);
                moved = true;
                if (input < SwitchPlace.Width)
                {
                    writeOrder[input].End(beat.Id);
                }
            }
        }
    }

    private void ForwardReads()
    {
        uint busy = 0;
        for (int k = 0; k < readsFrom.Length; k++)
        {
            Channel<ReadAddressBeat> from = readsFrom[k];
            if (!from.CanPop)
            {
                continue;
            }

            int i = inputsInUse[k];
            if (i >= SwitchPlace.Width || readOrder[i].Allows(from.Head.Id, SwitchPlace.PseudoChannelOf(from.Head.Address)))
            {
                busy |= Want(Output(from.Head.Address, i, from.Head.Port), i);
            }
        }

        for (; busy != 0; busy &= busy - 1)
        {
            int output = BitOperations.TrailingZeroCount(busy);
            int input = Take(output, addressTurn);
            if (Reached(output).ReadAddress.CanPush)
            {
                ref readonly ReadAddressBeat beat = ref inputs[input]!.ReadAddress.Pop();
                outputs[output]!.ReadAddress.Put() = new ReadAddressBeat(beat.Id, beat.Address, beat.Beats, PortOf(input, beat.Port));
                addressTurn[output].Served(input);
                moved = true;
                if (input < SwitchPlace.Width)
                {
                    readOrder[input].Begin(beat.Id, SwitchPlace.PseudoChannelOf(beat.Address));
                }
            }
        }
    }

    private void ForwardWrites()
    {
        uint busy = 0;
        for (int k = 0; k < writesFrom.Length; k++)
        {
            Channel<WriteAddressBeat> from = writesFrom[k];
            if (!from.CanPop)
            {
                continue;
            }

            int i = inputsInUse[k];
            if (i < SwitchPlace.Width && !writeOrder[i].Allows(from.Head.Id, SwitchPlace.PseudoChannelOf(from.Head.Address)))
            {
                continue;
            }

            int output = Output(from.Head.Address, i, from.Head.Port);
            busy |= writes.Allows(i, output) ? Want(output, i) : 0;
        }

        for (; busy != 0; busy &= busy - 1)
        {
            int output = BitOperations.TrailingZeroCount(busy);
            int input = Take(output, writeTurn);
            if (Reached(output).WriteAddress.CanPush)
            {
                WriteAddressBeat beat = inputs[input]!.WriteAddress.Pop();
                int port = PortOf(input, beat.Port);
                outputs[output]!.WriteAddress.Push(beat with { Port = port });
                writeTurn[output].Served(input);
                moved = true;
                writes.Begin(input, output, port);
                if (input < SwitchPlace.Width)
                {
                    writeOrder[input].Begin(beat.Id, SwitchPlace.PseudoChannelOf(beat.Address));
                }
            }
        }
    }

    private void ForwardData()
    {
        foreach (int o in outputsInUse)
        {
            int input = writes.Input(o);
            if (input < 0 || !inputs[input]!.WriteData.CanPop || !outputs[o]!.WriteData.CanPush)
            {
                continue;
            }

            moved = true;
            if (writes.TurnsOver(o))
            {
                continue;
            }

            ref readonly WriteDataBeat beat = ref inputs[input]!.WriteData.Pop();
            outputs[o]!.WriteData.Push(in beat);
            if (beat.Last)
            {
                writes.End(o);
            }
        }
    }

    /// <summary>Notes that a requester wants a server; the server as a bit.</summary>
    private uint Want(int server, int requester)
    {
        wanted[server] |= 1u << requester;
        return 1u << server;
    }

    /// <summary>The requester a server would take; its list is empty afterwards.</summary>
    private int Take(int server, RoundRobin[] turns)
    {
        int requester = turns[server].Choose(wanted[server]);
        wanted[server] = 0;
        return requester;
    }

    private int Output(long address, int input, int port) => SwitchPlace.Toward(own, SwitchPlace.PseudoChannelOf(address), PortOf(input, port));

    /// <summary>A beat gets its port's number where it enters.</summary>
    private int PortOf(int input, int port) => input < SwitchPlace.Width ? (own * SwitchPlace.Width) + input : port;

    private AxiLink Reached(int output) =>
        outputs[output] ?? throw new ModelException(this, Clock.Cycle, null, $"nothing behind interface {output}: a request left the ports and pseudo-channels in use");
}
