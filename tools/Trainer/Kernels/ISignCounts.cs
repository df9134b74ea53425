namespace BcnnSim.Trainer.Kernels;

/// <summary>How many products of each of <see cref="SignProducts.ColumnBlock"/> columns are -1, in vectors of one width.</summary>
internal unsafe interface ISignCounts
{
    /// <summary>Counts <paramref name="length"/> words of the map (at most 31, or a byte overflows) against as many of every column.</summary>
    void Add(ulong* x, ulong* w, int length);

    /// <summary>Writes the sum of every column: products less twice those that are -1.</summary>
    void Store(long products, float* target);
}
