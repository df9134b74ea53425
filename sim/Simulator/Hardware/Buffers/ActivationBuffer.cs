using BcnnSim.Design;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Buffers;

/// <summary>
/// Two halves of packed quadrant words: the line buffer reads one while bits behind the norm, or the signs of values behind the residual
/// add, fill the other (of a value beat only the sign wires lead here). Bits of a pixel arrive group by
/// group and are assembled in registers until a word is complete; the word is then written to the pixel's bank.
/// </summary>
public sealed class ActivationBuffer : Component
{
    private readonly ActivationBufferDesign design;
    private readonly Channel<LayerCommand> commands;
    private readonly Channel<BitBeat> bits;
    private readonly Channel<ValueBeat> values;
    private readonly Channel<Completion> done;
    private readonly BankedReader reader;
    private readonly int pixelLanes;
    private readonly ulong[][] re;
    private readonly ulong[][] im;
    private readonly int[] wordsPerPixel = [1, 1];
    private LayerCommand writing;
    private long remaining;
    private bool active;

    public ActivationBuffer(
        string name,
        ClockDomain clock,
        AcceleratorProgram program,
        Channel<LayerCommand> commands,
        Channel<BitBeat> bits,
        Channel<ReadRequest> requests,
        Channel<ReadReply> replies,
        Channel<ValueBeat> values,
        Channel<Completion> done)
        : base(name, clock)
    {
        design = program.Design.ActivationBuffer;
        this.commands = commands;
        this.bits = bits;
        this.values = values;
        this.done = done;
        commands.ConnectConsumer(this);
        bits.ConnectConsumer(this);
        requests.ConnectConsumer(this);
        values.ConnectConsumer(this);
        replies.ConnectProducer(this);
        done.ConnectProducer(this);
        pixelLanes = program.Design.PeArray.PixelLanes;

        // Layers of a shape may read maps that no layer wrote; in a network the map read is the map written.
        int pixels = program.Layers.Max(l => Math.Max(l.Output.Pixels, l.ReadsFrame ? 0 : l.Input.Pixels));
        int words = pixels * program.Layers.Max(l => Math.Max(l.TargetWordsPerPixel, l.ReadsFrame ? 0 : l.SourceWordsPerPixel));
        reader = new BankedReader(requests, replies, design.Banks, design.ReadLatency, pixelLanes, pixels);
        re = [new ulong[words], new ulong[words]];
        im = [new ulong[words], new ulong[words]];
    }

    public override bool HoldsWork => reader.HoldsWork || active;

    /// <summary>The map last written to a half, for comparison with the reference: words of pixel i at i * words per pixel.</summary>
    public (ReadOnlyMemory<ulong> Re, ReadOnlyMemory<ulong> Im, int WordsPerPixel) Half(int half) =>
        (re[half], im[half], wordsPerPixel[half]);

    /// <summary>Half of the layer being written or written last.</summary>
    public int WrittenHalf => writing.Target;

    public override bool Tick(long cycle)
    {
        if (reader.Advance(cycle))
        {
            Read(cycle);
        }

        TakeCommand();
        Write();
        Complete();
        return reader.Awake || (!active ? commands.HasBeatNext : writing.Layer.EmitsValues ? values.HasBeatNext : bits.HasBeatNext);
    }

    public override Activity Classify(long cycle)
    {
        if (reader.ReplyBlocked(cycle))
        {
            return Activity.BackPressured(0);
        }

        if (reader.InConflict)
        {
            return Activity.BankConflict;
        }

        if (bits.Count > 0 || Consumed[2].Count > 0 || reader.HoldsWork)
        {
            return Activity.Busy;
        }

        return Awaiting(!active ? 0 : writing.Layer.EmitsValues ? 3 : 1);
    }

    private void Read(long cycle)
    {
        ReadReply reply = reader.Start(out ReadRequest request);
        ulong[] fromRe = re[request.Region];
        ulong[] fromIm = im[request.Region];
        int perPixel = wordsPerPixel[request.Region];
        for (int p = 0; p < request.Run * pixelLanes; p++)
        {
            int pixel = request.Pixels[p];
            int at = (pixel * perPixel) + request.Word;
            reply.Re[p] = pixel < 0 ? 0 : fromRe[at];
            reply.Im[p] = pixel < 0 ? 0 : fromIm[at];
        }

        reader.Finish(request, cycle);
    }

    private void TakeCommand()
    {
        if (!active && commands.CanPop)
        {
            writing = commands.Pop();
            active = true;
            remaining = (long)writing.Layer.Output.Pixels * writing.Layer.Output.Channels;
            wordsPerPixel[writing.Target] = writing.Layer.TargetWordsPerPixel;
        }
    }

    private void Write()
    {
        if (!active)
        {
            return;
        }

        if (writing.Layer.EmitsValues)
        {
            WriteSigns();
        }
        else if (bits.CanPop)
        {
            BitBlock block = bits.Pop().Bits;
            for (int i = 0; i < block.Pixels; i++)
            {
                WritePixel(block.PixelIndex[i], block.FirstChannel, block.Re[i], block.Im[i]);
            }

            remaining -= block.Pixels * block.Channels;
        }
    }

    private void WriteSigns()
    {
        if (!values.CanPop)
        {
            return;
        }

        ValueBlock block = values.Pop().Values;
        for (int i = 0; i < block.Pixels; i++)
        {
            ulong signRe = 0;
            ulong signIm = 0;
            for (int o = 0; o < block.Channels; o++)
            {
                int at = (i * block.Channels) + o;
                signRe |= (block.Re[at] >= 0 ? 1UL : 0) << o;
                signIm |= (block.Im[at] >= 0 ? 1UL : 0) << o;
            }

            WritePixel(block.PixelIndex[i], block.FirstChannel, signRe, signIm);
        }

        remaining -= block.Pixels * block.Channels;
    }

    private void WritePixel(int pixel, int firstChannel, ulong bitsRe, ulong bitsIm)
    {
        int shift = firstChannel % design.WordChannels;
        ulong keep = shift == 0 ? 0 : ulong.MaxValue;
        int at = (pixel * writing.Layer.TargetWordsPerPixel) + (firstChannel / design.WordChannels);
        ulong[] toRe = re[writing.Target];
        ulong[] toIm = im[writing.Target];
        toRe[at] = (toRe[at] & keep) | (bitsRe << shift);
        toIm[at] = (toIm[at] & keep) | (bitsIm << shift);
    }

    private void Complete()
    {
        if (active && remaining == 0 && done.CanPush)
        {
            done.Push(new Completion(writing.Layer.Index));
            active = false;
        }
    }
}
