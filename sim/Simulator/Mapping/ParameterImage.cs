using System.Buffers.Binary;
using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Mapping;

/// <summary>
/// Bytes of weights and constants as they lie in HBM.
/// Weight words of a layer group by group, those of empty blocks left out: Po fields of Pi bits re, then Po fields im, then Po fields mask if the network has masks; padded to
/// the plan's WeightWordBytes. Norm beat of a channel: bits 0..63 four int16 A, 64..111 C_re (or T_re), 112..159 C_im (or T_im), 160..161
/// inversions, 162..167 shift (0 without values). Classifier: int8 weights row-major, padded to 32 bytes, then int64 biases.
/// </summary>
public static class ParameterImage
{
    public static byte[] Weights(AcceleratorProgram program)
    {
        MemoryPlan memory = program.Memory;
        ulong[] bits = new ulong[memory.Weights.ItemBytes / 8];
        foreach (LayerPlan plan in program.Layers)
        {
            QuadrantTensor weights = program.Network.Layers[plan.Index].Weights;
            for (int group = 0; group < plan.Groups; group++)
            {
                int[] words = plan.Sent.Of(group);
                for (int i = 0; i < words.Length; i++)
                {
                    int at = checked((plan.WeightBase + plan.Sent.BaseOf(group) + i) * memory.WeightWordBytes * 8);
                    WriteWord(bits, at, plan, weights, group, words[i], memory.HasMasks);
                }
            }
        }

        byte[] bytes = new byte[memory.Weights.ItemBytes];
        QuadrantPacker.ToBytes(bits, bytes);
        return bytes;
    }

    public static byte[] NormConstants(AcceleratorProgram program)
    {
        byte[] bytes = new byte[program.Memory.NormConstants.ItemBytes];
        foreach (LayerPlan plan in program.Layers)
        {
            FoldedNorm norm = program.Network.Layers[plan.Index].Norm;
            for (int c = 0; c < norm.Channels; c++)
            {
                WriteNorm(bytes.AsSpan((plan.NormBase + c) * MemoryPlan.BeatBytes, MemoryPlan.BeatBytes), norm, c);
            }
        }

        return bytes;
    }

    public static byte[] ClassifierConstants(AcceleratorProgram program)
    {
        ClassifierLayer head = program.Network.Classifier!;
        byte[] bytes = new byte[program.Memory.ClassifierConstants.ItemBytes];
        for (int i = 0; i < head.Weights.Length; i++)
        {
            bytes[i] = (byte)head.Weights[i];
        }

        int at = (head.Weights.Length + MemoryPlan.BeatBytes - 1) / MemoryPlan.BeatBytes * MemoryPlan.BeatBytes;
        foreach (long bias in head.Bias)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), bias);
            at += 8;
        }

        return bytes;
    }

    private static void WriteWord(Span<ulong> bits, int at, LayerPlan plan, QuadrantTensor weights, int group, int word, bool masks)
    {
        (int po, _, int pi) = plan.Lanes;
        int plane = po * pi;
        int taps = Math.Min(pi, weights.Taps - (word * pi));
        for (int o = 0; o < po && (group * po) + o < weights.Rows; o++)
        {
            int row = ((group * po) + o) * weights.RowBytes;
            int to = at + (o * pi);
            QuadrantPacker.Write(bits, to, taps, QuadrantPacker.Read(weights.Re.AsSpan(row, weights.RowBytes), word * pi, taps));
            QuadrantPacker.Write(bits, to + plane, taps, QuadrantPacker.Read(weights.Im.AsSpan(row, weights.RowBytes), word * pi, taps));
            if (masks)
            {
                ulong mask = weights.Mask is null ? ulong.MaxValue : QuadrantPacker.Read(weights.Mask.AsSpan(row, weights.RowBytes), word * pi, taps);
                QuadrantPacker.Write(bits, to + (2 * plane), taps, mask);
            }
        }
    }

    private static void WriteNorm(Span<byte> beat, FoldedNorm norm, int c)
    {
        int perChannel = norm.Channels == 0 ? 0 : norm.A.Length / norm.Channels;
        for (int i = 0; i < perChannel; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(beat[(2 * i)..], norm.A[(c * perChannel) + i]);
        }

        bool threshold = norm.Kind == NormKind.Threshold;
        Write48(beat[8..], threshold ? norm.T[2 * c] : norm.C[2 * c]);
        Write48(beat[14..], threshold ? norm.T[(2 * c) + 1] : norm.C[(2 * c) + 1]);
        int inversions = threshold ? norm.D[2 * c] | (norm.D[(2 * c) + 1] << 1) : 0;
        beat[20] = (byte)(inversions | ((norm.HasValues ? norm.Shift[c] : 0) << 2));
    }

    private static void Write48(Span<byte> to, long value)
    {
        for (int i = 0; i < 6; i++)
        {
            to[i] = (byte)(value >> (8 * i));
        }
    }
}
