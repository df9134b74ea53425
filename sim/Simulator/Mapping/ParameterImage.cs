using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Mapping;

/// <summary>
/// Bytes of weights and constants as they lie in HBM.
/// Weight word (layer, group, w): Po fields of Pi bits re, then Po fields im, then Po fields mask if the network has masks; padded to
/// the plan's WeightWordBytes. Norm beat of a channel: bits 0..63 four int16 A, 64..111 C_re (or T_re), 112..159 C_im (or T_im), 160..161
/// inversions. Classifier: int8 weights row-major, padded to 32 bytes, then int64 biases.
/// </summary>
public static class ParameterImage
{
    public static byte[] Weights(AcceleratorProgram program)
    {
        MemoryPlan memory = program.Memory;
        byte[] bytes = new byte[memory.Weights.ItemBytes];
        foreach (LayerPlan plan in program.Layers)
        {
            QuadrantTensor weights = program.Network.Layers[plan.Index].Weights;
            for (int group = 0; group < plan.Groups; group++)
            {
                for (int word = 0; word < plan.Words; word++)
                {
                    long at = (long)(plan.WeightBase + (group * plan.Words) + word) * memory.WeightWordBytes * 8;
                    WriteWord(bytes, at, plan, weights, group, word, memory.HasMasks);
                }
            }
        }

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
            System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), bias);
            at += 8;
        }

        return bytes;
    }

    private static void WriteWord(byte[] bytes, long bit, LayerPlan plan, QuadrantTensor weights, int group, int word, bool masks)
    {
        (int po, _, int pi) = plan.Lanes;
        long plane = (long)po * pi;
        for (int o = 0; o < po; o++)
        {
            int row = (group * po) + o;
            for (int lane = 0; lane < pi && row < weights.Rows; lane++)
            {
                int tap = (word * pi) + lane;
                if (tap >= weights.Taps)
                {
                    break;
                }

                long at = bit + ((long)o * pi) + lane;
                Set(bytes, at, weights.ReBit(row, tap));
                Set(bytes, at + plane, weights.ImBit(row, tap));
                Set(bytes, at + (2 * plane), masks && weights.Kept(row, tap));
            }
        }
    }

    private static void WriteNorm(Span<byte> beat, FoldedNorm norm, int c)
    {
        int perChannel = norm.Channels == 0 ? 0 : norm.A.Length / norm.Channels;
        for (int i = 0; i < perChannel; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt16LittleEndian(beat[(2 * i)..], norm.A[(c * perChannel) + i]);
        }

        bool threshold = norm.Kind == NormKind.Threshold;
        Write48(beat[8..], threshold ? norm.T[2 * c] : norm.C[2 * c]);
        Write48(beat[14..], threshold ? norm.T[(2 * c) + 1] : norm.C[(2 * c) + 1]);
        beat[20] = threshold ? (byte)(norm.D[2 * c] | (norm.D[(2 * c) + 1] << 1)) : (byte)0;
    }

    private static void Write48(Span<byte> to, long value)
    {
        for (int i = 0; i < 6; i++)
        {
            to[i] = (byte)(value >> (8 * i));
        }
    }

    private static void Set(byte[] bytes, long bit, bool value)
    {
        if (value)
        {
            bytes[bit >> 3] |= (byte)(1 << (int)(bit & 7));
        }
    }
}
