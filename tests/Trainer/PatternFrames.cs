using BcnnSim.Trainer.Data;

namespace BcnnSim.Trainer.Tests;

/// <summary>Small learnable frames: class k adds a constant to channel 0 whose sign pattern depends on k; the rest is noise.</summary>
internal sealed class PatternFrames(int count, int seed, int height = 6, int width = 5, int channels = 2, int bits = 3, int classes = 3) : IFrameSource
{
    public int Count => count;

    public int Height => height;

    public int Width => width;

    public int Channels => channels;

    public int Classes => classes;

    public int InputBits => bits;

    public IReadOnlyList<string> ClassNames => [.. Enumerable.Range(0, classes).Select(k => $"class{k}")];

    public string TransformName => "none";

    public IReadOnlyDictionary<string, double> TransformParameters { get; } = new Dictionary<string, double>();

    public string Configuration => $"pattern {count} {seed}";

    public void Fill(int index, Span<float> re, Span<float> im) => throw new NotSupportedException("the trainer reads integers");

    public void FillIntegers(int index, Span<byte> re, Span<byte> im)
    {
        var random = new Random((seed * 100_003) + index);
        int top = (1 << bits) - 1;
        for (int i = 0; i < re.Length; i++)
        {
            bool high = ((i >> (Label(index) % 3)) & 1) != 0;
            re[i] = (byte)Math.Clamp(random.Next(top + 1) + (high ? 2 : -2), 0, top);
            im[i] = (byte)random.Next(top + 1);
        }
    }

    public int Label(int index) => index % classes;

    public float Tag(int index) => index % 2;
}
