using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Buffers;

/// <summary>
/// Input frames on chip, a slot each, so that loading the next frame overlaps computing this one. Beats from the DMA hold frame-buffer
/// words in the order plane, pixel, channel word; a bank takes one word per cycle.
/// </summary>
public sealed class FrameBuffer : Component
{
    private readonly FrameBufferDesign design;
    private readonly Channel<Beat256> data;
    private readonly Channel<Completion> loaded;
    private readonly BankedReader reader;
    private readonly int pixelLanes;
    private readonly LayerPlan layer;
    private readonly int frameWords;
    private readonly int wordsPerBeat;
    private readonly int writeCycles;
    private readonly ulong[] re;
    private readonly ulong[] im;
    private int slot;
    private int written;
    private int writesLeft;

    public FrameBuffer(
        string name,
        ClockDomain clock,
        AcceleratorProgram program,
        Channel<Beat256> data,
        Channel<ReadRequest> requests,
        Channel<ReadReply> replies,
        Channel<Completion> loaded)
        : base(name, clock)
    {
        design = program.Design.FrameBuffer;
        layer = program.Layers[0];
        this.data = data;
        this.loaded = loaded;
        data.ConnectConsumer(this);
        requests.ConnectConsumer(this);
        replies.ConnectProducer(this);
        loaded.ConnectProducer(this);
        pixelLanes = program.Design.PeArray.PixelLanes;
        reader = new BankedReader(requests, replies, design.Banks, design.ReadLatency, pixelLanes, layer.Input.Pixels);
        frameWords = program.FrameWords;
        wordsPerBeat = Beat256.Bits / (2 * design.WordChannels);
        writeCycles = BeatWriteCycles();
        re = new ulong[design.Slots * frameWords];
        im = new ulong[design.Slots * frameWords];
    }

    public override bool HoldsWork => reader.HoldsWork || writesLeft > 0 || written > 0;

    public override bool Tick(long cycle)
    {
        if (reader.Advance(cycle))
        {
            Read(cycle);
        }

        Write();
        return reader.Awake || writesLeft > 0 || (written == frameWords ? loaded.HasSpaceNext : data.HasBeatNext);
    }

    public override Activity Classify(long cycle)
    {
        if (reader.ReplyBlocked(cycle))
        {
            return Activity.BackPressured(0);
        }

        if (reader.InConflict || writesLeft > 0)
        {
            return Activity.BankConflict;
        }

        return reader.HoldsWork || Consumed[0].Count > 0 || Consumed[1].Count > 0 ? Activity.Busy : Activity.Starved(written > 0 ? 0 : 1);
    }

    /// <summary>Consecutive words of a beat fall on consecutive pixels; all words of a pixel share its bank.</summary>
    private int BeatWriteCycles()
    {
        int perPixel = layer.SourceWordsPerPixel;
        int pixels = (wordsPerBeat + perPixel - 1) / perPixel;
        int rounds = (pixels + design.Banks - 1) / design.Banks;
        return Math.Min(wordsPerBeat, rounds * perPixel);
    }

    private void Read(long cycle)
    {
        ReadReply reply = reader.Start(out ReadRequest request);
        int origin = (request.Region * frameWords) + (request.Plane * layer.Input.Pixels * layer.SourceWordsPerPixel) + request.Word;
        for (int p = 0; p < request.Run * pixelLanes; p++)
        {
            int pixel = request.Pixels[p];
            int at = origin + (pixel * layer.SourceWordsPerPixel);
            reply.Re[p] = pixel < 0 ? 0 : re[at];
            reply.Im[p] = pixel < 0 ? 0 : im[at];
        }

        reader.Finish(request, cycle);
    }

    /// <summary>A beat whose banks need several cycles is popped in the first; the next beat waits for the last.</summary>
    private void Write()
    {
        if (writesLeft > 0)
        {
            writesLeft--;
            CompleteFrame();
            return;
        }

        if (written == frameWords)
        {
            CompleteFrame();
        }
        else if (data.CanPop)
        {
            Store(data.Pop());
            writesLeft = writeCycles - 1;
            CompleteFrame();
        }
    }

    private void Store(in Beat256 beat)
    {
        int channels = design.WordChannels;
        int origin = slot * frameWords;
        int count = Math.Min(wordsPerBeat, frameWords - written);
        for (int i = 0; i < count; i++)
        {
            int bit = i * 2 * channels;
            re[origin + written + i] = beat.Field(bit, channels);
            im[origin + written + i] = beat.Field(bit + channels, channels);
        }

        written += count;
    }

    private void CompleteFrame()
    {
        if (written == frameWords && writesLeft == 0 && loaded.CanPush)
        {
            loaded.Push(new Completion(slot));
            written = 0;
            slot = slot + 1 == design.Slots ? 0 : slot + 1;
        }
    }
}
