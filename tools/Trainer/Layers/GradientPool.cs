using BcnnSim.Networks;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// Gradient maps by shape, handed out and taken back: memory is that of the most that live at once in one backward pass, and
/// does not grow after the first.
/// </summary>
internal sealed class GradientPool<T>(int batch, int parts) : IDisposable
    where T : unmanaged
{
    private readonly Dictionary<MapShape, Stack<FeatureBatch<T>>> idle = [];
    private readonly List<FeatureBatch<T>> all = [];

    /// <summary>Numbers held.</summary>
    public long Length => all.Sum(map => (long)map.Capacity * map.ImageLength);

    /// <summary>A map of undefined contents.</summary>
    public FeatureBatch<T> Take(MapShape shape, int count)
    {
        if (!idle.TryGetValue(shape, out Stack<FeatureBatch<T>>? stack) || !stack.TryPop(out FeatureBatch<T>? map))
        {
            map = new FeatureBatch<T>(batch, shape, parts);
            all.Add(map);
        }

        map.Count = count;
        return map;
    }

    public void Return(FeatureBatch<T> map)
    {
        if (!idle.TryGetValue(map.Shape, out Stack<FeatureBatch<T>>? stack))
        {
            idle[map.Shape] = stack = new();
        }

        stack.Push(map);
    }

    public void Dispose()
    {
        foreach (FeatureBatch<T> map in all)
        {
            map.Dispose();
        }
    }
}
