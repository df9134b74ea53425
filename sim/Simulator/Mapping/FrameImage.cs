using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Mapping;

/// <summary>
/// Bytes of one frame as they lie in HBM: plane by plane, pixel by pixel, channel word by channel word; a word is
/// frameBuffer.wordChannels real bits, then as many imaginary bits.
/// </summary>
public static class FrameImage
{
    public static byte[] Pack(AcceleratorProgram program, Frame frame)
    {
        LayerPlan first = program.Layers[0];
        FrameShape shape = frame.Shape;
        int wordChannels = first.SourceWordChannels;
        ulong[] bits = new ulong[program.Memory.Frames.ItemBytes / 8];
        int at = 0;
        for (int pixel = 0; pixel < shape.Pixels * shape.InputBits; pixel++)
        {
            ReadOnlySpan<byte> re = frame.Planes.AsSpan(pixel * 2 * shape.PixelBytes, shape.PixelBytes);
            ReadOnlySpan<byte> im = frame.Planes.AsSpan((pixel * 2 * shape.PixelBytes) + shape.PixelBytes, shape.PixelBytes);
            for (int word = 0; word < first.SourceWordsPerPixel; word++, at += 2 * wordChannels)
            {
                int channel = word * wordChannels;
                int count = Math.Min(wordChannels, shape.Channels - channel);
                QuadrantPacker.Write(bits, at, count, QuadrantPacker.Read(re, channel, count));
                QuadrantPacker.Write(bits, at + wordChannels, count, QuadrantPacker.Read(im, channel, count));
            }
        }

        byte[] bytes = new byte[program.Memory.Frames.ItemBytes];
        QuadrantPacker.ToBytes(bits, bytes);
        return bytes;
    }
}
