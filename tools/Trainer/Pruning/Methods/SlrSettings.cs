namespace BcnnSim.Trainer.Pruning.Methods;

/// <summary>Numbers of SLR; the defaults are those of the authors' public code.</summary>
public sealed record SlrSettings
{
    public double Rho { get; init; } = 0.1;

    /// <summary>s0.</summary>
    public double Step { get; init; } = 0.01;

    /// <summary>M of a_k.</summary>
    public double M { get; init; } = 300;

    /// <summary>r of a_k.</summary>
    public double R { get; init; } = 0.1;

    /// <summary>Factor of rho behind every epoch; 1 = fixed. For the ablation.</summary>
    public double RhoGrowth { get; init; } = 1;

    /// <summary>f is the mean training loss of the epoch, as in the authors' public code, not that of the weights at its end on fixed samples.</summary>
    public bool EpochLoss { get; init; }

    /// <summary>a_k = 1 - 1/(M k^p), p = 1 - 1/k^r.</summary>
    public double Shrink(int k) => 1 - (1 / (M * Math.Pow(k, 1 - (1 / Math.Pow(k, R)))));
}
