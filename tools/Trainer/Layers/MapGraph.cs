using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// The maps of one batch and the order in which layers fill them and hand their gradients back: links, residual adds of values,
/// the head on the last layer. What a layer computes is its stage's.
/// </summary>
internal sealed class MapGraph<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NetShape shape;
    private readonly ActivationKind activation;
    private readonly IReadOnlyList<ILayerStage<T>> stages;
    private readonly ClassifierHead<T> head;
    private readonly FeatureBatch<T>[] sums;
    private readonly FeatureBatch<T>[] maps;
    private readonly FeatureBatch<T>?[] values;
    private readonly GradientPool<T> pool;

    /// <param name="shape">Layers and links.</param>
    /// <param name="batch">Most images.</param>
    /// <param name="parts">2 of complex maps, 1 of real ones.</param>
    /// <param name="activation">Of values for the readers of their bits.</param>
    /// <param name="stages">One per layer; the caller owns them.</param>
    /// <param name="head">Reads the last layer.</param>
    public MapGraph(NetShape shape, int batch, int parts, ActivationKind activation, IReadOnlyList<ILayerStage<T>> stages, ClassifierHead<T> head)
    {
        this.shape = shape;
        this.activation = activation;
        this.stages = stages;
        this.head = head;
        sums = [.. shape.Layers.Select(layer => new FeatureBatch<T>(batch, layer.Output, parts))];
        maps = [.. shape.Layers.Select(layer => new FeatureBatch<T>(batch, layer.Output, parts))];
        values = [.. shape.Layers.Select((layer, i) => shape.Links[i].Values ? new FeatureBatch<T>(batch, layer.Output, parts) : null)];
        pool = new GradientPool<T>(batch, parts);
    }

    /// <summary>Activated map of each layer, of the last batch.</summary>
    public IReadOnlyList<FeatureBatch<T>> Maps => maps;

    /// <summary>Values of each layer after its add, of the last batch; null where it has bits only.</summary>
    public IReadOnlyList<FeatureBatch<T>?> Values => values;

    /// <summary>Values lie on it; null leaves them unrounded.</summary>
    public ValueGrid<T>? Grid { get; set; }

    /// <summary>Where a layer's mask gradient goes; null leaves it out.</summary>
    public Func<int, T[]?> MaskGradient { get; set; } = static _ => null;

    /// <summary>Of the steps of a training; null outside of them.</summary>
    public Dropout<T>? Dropout { get; set; }

    /// <summary>Numbers held.</summary>
    public long Length => sums.Concat(maps).Concat(values.OfType<FeatureBatch<T>>()).Sum(map => (long)map.Capacity * map.ImageLength) + pool.Length;

    /// <summary>Logits [image][class].</summary>
    public T[] Forward(FeatureBatch<T> frame, bool training, WorkSplit work)
    {
        for (int i = 0; i < stages.Count; i++)
        {
            LayerLink link = shape.Links[i];
            stages[i].Convolve(Read(frame, link), sums[i], work);
            stages[i].Normalise(sums[i], values[i] ?? maps[i], training, work);
            if (values[i] is { } own)
            {
                FeatureBatch<T>? shortcut = link.Residual == LayerLink.None ? null : values[link.Residual];
                ResidualAdd<T>.Forward(own, shortcut, maps[i], stages[i].Mask, activation, Grid, work);
            }

            Drop(i, values[i] ?? maps[i]);
        }

        return head.Forward(values[^1] ?? maps[^1], training, work);
    }

    /// <summary>All gradients, after a training forward of the same frames.</summary>
    public void Backward(FeatureBatch<T> frame, T[] dlogits, WorkSplit work)
    {
        // Gradients by layer, null until a reader of the layer has given its share; readers come later in the order.
        var bits = new FeatureBatch<T>?[stages.Count];
        var sum = new FeatureBatch<T>?[stages.Count];
        FeatureBatch<T> last = pool.Take(maps[^1].Shape, frame.Count);
        head.Backward(dlogits, values[^1] ?? maps[^1], last, work);
        (values[^1] is null ? bits : sum)[^1] = last;
        for (int i = stages.Count - 1; i >= 0; i--)
        {
            LayerLink link = shape.Links[i];
            if (MaskGradient(i) is { } target && values[i] is null)
            {
                MaskGradients.Set(maps[i], bits[i]!, stages[i].Mask, target, work);
            }

            FeatureBatch<T> gradient = Gathered(i, bits[i], sum[i], work);
            Drop(i, gradient);
            FeatureBatch<T> sumGradient = pool.Take(sums[i].Shape, frame.Count);
            stages[i].NormaliseBack(sums[i], gradient, sumGradient, work);
            PassOn(link, gradient, sum, work);
            bool add = link.Source != LayerLink.Frame && bits[link.Source] is not null;
            FeatureBatch<T>? dx = link.Source == LayerLink.Frame ? null : bits[link.Source] ??= pool.Take(maps[link.Source].Shape, frame.Count);
            stages[i].ConvolveBack(Read(frame, link), sumGradient, dx, work, add);
            pool.Return(sumGradient);
        }
    }

    public void Dispose()
    {
        foreach (FeatureBatch<T> map in sums.Concat(maps).Concat(values.OfType<FeatureBatch<T>>()))
        {
            map.Dispose();
        }

        pool.Dispose();
    }

    private void Drop(int layer, FeatureBatch<T> map)
    {
        if (Dropout is { } dropout && Dropout<T>.Takes(shape, layer))
        {
            dropout.Apply(layer, map);
        }
    }

    private FeatureBatch<T> Read(FeatureBatch<T> frame, LayerLink link) => link.Source == LayerLink.Frame ? frame : maps[link.Source];

    // Gradient of what the norm leaves: of the bits, or of the values with what came through their bits.
    private FeatureBatch<T> Gathered(int layer, FeatureBatch<T>? ofBits, FeatureBatch<T>? ofValues, WorkSplit work)
    {
        if (values[layer] is not { } own || ofBits is null)
        {
            return ofValues ?? ofBits ?? throw new InvalidOperationException($"nothing reads layer {layer}");
        }

        FeatureBatch<T> total = ofValues ?? pool.Take(own.Shape, own.Count);
        ResidualAdd<T>.Backward(own, ofBits, total, ofValues is not null, stages[layer].Mask, activation, work);
        pool.Return(ofBits);
        return total;
    }

    // An add hands its gradient to the shortcut unchanged: the map itself where the shortcut has none yet.
    private void PassOn(LayerLink link, FeatureBatch<T> gradient, FeatureBatch<T>?[] sum, WorkSplit work)
    {
        if (link.Residual != LayerLink.None && sum[link.Residual] is null)
        {
            sum[link.Residual] = gradient;
            return;
        }

        if (link.Residual != LayerLink.None)
        {
            ResidualAdd<T>.Add(gradient, sum[link.Residual]!, work);
        }

        pool.Return(gradient);
    }
}
