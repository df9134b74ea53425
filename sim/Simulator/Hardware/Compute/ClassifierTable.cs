using BcnnSim.Hardware.Axi;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Compute;

/// <summary>int8 weights and 48-bit biases of the classifier as they came from memory (layout: ParameterImage).</summary>
internal sealed class ClassifierTable(ClassifierPlan plan)
{
    private readonly sbyte[] weights = new sbyte[plan.Classes * plan.Features];
    private readonly long[] bias = new long[plan.Classes];
    private int loadedWeights;
    private int loadedBiases;

    public bool Complete => loadedBiases == bias.Length;

    public bool Partial => !Complete && loadedWeights > 0;

    public void Load(in Beat256 beat)
    {
        if (loadedWeights < weights.Length)
        {
            for (int i = 0; i < Beat256.Bytes && loadedWeights < weights.Length; i++)
            {
                weights[loadedWeights++] = (sbyte)beat.Field(8 * i, 8);
            }

            return;
        }

        for (int i = 0; i < 4 && !Complete; i++)
        {
            bias[loadedBiases++] = (long)beat[i];
        }
    }

    public long[] Scores(ReadOnlySpan<long> features)
    {
        long[] scores = new long[bias.Length];
        for (int k = 0; k < scores.Length; k++)
        {
            long sum = bias[k];
            for (int j = 0; j < features.Length; j++)
            {
                sum += weights[(k * features.Length) + j] * features[j];
            }

            scores[k] = sum;
        }

        return scores;
    }
}
