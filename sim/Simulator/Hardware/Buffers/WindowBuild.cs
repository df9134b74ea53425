using BcnnSim.Hardware.Compute;
using BcnnSim.Mapping;
using BcnnSim.Numerics;

namespace BcnnSim.Hardware.Buffers;

/// <summary>One window buffer: the windows of one pixel tile, plane after plane, filled by the gearbox, replayed to the array.</summary>
internal sealed class WindowBuild(int windowWords, int pixelLanes, int pixelStride)
{
    private int tap;
    private int planeWords;

    public QuadrantBlock Words { get; } = new(windowWords * pixelStride);

    public LayerPlan? Layer { get; private set; }

    /// <summary>Words complete, counted over the planes.</summary>
    public int Complete { get; private set; }

    /// <summary>Planes x ceil(T/Pi).</summary>
    public int Total { get; private set; }

    public void Begin(LayerPlan layer)
    {
        Layer = layer;
        Complete = 0;
        Total = layer.Planes * layer.Words;
        tap = 0;
        planeWords = 0;
    }

    /// <summary>
    /// Appends one tap group of every pixel: a compaction stage drops the taps that are not kept, the gearbox packs the others across
    /// kernel positions into words of Pi and writes what it completes; the remainder of a plane is flushed with its last group.
    /// </summary>
    public void Append(in ReadReply reply, in WindowStep step)
    {
        int pi = Layer!.Lanes.Input;
        int channels = step.Channels;
        int taps = step.Kept;
        bool all = taps == step.Taps;
        ulong column = channels == 64 ? ulong.MaxValue : (1UL << channels) - 1;
        for (int p = 0; p < pixelLanes; p++)
        {
            ulong re = 0;
            ulong im = 0;
            ulong mask = 0;
            for (int r = 0; r < reply.Run; r++)
            {
                int at = (r * pixelLanes) + p;
                bool inside = reply.Pixels[at] >= 0;
                re |= (inside ? reply.Re[at] & column : 0) << (r * channels);
                im |= (inside ? reply.Im[at] & column : 0) << (r * channels);
                mask |= (inside ? column : 0) << (r * channels);
            }

            if (all)
            {
                AppendPixel(p, re, im, mask, taps, pi);
            }
            else
            {
                AppendPixel(p, BitCompaction.Extract(re, step.Keep), BitCompaction.Extract(im, step.Keep), BitCompaction.Extract(mask, step.Keep), taps, pi);
            }
        }

        tap += taps;
        Complete = planeWords + (tap / pi);
        if (tap == Layer.Taps)
        {
            tap = 0;
            planeWords += Layer.Words;
            Complete = planeWords;
        }
    }

    private void AppendPixel(int pixel, ulong re, ulong im, ulong mask, int taps, int pi)
    {
        int word = planeWords + (tap / pi);
        int shift = tap % pi;
        while (taps > 0)
        {
            int here = Math.Min(taps, pi - shift);
            ulong field = here == 64 ? ulong.MaxValue : (1UL << here) - 1;
            int at = (word * pixelStride) + pixel;
            ulong keep = shift == 0 ? 0 : ulong.MaxValue;
            Words.Re[at] = (Words.Re[at] & keep) | ((re & field) << shift);
            Words.Im[at] = (Words.Im[at] & keep) | ((im & field) << shift);
            Words.Mask[at] = (Words.Mask[at] & keep) | ((mask & field) << shift);
            re = here == 64 ? 0 : re >> here;
            im = here == 64 ? 0 : im >> here;
            mask = here == 64 ? 0 : mask >> here;
            taps -= here;
            shift = 0;
            word++;
        }
    }
}
