namespace BcnnSim.Trainer.Data;

/// <summary>All frames of a source held as P-bit integers in memory: two bytes per complex value.</summary>
public sealed class FrameSet : IFrameSource
{
    private readonly IFrameSource source;
    private readonly InputQuantizer quantizer;
    private readonly byte[][] frames;

    private FrameSet(IFrameSource source, byte[][] frames)
    {
        this.source = source;
        this.frames = frames;
        quantizer = new InputQuantizer(source.InputBits);
        FrameBytes = BytesPerFrame(source);
    }

    /// <summary>Bytes of one frame: real parts, then imaginary parts.</summary>
    public int FrameBytes { get; }

    public int Count => source.Count;

    public int Height => source.Height;

    public int Width => source.Width;

    public int Channels => source.Channels;

    public int Classes => source.Classes;

    public int InputBits => source.InputBits;

    public IReadOnlyList<string> ClassNames => source.ClassNames;

    public string Configuration => source.Configuration;

    public string TransformName => source.TransformName;

    public IReadOnlyDictionary<string, double> TransformParameters => source.TransformParameters;

    /// <summary>
    /// Makes every frame of the source on up to <paramref name="threads"/> threads. Frame k lands in slot k whichever
    /// thread makes it, so the result is the same for any number.
    /// </summary>
    public static FrameSet Build(IFrameSource source, int threads, IProgress<int>? progress = null)
    {
        var frames = new byte[source.Count][];
        int size = BytesPerFrame(source) / 2;
        int done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) };
        Parallel.For(0, source.Count, options, index =>
        {
            var frame = new byte[2 * size];
            source.FillIntegers(index, frame.AsSpan(0, size), frame.AsSpan(size));
            frames[index] = frame;
            progress?.Report(Interlocked.Increment(ref done));
        });
        return new FrameSet(source, frames);
    }

    public void Fill(int index, Span<float> re, Span<float> im)
    {
        byte[] frame = frames[index];
        int size = frame.Length / 2;
        for (int k = 0; k < size; k++)
        {
            re[k] = quantizer.Value(frame[k]);
            im[k] = quantizer.Value(frame[k + size]);
        }
    }

    public void FillIntegers(int index, Span<byte> re, Span<byte> im)
    {
        byte[] frame = frames[index];
        int size = frame.Length / 2;
        frame.AsSpan(0, size).CopyTo(re);
        frame.AsSpan(size).CopyTo(im);
    }

    public int Label(int index) => source.Label(index);

    public float Tag(int index) => source.Tag(index);

    /// <summary>The stored bytes of one frame, for the cache file.</summary>
    internal ReadOnlySpan<byte> Bytes(int index) => frames[index];

    /// <summary>A set from stored bytes that were checked against the source's configuration.</summary>
    internal static FrameSet FromBytes(IFrameSource source, byte[][] frames) => new(source, frames);

    internal static int BytesPerFrame(IFrameSource source) => checked(2 * source.Channels * source.Height * source.Width);
}
