using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Pruning.Methods;

/// <summary>
/// A way to train towards a set of pruned networks. The trainer calls <see cref="Begin"/> on the pretrained weights, then for every
/// step <see cref="AddGradient"/> behind the gradient of the loss and before the optimizer, and <see cref="EndEpoch"/> behind
/// every epoch; at the end it projects the weights itself (hard prune). A method writes gradients only, never weights.
/// </summary>
public interface IPruningMethod
{
    /// <summary>Name in configurations, tables and provenance.</summary>
    string Name { get; }

    /// <summary>Takes its starting values. <paramref name="weights"/> are live: what must not move with them is cloned.</summary>
    void Begin(PruningProblem problem, WeightVector weights);

    /// <summary>Adds the gradient of its penalty at <paramref name="weights"/> to <paramref name="gradients"/>.</summary>
    void AddGradient(WeightVector weights, WeightVector gradients);

    /// <summary>Updates targets, multipliers and penalties behind an epoch.</summary>
    /// <param name="epoch">Epochs done, from 1.</param>
    /// <param name="epochs">Epochs of the run.</param>
    /// <param name="weights">Live weights.</param>
    /// <param name="loss">f of the live weights: mean loss in evaluation mode on fixed training samples. Costs an evaluation.</param>
    /// <returns>What the iteration log says of it.</returns>
    PruningIteration EndEpoch(int epoch, int epochs, WeightVector weights, Func<double> loss);

    /// <summary>Arrays that a resumed run needs.</summary>
    IEnumerable<(string Name, float[] Value)> Arrays();

    /// <summary>Whether its f is the mean training loss of the epoch: <see cref="EndEpoch"/> is then given that one.</summary>
    bool TakesEpochLoss => false;

    /// <summary>Whether the weights are as near to the set as was asked for: the phase ends behind this epoch.</summary>
    bool Reached => false;

    /// <summary>Numbers that a resumed run needs.</summary>
    double[] Numbers { get; set; }
}
