using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Cosimulation.Waves;
using BcnnSim.Hardware.Buffers;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Mapping;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>Beats of bcnn_line_buffer_bench.sv as packed bits: command with registers and tables, reads, replies, windows.</summary>
internal sealed class LineBufferLayout(LineBufferCase spec)
{
    private const int Registers = 17;
    private const int Run = LineBufferCase.MaxKernel;

    public int CommandWords => WordsOf((16 * Registers) + (LineBufferCase.MaxSteps * (48 + Run + spec.Line.GroupTaps)) + (LineBufferCase.MaxGroups * 8 * (LineBufferCase.MaxWords + 1)));

    public int ReplyWords => WordsOf(2 * Columns * spec.WidestWord);

    public int RequestWords => WordsOf(64 + (17 * Columns));

    public int WindowWords => WordsOf((3 * Window) + 17);

    private int Columns => Run * spec.Array.PixelLanes;

    private int Window => spec.Array.PixelLanes * spec.Array.InputLanes;

    /// <summary>Fields of the three heads from a word of the outputs on.</summary>
    public IEnumerable<WaveSignal> Signals(int word) =>
    [
        .. Request("frameRequest", 32 * word),
        .. Request("activationRequest", 32 * (word + RequestWords)),
        .. WindowFields("window", 32 * (word + (2 * RequestWords))),
    ];

    public void WriteCommand(Span<uint> words, LayerCommand command)
    {
        LayerPlan l = command.Layer;
        BitWriter writer = new(words);
        int[] registers =
        [
            l.Planes, l.Steps.Count, l.Words, l.Planes * l.Words, l.Taps, l.Groups, l.Tiles, l.Input.Height, l.Input.Width,
            l.Convolution.Width, l.Convolution.Pixels, l.StrideY, l.StrideX, l.PaddingY, l.PaddingX, l.ReadsFrame ? 1 : 0, command.Source,
        ];
        foreach (int register in registers)
        {
            writer.Append((ulong)register, 16);
        }

        for (int s = 0; s < LineBufferCase.MaxSteps; s++)
        {
            WriteStep(ref writer, s < l.Steps.Count ? l.Steps[s] : null);
        }

        for (int g = 0; g < LineBufferCase.MaxGroups; g++)
        {
            int[] list = g < l.Groups ? l.Sent.Of(g) : [];
            writer.Append((ulong)list.Length, 8);
            for (int w = 0; w < LineBufferCase.MaxWords; w++)
            {
                writer.Append((ulong)(w < list.Length ? list[w] : 0), 8);
            }
        }

        writer.Flush();
    }

    /// <summary>Nothing stands beyond the run of a read and where it has no pixel.</summary>
    public void WriteRequest(Span<uint> words, in ReadRequest request)
    {
        BitWriter writer = new(words);
        writer.Append((ulong)request.Plane, 16);
        writer.Append((ulong)request.Word, 16);
        writer.Append((ulong)request.Run, 16);
        writer.Append((ulong)request.Region, 16);
        int asked = request.Run * spec.Array.PixelLanes;
        for (int i = 0; i < Columns; i++)
        {
            writer.Append(i < asked && request.Pixels[i] >= 0 ? 1UL : 0, 1);
        }

        for (int i = 0; i < Columns; i++)
        {
            writer.Append(i < asked && request.Pixels[i] >= 0 ? (ulong)request.Pixels[i] : 0, 16);
        }

        writer.Flush();
    }

    public void WriteReply(Span<uint> words, in ReadReply reply)
    {
        BitWriter writer = new(words);
        foreach (ulong[] part in (ulong[][])[reply.Re, reply.Im])
        {
            foreach (ulong word in part)
            {
                writer.Append(word, spec.WidestWord);
            }
        }

        writer.Flush();
    }

    public void WriteWindow(Span<uint> words, in WindowBeat beat)
    {
        BitWriter writer = new(words);
        foreach (ulong[] part in (ulong[][])[beat.Words.Re, beat.Words.Im, beat.Words.Mask])
        {
            for (int p = 0; p < spec.Array.PixelLanes; p++)
            {
                writer.Append(part[beat.Offset + p], spec.Array.InputLanes);
            }
        }

        writer.Append(beat.Plane, 16);
        writer.Append(beat.Last ? 1UL : 0, 1);
        writer.Flush();
    }

    private static int WordsOf(int bits) => (bits + 31) / 32;

    private void WriteStep(ref BitWriter writer, WindowStep? step)
    {
        WindowStep s = step ?? default;
        int[] fields = step is null ? [0, 0, 0, 0, 0, 0] : [s.KernelY, s.KernelX, s.Run, s.Word, s.Channels, s.Kept];
        foreach (int field in fields)
        {
            writer.Append((ulong)field, 8);
        }

        for (int r = 0; r < Run; r++)
        {
            writer.Append(step is not null && r < s.Run && s.Reads(r) ? 1UL : 0, 1);
        }

        writer.Append(s.Keep, spec.Line.GroupTaps);
    }

    private IEnumerable<WaveSignal> Request(string name, int bit) =>
    [
        new WaveSignal($"{name}.plane", bit, 16),
        new WaveSignal($"{name}.word", bit + 16, 16),
        new WaveSignal($"{name}.run", bit + 32, 16),
        new WaveSignal($"{name}.region", bit + 48, 16),
        new WaveSignal($"{name}.exists", bit + 64, Columns),
        new WaveSignal($"{name}.pixel", bit + 64 + Columns, 16 * Columns),
    ];

    private IEnumerable<WaveSignal> WindowFields(string name, int bit) =>
    [
        new WaveSignal($"{name}.re", bit, Window),
        new WaveSignal($"{name}.im", bit + Window, Window),
        new WaveSignal($"{name}.mask", bit + (2 * Window), Window),
        new WaveSignal($"{name}.plane", bit + (3 * Window), 16),
        new WaveSignal($"{name}.last", bit + (3 * Window) + 16, 1),
    ];
}
