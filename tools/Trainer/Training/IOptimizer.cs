using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Training;

/// <summary>Moves parameters by their gradients. Latent binary weights are clamped to +-1.3 after each step.</summary>
public interface IOptimizer
{
    /// <summary>Steps taken.</summary>
    long Steps { get; set; }

    /// <summary>On the threads of <paramref name="work"/>, or one: the same bits.</summary>
    void Step(double learningRate, WorkSplit? work = null);

    /// <summary>Its state, named after the parameters, in a fixed order; live arrays.</summary>
    IEnumerable<(string Name, float[] Value)> Arrays();
}
