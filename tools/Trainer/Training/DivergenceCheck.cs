using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BcnnSim.Trainer.Training;

/// <summary>
/// Stops a phase as soon as a number of it is not finite, before the checkpoint could be overwritten. Signs hide such a number from the
/// loss (sign(NaN) is a sign), so weights, statistics and moments are looked at in every step, not the loss alone.
/// </summary>
/// <param name="context">Phase and files.</param>
/// <param name="state">Every array of the checkpoint: parameters, then statistics in the order of the layers, then the moments of the optimizer.</param>
internal sealed class DivergenceCheck(PhaseContext context, IReadOnlyList<(string Name, float[] Value)> state)
{
    /// <summary>
    /// The loss and every array. Called before the backward pass too: it spreads one such number over all gradients, and running
    /// statistics still name the first layer concerned.
    /// </summary>
    public void Check(double loss, string when, PhaseState at)
    {
        if (!double.IsFinite(loss) || state.Any(array => !IsFinite(array.Value)))
        {
            throw Diverged(loss, when, at);
        }
    }

    /// <summary>Where training stands, as a user counts.</summary>
    public static string Step(PhaseState at) => $"epoch {at.Epoch + 1}, step {at.Step + 1}";

    // 0 x is NaN exactly where x is not finite, and NaN survives every sum; two sums, for each waits for its last addition.
    private static bool IsFinite(float[] values)
    {
        ReadOnlySpan<Vector<float>> whole = MemoryMarshal.Cast<float, Vector<float>>(values);
        (Vector<float> even, Vector<float> odd) = (Vector<float>.Zero, Vector<float>.Zero);
        for (int i = 0; i < whole.Length - 1; i += 2)
        {
            even += whole[i] * Vector<float>.Zero;
            odd += whole[i + 1] * Vector<float>.Zero;
        }

        Vector<float> last = whole.Length % 2 == 0 ? Vector<float>.Zero : whole[^1] * Vector<float>.Zero;
        float rest = Vector.Sum(even + odd + last);
        foreach (float value in values.AsSpan(whole.Length * Vector<float>.Count))
        {
            rest += value * 0;
        }

        return float.IsFinite(rest);
    }

    private DivergenceException Diverged(double loss, string when, PhaseState at)
    {
        (string name, float[] values) = state.FirstOrDefault(array => !IsFinite(array.Value), ("head output", [(float)loss]));
        int index = Array.FindIndex(values, x => !float.IsFinite(x));
        string place = values.Length == 1 ? name : $"{name}[{index}]";
        string found = $"{Text(values[index])}, loss {Text(loss)}";
        return new DivergenceException(
            $"{context.Phase} {when}", place, found, $"training must stay finite; last good checkpoint: {Last(at)}",
            $"Start again in another folder with a lower learningRate in {context.Phase}: the same configuration diverges at the same step again");
    }

    private string Last(PhaseState at)
    {
        string path = context.Path(".ckpt");
        if (!File.Exists(path))
        {
            return "none, the phase had not saved one";
        }

        PhaseState saved = Checkpoint.ReadState(path, context.Fingerprint);
        string best = at.BestEpoch > 0 ? $"; best epoch {at.BestEpoch}: {context.Path(".best.ckpt")}" : string.Empty;
        return $"{path}, {saved.Epoch} epochs and {saved.Step} steps{best}";
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
