namespace BcnnSim.Trainer.Kernels;

/// <summary>M, N, K of C[M,N] = A[M,K] B[K,N].</summary>
public readonly record struct GemmSize(int Rows, int Columns, int Depth);
