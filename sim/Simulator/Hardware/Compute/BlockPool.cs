namespace BcnnSim.Hardware.Compute;

/// <summary>Payload storage handed out in turn; sized by its owner so that a block is free again when its turn comes.</summary>
internal sealed class BlockPool<T>
    where T : class
{
    private readonly T[] blocks;
    private int next;

    public BlockPool(int count, Func<T> create)
    {
        blocks = new T[count];
        for (int i = 0; i < count; i++)
        {
            blocks[i] = create();
        }
    }

    public T Next()
    {
        T block = blocks[next];
        next = next + 1 == blocks.Length ? 0 : next + 1;
        return block;
    }
}
