using BcnnSim.Trainer.Data;

namespace BcnnSim.Trainer.Privacy;

/// <summary>Several parts of one set, one behind the other: members and non-members are drawn from all of it, so that no part's kind gives them away.</summary>
internal sealed class PooledSource(IReadOnlyList<IFrameSource> parts) : IFrameSource
{
    private readonly int[] starts = [.. Enumerable.Range(0, parts.Count).Select(i => parts.Take(i).Sum(part => part.Count))];

    public int Count => parts.Sum(part => part.Count);

    public int Height => parts[0].Height;

    public int Width => parts[0].Width;

    public int Channels => parts[0].Channels;

    public int Classes => parts[0].Classes;

    public int InputBits => parts[0].InputBits;

    public IReadOnlyList<string> ClassNames => parts[0].ClassNames;

    public string Configuration => string.Join("; ", parts.Select(part => part.Configuration));

    public string TransformName => parts[0].TransformName;

    public IReadOnlyDictionary<string, double> TransformParameters => parts[0].TransformParameters;

    public void Fill(int index, Span<float> re, Span<float> im)
    {
        (IFrameSource part, int at) = Find(index);
        part.Fill(at, re, im);
    }

    public void FillIntegers(int index, Span<byte> re, Span<byte> im)
    {
        (IFrameSource part, int at) = Find(index);
        part.FillIntegers(at, re, im);
    }

    public int Label(int index)
    {
        (IFrameSource part, int at) = Find(index);
        return part.Label(at);
    }

    public float Tag(int index)
    {
        (IFrameSource part, int at) = Find(index);
        return part.Tag(at);
    }

    private (IFrameSource Part, int Index) Find(int index)
    {
        int i = starts.Length - 1;
        while (starts[i] > index)
        {
            i--;
        }

        return (parts[i], index - starts[i]);
    }
}
