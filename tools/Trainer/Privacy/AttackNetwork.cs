using System.Numerics;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>
/// The attacker h of Nasr et al. (CCS 2018): logits through 1024-512-64 beside the label as -1/+1 through 128-64, joined through 256-128-64 to one
/// number whose sigmoid is the chance of a member. Logits are first brought to the size that He's start assumes, by a factor taken from the first ones seen.
/// </summary>
internal sealed class AttackNetwork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int classes;
    private readonly DenseLayer<T>[] answer;
    private readonly DenseLayer<T>[] truth;
    private readonly DenseLayer<T>[] joined;

    private T scale;

    /// <param name="classes">K.</param>
    /// <param name="seed">Of the start.</param>
    /// <param name="use">Attackers of one seed for different uses start apart: a defence must not have met the very attacker that judges it.</param>
    public AttackNetwork(int classes, ulong seed, string use)
    {
        this.classes = classes;
        answer = Stack($"{use} answer", seed, classes, 1024, 512, Width);
        truth = Stack($"{use} truth", seed, classes, 128, Width);
        joined = Stack($"{use} joined", seed, 2 * Width, 256, 128, 64, 1);
    }

    // Of each branch where they meet.
    private static int Width => 64;

    public IReadOnlyList<Parameter<T>> Parameters() =>
        [.. answer.Concat(truth).Concat(joined).SelectMany((layer, i) => layer.Parameters($"attack{i + 1}"))];

    /// <summary>Before the sigmoid, one number per row.</summary>
    /// <param name="logits">[count, classes].</param>
    /// <param name="labels">One per row.</param>
    public T[] Forward(ReadOnlySpan<T> logits, ReadOnlySpan<int> labels)
    {
        int count = labels.Length;
        scale = scale == T.Zero ? Unit(logits) : scale;
        T[] scaled = logits.ToArray();
        foreach (ref T logit in scaled.AsSpan())
        {
            logit *= scale;
        }

        var hot = new T[count * classes];
        Array.Fill(hot, -T.One);
        for (int n = 0; n < count; n++)
        {
            hot[(n * classes) + labels[n]] = T.One;
        }

        T[] a = Through(answer, scaled, count), b = Through(truth, hot, count);
        var both = new T[count * 2 * Width];
        for (int n = 0; n < count; n++)
        {
            a.AsSpan(n * Width, Width).CopyTo(both.AsSpan(n * 2 * Width));
            b.AsSpan(n * Width, Width).CopyTo(both.AsSpan((n * 2 * Width) + Width));
        }

        return Through(joined, both, count);
    }

    /// <summary>Sets every gradient from that of the outputs; returns that of the logits.</summary>
    public T[] Backward(T[] gradient)
    {
        int count = gradient.Length;
        T[] both = Back(joined, gradient, count);
        T[] a = new T[count * Width], b = new T[count * Width];
        for (int n = 0; n < count; n++)
        {
            both.AsSpan(n * 2 * Width, Width).CopyTo(a.AsSpan(n * Width));
            both.AsSpan((n * 2 * Width) + Width, Width).CopyTo(b.AsSpan(n * Width));
        }

        _ = Back(truth, b, count);
        return Array.ConvertAll(Back(answer, a, count), slope => slope * scale);
    }

    // One over the root of the mean square.
    private static T Unit(ReadOnlySpan<T> logits)
    {
        T sum = T.Zero;
        foreach (T logit in logits)
        {
            sum += logit * logit;
        }

        return sum > T.Zero ? T.Sqrt(T.CreateChecked(logits.Length) / sum) : T.One;
    }

    private static DenseLayer<T>[] Stack(string name, ulong seed, params int[] widths) =>
        [.. widths.Skip(1).Select((outputs, i) => new DenseLayer<T>(widths[i], outputs, relu: outputs > 1, new SeededStream(seed, $"attack {name}", (ulong)i)))];

    private static T[] Through(DenseLayer<T>[] layers, T[] x, int count) => layers.Aggregate(x, (map, layer) => layer.Forward(map, count));

    private static T[] Back(DenseLayer<T>[] layers, T[] gradient, int count) => layers.Reverse().Aggregate(gradient, (map, layer) => layer.Backward(map, count));
}
