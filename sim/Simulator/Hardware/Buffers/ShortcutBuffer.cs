using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Buffers;

/// <summary>
/// The one map of 16-bit values that residual adds read and write, in place where a sum replaces its shortcut: a word is one norm group of
/// one pixel, a bank has a read and a write port. A beat's pixels are neighbours in raster order and the design has a bank for each, so no two
/// accesses meet in a bank.
/// </summary>
public sealed class ShortcutBuffer : Component
{
    private readonly Channel<LayerCommand> commands;
    private readonly Channel<ValueBeat> values;
    private readonly Channel<ShortcutRequest> requests;
    private readonly Channel<ValueBeat> replies;
    private readonly Channel<Completion> done;
    private readonly DelayLine<ValueBeat> latency;
    private readonly BlockPool<ValueBlock> blocks;
    private readonly int banks;
    private readonly int groupChannels;
    private readonly short[] re;
    private readonly short[] im;
    private LayerPlan? writing;
    private long remaining;

    public ShortcutBuffer(
        string name,
        ClockDomain clock,
        AcceleratorProgram program,
        Channel<LayerCommand> commands,
        Channel<ValueBeat> values,
        (Channel<ShortcutRequest> Requests, Channel<ValueBeat> Replies) read,
        Channel<Completion> done)
        : base(name, clock)
    {
        this.commands = commands;
        this.values = values;
        requests = read.Requests;
        replies = read.Replies;
        this.done = done;
        commands.ConnectConsumer(this);
        values.ConnectConsumer(this);
        requests.ConnectConsumer(this);
        replies.ConnectProducer(this);
        done.ConnectProducer(this);
        var design = program.Design;
        banks = design.ShortcutBuffer.Banks;
        groupChannels = Math.Min(design.PeArray.OutputLanes, design.Norm.Lanes);

        // Entered at n, a reply is pushed at n + latency; the extra entry is the one waiting at a full reply channel.
        int cycles = design.ShortcutBuffer.ReadLatency;
        latency = new DelayLine<ValueBeat>(cycles, cycles + 1);
        int pixels = Math.Max(1, design.Norm.Lanes / design.PeArray.OutputLanes);
        blocks = new BlockPool<ValueBlock>(cycles + replies.Depth + 4, () => new ValueBlock(pixels, groupChannels));
        int words = program.Layers.Max(l => l.Sinks.Shortcut ? l.Output.Pixels * l.ShortcutWordsPerPixel : 0);
        re = new short[words * groupChannels];
        im = new short[words * groupChannels];
    }

    public override bool HoldsWork => latency.Count > 0 || writing is not null;

    public override bool Tick(long cycle)
    {
        Reply(cycle);
        Read(cycle);
        TakeCommand();
        Write();
        Complete();
        return latency.Count > 0 || requests.HasBeatNext || (writing is null ? commands.HasBeatNext : values.HasBeatNext || (remaining == 0 && done.HasSpaceNext));
    }

    public override Activity Classify(long cycle)
    {
        if (latency.NextDue <= cycle && replies.Count == replies.Depth)
        {
            return Activity.BackPressured(0);
        }

        if (latency.Count > 0 || requests.Count > 0)
        {
            return Activity.Busy;
        }

        if (writing is null)
        {
            return Awaiting(0);
        }

        return remaining == 0 && done.Count == done.Depth ? Activity.BackPressured(1) : Awaiting(1);
    }

    private void Reply(long cycle)
    {
        if (latency.NextDue <= cycle && replies.CanPush)
        {
            replies.Push(latency.Leave());
        }
    }

    private void Read(long cycle)
    {
        if (latency.Count > latency.Latency || !requests.CanPop)
        {
            return;
        }

        ShortcutRequest request = requests.Pop();
        ValueBlock place = request.Place;
        ValueBlock result = blocks.Next();
        result.Describe(place);
        CheckBanks(place, cycle);
        for (int i = 0; i < place.Pixels; i++)
        {
            int from = ((place.PixelIndex[i] * request.WordsPerPixel) + request.Word) * groupChannels;
            re.AsSpan(from, place.Channels).CopyTo(result.Re.AsSpan(i * place.Channels));
            im.AsSpan(from, place.Channels).CopyTo(result.Im.AsSpan(i * place.Channels));
        }

        latency.Enter(new ValueBeat(result), cycle);
    }

    private void TakeCommand()
    {
        if (writing is null && commands.CanPop)
        {
            writing = commands.Pop().Layer;
            remaining = (long)writing.Output.Pixels * writing.Output.Channels;
        }
    }

    private void Write()
    {
        if (writing is null || remaining == 0 || !values.CanPop)
        {
            return;
        }

        ValueBlock block = values.Pop().Values;
        int word = block.FirstChannel / groupChannels;
        for (int i = 0; i < block.Pixels; i++)
        {
            int to = ((block.PixelIndex[i] * writing.ShortcutWordsPerPixel) + word) * groupChannels;
            block.Re.AsSpan(i * block.Channels, block.Channels).CopyTo(re.AsSpan(to));
            block.Im.AsSpan(i * block.Channels, block.Channels).CopyTo(im.AsSpan(to));
        }

        remaining -= block.Pixels * block.Channels;
    }

    private void Complete()
    {
        if (writing is not null && remaining == 0 && done.CanPush)
        {
            done.Push(new Completion(writing.Index));
            writing = null;
        }
    }

    /// <summary>The claim above, checked: neighbours as far apart as there are banks would meet.</summary>
    private void CheckBanks(ValueBlock place, long cycle)
    {
        if (place.Pixels > 0 && place.PixelIndex[place.Pixels - 1] - place.PixelIndex[0] >= banks)
        {
            throw new ModelException(this, cycle, requests, $"pixels {place.PixelIndex[0]}..{place.PixelIndex[place.Pixels - 1]} of one beat meet in a bank");
        }
    }
}
