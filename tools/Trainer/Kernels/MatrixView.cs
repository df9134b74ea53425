namespace BcnnSim.Trainer.Kernels;

/// <summary>Left operand: element (m, k) is Data[m*RowStride + k*DepthStride]; swapped strides read it transposed.</summary>
public readonly unsafe struct MatrixView<T>(T* data, int rowStride, int depthStride)
    where T : unmanaged
{
    public readonly T* Data = data;

    public readonly int RowStride = rowStride;

    public readonly int DepthStride = depthStride;
}
