using System.Globalization;

namespace BcnnSim.Trainer.Data;

/// <summary>One part of a burst set through one transform and the P-bit grid, made anew at every call.</summary>
public sealed class BurstFrameSource : IFrameSource
{
    private readonly BurstGrid grid;

    /// <summary>A source of the given part; mismatching sample counts are refused.</summary>
    public BurstFrameSource(RadioBurstGenerator generator, DataSplit split, IBurstTransform transform, int inputBits)
    {
        if (transform.Samples != generator.Design.Samples)
        {
            throw new InputException(
                "frame source",
                "transform.samples",
                transform.Samples.ToString(CultureInfo.InvariantCulture),
                FormattableString.Invariant($"must equal the {generator.Design.Samples} samples of a burst"),
                "make the transform for that number");
        }

        Generator = generator;
        Split = split;
        Transform = transform;
        grid = new BurstGrid(transform, inputBits);
        ClassNames = [.. generator.Design.Modulations.Select(ModulationNames.Of)];
        string parameters = string.Join(' ', transform.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => FormattableString.Invariant($"{p.Key} {p.Value:R}")));
        Configuration = FormattableString.Invariant(
            $"{generator.Design.Canonical()} split {split} count {Count} transform {transform.Name} {parameters} bits {inputBits}");
    }

    /// <summary>Where the bursts come from.</summary>
    public RadioBurstGenerator Generator { get; }

    /// <summary>The part.</summary>
    public DataSplit Split { get; }

    /// <summary>The host transform.</summary>
    public IBurstTransform Transform { get; }

    public int Count => Generator.Design.Count(Split);

    public int Height => Transform.Shape.Height;

    public int Width => Transform.Shape.Width;

    public int Channels => Transform.Shape.Channels;

    public int Classes => ClassNames.Count;

    public int InputBits => grid.Bits;

    public IReadOnlyList<string> ClassNames { get; }

    public string Configuration { get; }

    public string TransformName => Transform.Name;

    public IReadOnlyDictionary<string, double> TransformParameters => Transform.Parameters;

    public void Fill(int index, Span<float> re, Span<float> im) => grid.Values(this, index, re, im);

    public void FillIntegers(int index, Span<byte> re, Span<byte> im)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        RadioBurst burst = Generator.Generate(Split, index);
        grid.Integers(burst.Re, burst.Im, re, im);
    }

    public int Label(int index) => Generator.Design.Cell(index).Label;

    public float Tag(int index) => (float)Generator.Design.Cell(index).SnrDb;
}
