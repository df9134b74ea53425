using System.Globalization;

namespace BcnnSim.Design;

/// <summary>Frame buffer, activation buffer, line buffer, weight buffer.</summary>
internal static class BufferCost
{
    public static IEnumerable<ComponentResources> Of(AcceleratorDesign d) => [Frames(d), Activations(d), Shortcuts(d), Windows(d), Weights(d)];

    private static ComponentResources Frames(AcceleratorDesign d)
    {
        FrameBufferDesign f = d.FrameBuffer;
        long depth = (long)f.WordsPerBank * f.Slots;
        const MemoryKind kind = MemoryKind.Bram;
        ResourceCount count = (f.Banks * MemoryCost.Of(kind, 2L * f.WordChannels, depth)) + Crossbar(f.Banks, 2L * f.WordChannels, d);
        return new ComponentResources("frameBuffer", count, Text($"{f.Banks} banks of {2 * f.WordChannels} bits x {depth} ({MemoryCost.Name(kind)}); {CrossbarText(f.Banks, 2L * f.WordChannels, d)}"));
    }

    private static ComponentResources Activations(AcceleratorDesign d)
    {
        ActivationBufferDesign a = d.ActivationBuffer;
        ResourceCount count = (2L * a.Banks * MemoryCost.Of(a.Memory, 2L * a.WordChannels, a.WordsPerBank)) + Crossbar(a.Banks, 2L * a.WordChannels, d);
        return new ComponentResources("activationBuffer", count, Text($"2 halves x {a.Banks} banks of {2 * a.WordChannels} bits x {a.WordsPerBank} ({MemoryCost.Name(a.Memory)}); {CrossbarText(a.Banks, 2L * a.WordChannels, d)}"));
    }

    /// <summary>A word is a norm group of one pixel, two values of 16 bits per channel; a beat's pixels lie in different banks.</summary>
    private static ComponentResources Shortcuts(AcceleratorDesign d)
    {
        ShortcutBufferDesign s = d.ShortcutBuffer;
        long width = 32L * Math.Min(d.PeArray.OutputLanes, d.Norm.Lanes);
        long pixels = Math.Max(1, d.Norm.Lanes / d.PeArray.OutputLanes);
        ResourceCount count = (s.Banks * MemoryCost.Of(s.Memory, width, s.WordsPerBank)) + new ResourceCount(pixels * width * MemoryCost.Multiplexer(s.Banks), pixels * width);
        return new ComponentResources("shortcutBuffer", count, Text($"{s.Banks} banks of {width} bits x {s.WordsPerBank} ({MemoryCost.Name(s.Memory)}); {s.Banks}:1 multiplexer of {width} bits for {pixels} pixels"));
    }

    /// <summary>Re, im and padding mask of every tap; a tap group is aligned by a shifter (two steps per LUT) and written in one word.</summary>
    private static ComponentResources Windows(AcceleratorDesign d)
    {
        LineBufferDesign l = d.LineBuffer;
        int pi = d.PeArray.InputLanes;
        long taps = Math.Max(l.GroupTaps, pi);
        long depth = MemoryCost.CeilDiv((long)l.WindowWords * pi, taps) * l.Buffers;
        MemoryKind kind = MemoryCost.KindFor(depth);
        long align = 3 * taps * MemoryCost.CeilDiv(MemoryCost.Bits(taps - 1), 2);
        long select = 3L * pi * MemoryCost.Multiplexer(MemoryCost.CeilDiv(taps, pi));
        ResourceCount lane = MemoryCost.Of(kind, 3 * taps, depth) + new ResourceCount(align + select + 24, (3 * taps) + (3L * pi) + 32);
        return new ComponentResources("lineBuffer", d.PeArray.PixelLanes * lane, Text($"{d.PeArray.PixelLanes} pixel lanes: window memory {3 * taps} bits x {depth} ({MemoryCost.Name(kind)}), {align} LUT to align, {select} LUT to select"));
    }

    /// <summary>Words are as wide as the machine can be asked for: re, im and mask.</summary>
    private static ComponentResources Weights(AcceleratorDesign d)
    {
        WeightBufferDesign w = d.WeightBuffer;
        long width = 3L * d.PeArray.OutputLanes * d.PeArray.InputLanes;
        ResourceCount count = MemoryCost.Of(w.Memory, width, w.Words) + new ResourceCount(64, width + 64);
        return new ComponentResources("weightBuffer", count, Text($"{width} bits (re, im, mask) x {w.Words} ({MemoryCost.Name(w.Memory)})"));
    }

    /// <summary>Every pixel lane may read any bank: a banks:1 multiplexer per lane and bit, registered.</summary>
    private static ResourceCount Crossbar(int banks, long width, AcceleratorDesign d)
    {
        long bits = d.PeArray.PixelLanes * width;
        return new ResourceCount(bits * MemoryCost.Multiplexer(banks), bits);
    }

    private static string CrossbarText(int banks, long width, AcceleratorDesign d) =>
        Text($"{banks}:1 multiplexer of {width} bits for {d.PeArray.PixelLanes} pixel lanes");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
