namespace BcnnSim.Networks;

/// <summary>Frames of a fixed pattern for runs that only ask for cycles: one frame, repeated.</summary>
public static class PatternFrames
{
    public static FrameSet Of(NetworkInput input, int count)
    {
        FrameShape shape = new(input);
        Frame frame = Frame.FromComponents(shape, Components("re", shape), Components("im", shape));
        return new FrameSet(shape, [.. Enumerable.Repeat(frame, count)]);
    }

    private static byte[] Components(string part, FrameShape shape)
    {
        ulong seed = TensorPattern.SeedOf(part);
        byte[] values = new byte[shape.Values];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (byte)(TensorPattern.Mix(seed, i) & ((1 << shape.InputBits) - 1));
        }

        return values;
    }
}
