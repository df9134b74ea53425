using BcnnSim.Hardware;
using BcnnSim.Hardware.Compute;
using BcnnSim.Kernel;
using BcnnSim.Mapping;
using BcnnSim.Networks;

namespace BcnnSim.Observation.Statistics;

/// <summary>
/// Compares the running machine with <see cref="ReferenceExecutor"/>: every intermediate map of bits the moment its layer completes, the last
/// map as its bits pass to the classifier, every 16-bit value with its saturation counts as it leaves the residual unit, and at the end class and
/// scores as they lie in memory.
/// </summary>
public sealed class ResultChecker : IChannelObserver
{
    private readonly Accelerator machine;
    private readonly ReferenceExecutor executor;
    private readonly IReadOnlyList<Frame> frames;
    private readonly Dictionary<int, ReferenceResult> expected = [];
    private readonly int[] layersWithBits;
    private readonly ValueChecker[] values;
    private int mapsSeen;
    private long lastMapValues;

    /// <summary>Attaches to the machine; <paramref name="frames"/> are those loaded, in order.</summary>
    public ResultChecker(Accelerator machine, IReadOnlyList<Frame> frames)
    {
        this.machine = machine;
        this.frames = frames;
        executor = new ReferenceExecutor(machine.Program.Network);
        IReadOnlyList<LayerPlan> layers = machine.Program.Layers;
        layersWithBits = [.. layers.Where(l => l.Sinks.Bits).Select(l => l.Index)];
        values = [.. layers.Select(l => new ValueChecker(2L * l.Output.Pixels * l.Output.Channels))];
        machine.Units.ActivationDone.Attach(this);
        machine.ActivationValues.Attach(this);
        machine.ShortcutValues.Attach(this);
        machine.ClassifierValues.Attach(this);
        machine.ClassifierBits.Attach(this);
    }

    /// <summary>Components (bits, values, counters, scores, classes) that differ.</summary>
    public long Mismatches { get; private set; }

    /// <summary>Frames whose maps and scores have all been compared.</summary>
    public int FramesChecked { get; private set; }

    /// <summary>First difference in words; null if there is none.</summary>
    public string? FirstMismatch { get; private set; }

    public void OnCommit(Channel channel, long time, bool pushed, bool popped)
    {
        if (!pushed)
        {
            return;
        }

        if (channel == machine.ClassifierBits)
        {
            CompareLastMap(machine.ClassifierBits.Pushing.Bits);
        }
        else if (channel == machine.Units.ActivationDone)
        {
            CompareMap(mapsSeen / layersWithBits.Length, layersWithBits[mapsSeen % layersWithBits.Length]);
            mapsSeen++;
        }
        else if (SaturationMeter.Counts(machine, channel))
        {
            CompareValues(((Channel<ValueBeat>)channel).Pushing.Values);
        }
    }

    /// <summary>After the run: compares scores and classes in memory of the frames that are complete, all or the first ones.</summary>
    public void Finish(int finished)
    {
        bool complete = Complete(mapsSeen, layersWithBits.Length, finished);
        foreach (LayerPlan layer in machine.Program.Layers)
        {
            long size = 2L * layer.Output.Pixels * layer.Output.Channels;
            complete &= !layer.EmitsValues || Complete(values[layer.Index].Seen, size, finished);
            complete &= layer.EmitsValues || !layer.FeedsClassifier || Complete(lastMapValues, LastMapSize, finished);
        }

        for (int frame = 0; frame < finished; frame++)
        {
            ReferenceResult reference = Expected(frame);
            (int top, long[] scores) = machine.Result(frame);
            Count(frame, "class", top == reference.Class ? 0 : 1);
            Count(frame, "scores", scores.Where((s, k) => s != reference.Scores[k]).Count());
            expected.Remove(frame);
        }

        Count(finished - 1, "maps not seen", complete ? 0 : 1);
        FramesChecked = finished;
    }

    /// <summary>All of the finished frames; more only when a run was cut short.</summary>
    private bool Complete(long seen, long perFrame, int finished) =>
        finished == frames.Count ? seen == perFrame * finished : seen >= perFrame * finished;

    private long LastMapSize => (long)machine.Program.Layers[^1].Output.Pixels * machine.Program.Layers[^1].Output.Channels;

    private ReferenceResult Expected(int frame)
    {
        if (!expected.TryGetValue(frame, out ReferenceResult? result))
        {
            result = executor.Run(frames[frame]);
            expected.Add(frame, result);
        }

        return result;
    }

    private void CompareMap(int frame, int layer)
    {
        ReferenceMap map = Expected(frame).Maps[layer];
        int wordChannels = machine.Program.Design.ActivationBuffer.WordChannels;
        (ReadOnlyMemory<ulong> re, ReadOnlyMemory<ulong> im, int perPixel) = machine.ActivationBuffer.Half(machine.ActivationBuffer.WrittenHalf);
        ReadOnlySpan<ulong> r = re.Span;
        ReadOnlySpan<ulong> i = im.Span;
        long different = 0;
        for (int pixel = 0; pixel < map.Shape.Pixels; pixel++)
        {
            for (int c = 0; c < map.Shape.Channels; c++)
            {
                int word = (pixel * perPixel) + (c / wordChannels);
                int bit = c % wordChannels;
                int at = (pixel * map.Shape.Channels) + c;
                different += Differs(r[word] >> bit, map.Re[at]) + Differs(i[word] >> bit, map.Im[at]);
            }
        }

        Count(frame, map.Layer, different);
    }

    private void CompareLastMap(BitBlock block)
    {
        int frame = (int)(lastMapValues / LastMapSize);
        ReferenceMap map = Expected(frame).Maps[^1];
        long different = 0;
        for (int p = 0; p < block.Pixels; p++)
        {
            for (int o = 0; o < block.Channels; o++)
            {
                int at = (block.PixelIndex[p] * map.Shape.Channels) + block.FirstChannel + o;
                different += Differs(block.Re[p] >> o, map.Re[at]) + Differs(block.Im[p] >> o, map.Im[at]);
            }
        }

        lastMapValues += block.Pixels * block.Channels;
        Count(frame, map.Layer, different);
        if (lastMapValues % LastMapSize == 0)
        {
            Forget(frame);
        }
    }

    private void CompareValues(ValueBlock block)
    {
        ValueChecker checker = values[block.Layer];
        int frame = checker.Frame;
        ReferenceMap map = Expected(frame).Maps[block.Layer];
        Count(frame, $"{map.Layer} values", checker.Compare(block, map));
        if (checker.AtFrameEnd && machine.Program.Layers[block.Layer].FeedsClassifier)
        {
            Forget(frame);
        }
    }

    /// <summary>Its maps are all compared: a long run must not keep them.</summary>
    private void Forget(int frame) => expected[frame] = expected[frame] with { Maps = [] };

    private static int Differs(ulong bit, sbyte value) => (bit & 1) == (value > 0 ? 1UL : 0UL) ? 0 : 1;

    private void Count(int frame, string place, long different)
    {
        if (different > 0)
        {
            FirstMismatch ??= $"frame {frame}, {place}: {different} differ";
            Mismatches += different;
        }
    }
}
