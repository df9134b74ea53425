using System.Globalization;

namespace BcnnSim.Trainer.Data.Captures;

/// <summary>One part of the user's recordings through a burst transform and the P-bit grid.</summary>
public sealed class CaptureFrameSource : IFrameSource
{
    private readonly CaptureSet set;
    private readonly int[] indices;
    private readonly BurstGrid grid;

    /// <param name="set">The recordings.</param>
    /// <param name="split">Part.</param>
    /// <param name="count">Stated size of the subset; more than the part holds is refused.</param>
    /// <param name="seed">Chooses the subset.</param>
    /// <param name="grid">Transform and P.</param>
    public CaptureFrameSource(CaptureSet set, DataSplit split, int count, ulong seed, BurstGrid grid)
    {
        (this.set, this.grid) = (set, grid);
        int[] order = set.Order(split, seed);
        string part = split.ToString().ToLowerInvariant();
        if (count > order.Length)
        {
            throw new InputException("configuration", $"data.{part}", $"{count}", $"the {part} part of {set.Files.Folder} has {order.Length} bursts ({set.SplitName})", "Ask for fewer, or add recordings");
        }

        indices = order[..count];
        string parameters = string.Join(' ', TransformParameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => FormattableString.Invariant($"{p.Key} {p.Value:R}")));
        Configuration = string.Create(
            CultureInfo.InvariantCulture,
            $"set {set.Files.Set} content {set.Hash()} classes {string.Join(',', ClassNames)} {set.SplitName} split {split} count {count} seed {seed} transform {TransformName} {parameters} bits {InputBits}");
    }

    public int Count => indices.Length;

    public int Height => grid.Transform.Shape.Height;

    public int Width => grid.Transform.Shape.Width;

    public int Channels => grid.Transform.Shape.Channels;

    public int Classes => ClassNames.Count;

    public int InputBits => grid.Bits;

    public IReadOnlyList<string> ClassNames => set.Files.Classes;

    public string Configuration { get; }

    public string TransformName => grid.Transform.Name;

    public IReadOnlyDictionary<string, double> TransformParameters => grid.Transform.Parameters;

    /// <summary>Recordings, bursts and the rule of the split, for people.</summary>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"{set.Files.Set}: {set.Recordings.Count} recordings, split by {set.SplitName}");

    /// <summary>Recording and first sample of frame <paramref name="index"/>.</summary>
    public (string Recording, long Start) Origin(int index)
    {
        CaptureBurst burst = set.Burst(indices[index]);
        return (set.Recordings[burst.Recording].Name, burst.Start);
    }

    public void Fill(int index, Span<float> re, Span<float> im) => grid.Values(this, index, re, im);

    public void FillIntegers(int index, Span<byte> re, Span<byte> im)
    {
        CaptureBurst burst = set.Burst(indices[index]);
        double[] burstRe = new double[set.Samples], burstIm = new double[set.Samples];
        _ = BurstReader.Read(set.Recordings[burst.Recording].Samples, burst.Start, burstRe, burstIm);
        grid.Integers(burstRe, burstIm, re, im);
    }

    public int Label(int index) => set.Burst(indices[index]).Label;

    /// <summary>Recordings have none.</summary>
    public float Tag(int index) => float.NaN;
}
