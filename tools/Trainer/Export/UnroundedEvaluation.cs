using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Export;

/// <summary>
/// How many decisions the integers change against the same weights with less rounding: norms of the values with their coefficients as
/// trained, and without the value grid too.
/// </summary>
/// <param name="Norms">Decisions changed against unrounded coefficients.</param>
/// <param name="Grid">And against unrounded values.</param>
public sealed record UnroundedEvaluation(int Norms, int Grid)
{
    /// <param name="net">With grid and held norms; as it was afterwards.</param>
    /// <param name="integers">Its integers' answers on the same frames.</param>
    /// <param name="frames">Frames.</param>
    /// <param name="input">Batch to load them into.</param>
    /// <param name="work">Threads.</param>
    /// <returns>Null where the network knows no grid.</returns>
    public static UnroundedEvaluation? Run(ComplexNet<float> net, EvaluationResult integers, FrameStore frames, FeatureBatch<float> input, WorkSplit work)
    {
        if (net.Grid is not { } grid)
        {
            return null;
        }

        HeldNorm<float>?[] held = [.. net.Norms.Select(norm => norm.Held)];
        Put(net, new HeldNorm<float>?[held.Length]);
        int norms = integers.DecisionsChanged(FloatEvaluation.Run(net, frames, input, work));
        net.Grid = null;
        int all = integers.DecisionsChanged(FloatEvaluation.Run(net, frames, input, work));
        net.Grid = grid;
        Put(net, held);
        return new(norms, all);
    }

    /// <summary>For people, behind the count against the network itself.</summary>
    public string Describe() => FormattableString.Invariant($"; {Norms} against norms with unrounded coefficients, {Grid} without value grid too");

    private static void Put(ComplexNet<float> net, HeldNorm<float>?[] norms)
    {
        for (int i = 0; i < norms.Length; i++)
        {
            net.Norms[i].Held = norms[i];
        }
    }
}
